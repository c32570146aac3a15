// `roles suggest`: buying roles for given titles; needs no CRM, no database and no workspace.
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { EXIT } from '../output/exit-code.ts';
import { openLines } from '../read-input.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface SuggestFlags {
  readonly input: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

interface Suggested {
  readonly id: string;
  readonly role: string | null;
  readonly confidence: number;
}

interface Refused {
  readonly line: number;
  readonly error: string;
}

export function registerRoles(program: Command, run: Run): void {
  program
    .command('roles')
    .description('buying roles')
    .command('suggest')
    .description('suggest the part that people play, from their job titles')
    .requiredOption('--input <file>', 'JSON Lines of {"id","title"}; - reads standard input')
    .option('--workspace <dir>', 'take its catalogue instead of the shipped one')
    .option('--json', 'print one JSON document')
    .action((flags: SuggestFlags) => run((services) => suggest(services, flags)));
}

async function suggest(services: Services, flags: SuggestFlags): CommandResult {
  const { roles } = services.loadRules(flags.workspace);
  const results: (Suggested | Refused)[] = [];
  let number = 0;
  for await (const line of await openLines(flags.input)) {
    number += 1;
    if (line.trim() === '') continue;
    const person = parsePerson(line.replace(/^\uFEFF/u, ''));
    if (typeof person === 'string') results.push({ line: number, error: person });
    else results.push({ id: person.id, ...roles.suggest(person.title) });
  }
  if (results.length === 0) throw new UsageError(`${flags.input} holds no title`);
  if (flags.json === true) services.terminal.json({ schema: 'tierline.roles.suggest/1', results });
  else for (const result of results) services.terminal.out(JSON.stringify(result));
  return results.some((result) => 'error' in result) ? EXIT.rowFailures : EXIT.done;
}

/** The person, or what is wrong with the line. */
function parsePerson(line: string): { readonly id: string; readonly title: string | null } | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'the line is not JSON';
  }
  if (value === null || typeof value !== 'object') return 'the line holds no JSON object';
  const { id, title } = value as { readonly id?: unknown; readonly title?: unknown };
  if (typeof id !== 'string') return 'id is no text';
  if (title !== null && title !== undefined && typeof title !== 'string') return 'title is no text';
  return { id, title: title ?? null };
}
