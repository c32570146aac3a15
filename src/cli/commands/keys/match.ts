// `keys match`: runs the matcher on given records; needs no CRM, no database and no workspace.
import { once } from 'node:events';
import type { Command } from 'commander';
import { type KeyFileCounts, matchKeyLines } from '#pipeline/match-key-file.ts';
import { EXIT } from '../../output/exit-code.ts';
import { openOutput } from '../../output/open-output.ts';
import { openLines } from '../../read-input.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface MatchFlags {
  readonly input: string;
  readonly output: string;
  readonly workspace?: string;
}

export function registerKeyMatch(keys: Command, run: Run): void {
  keys
    .command('match')
    .description('group the records of a JSON Lines file into companies')
    .requiredOption('--input <file>', 'JSON Lines; - reads standard input')
    .requiredOption('--output <file>', 'JSON Lines; - writes standard output')
    .option('--workspace <dir>', 'take its lists of hosts and legal forms')
    .action((flags: MatchFlags) => run((services) => match(services, flags)));
}

async function match(services: Services, flags: MatchFlags): CommandResult {
  const { keys: rules } = services.loadRules(flags.workspace);
  const counts: KeyFileCounts = { records: 0, errors: 0 };
  const input = await openLines(flags.input);
  const output = await openOutput(flags.output, flags.input);
  for await (const line of matchKeyLines(input, rules, counts)) {
    if (!output.write(`${line}\n`)) await once(output, 'drain');
  }
  if (output !== process.stdout) {
    output.end();
    await once(output, 'finish');
  }
  services.terminal.note(`${counts.records} records, ${counts.errors} lines that are no record`);
  return counts.errors === 0 ? EXIT.done : EXIT.rowFailures;
}
