// `roles suggest`: buying roles for given titles; needs no CRM, no database and no workspace. `roles unmatched`: titles of our
// contacts that say nothing to us yet.
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { listUnmatchedTitles } from '#pipeline/list-unmatched-titles.ts';
import { EXIT } from '../output/exit-code.ts';
import { formatTable } from '../output/table.ts';
import { parseCount } from '../parse-count.ts';
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

interface UnmatchedFlags {
  readonly workspace?: string;
  readonly limit: number;
  readonly json?: boolean;
}

const UNMATCHED_SHOWN = 50;

export function registerRoles(program: Command, run: Run): void {
  const roles = program.command('roles').description('buying roles');
  roles
    .command('unmatched')
    .description('job titles of your contacts that no word of the catalogue matched, the commonest first')
    .option('--limit <number>', 'titles to print', parseCount, UNMATCHED_SHOWN)
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((flags: UnmatchedFlags) => run((services) => showUnmatched(services, flags)));
  roles
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

async function showUnmatched(services: Services, flags: UnmatchedFlags): CommandResult {
  const { terminal } = services;
  return services.withSession(flags.workspace, async ({ store, rules }) => {
    const { contacts, matched, titles } = await listUnmatchedTitles(store.records, rules.roles.suggest);
    const shown = titles.slice(0, flags.limit);
    if (flags.json === true) {
      terminal.json({
        schema: 'tierline.roles.unmatched/1',
        contacts,
        matched,
        unmatched: titles.length,
        titles: shown,
      });
      return EXIT.done;
    }
    const columns = [{ title: 'contacts', align: 'right' as const }, { title: 'title' }];
    const rows = shown.map((one) => [String(one.contacts), one.title]);
    for (const line of formatTable(columns, rows)) terminal.out(line);
    terminal.note(
      contacts === 0
        ? 'No contact has a title yet: run `tierline sync` first.'
        : `${matched} of ${contacts} titled contacts suggest a role; ${titles.length} titles are not understood. Add words to buying-roles.yaml.`,
    );
    return EXIT.done;
  });
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
