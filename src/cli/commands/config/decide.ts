// `config approve`, `config reject`, `config rollback`: what becomes of a version.
import type { Command } from 'commander';
import { approveVersion, dismissVersion } from '#pipeline/configuration/decide-version.ts';
import { requireApproved, requireDismissed, requireMade } from '#pipeline/configuration/require-done.ts';
import { rollBack } from '#pipeline/configuration/roll-back.ts';
import { commandLineAuthor } from '../../command-line-author.ts';
import { EXIT } from '../../output/exit-code.ts';
import { printDiff } from '../../output/print-diff.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';
import { parseReason } from './parse-reason.ts';
import { parseVersion, parseVersionOrNone } from './parse-version.ts';
import { reportMade } from './report-made.ts';

interface DecideFlags {
  readonly workspace?: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function registerConfigDecisions(config: Command, run: Run): void {
  withOptions(config.command('approve'))
    .argument('<version>', 'its number', parseVersion)
    .description('put a version in force that waits; not for its own author')
    .option('--reason <text>', 'what you looked at, for whoever looks at it later')
    .action((number: number, flags: DecideFlags) => run((services) => approve(services, number, flags)));
  withOptions(config.command('reject'))
    .argument('<version>', 'its number', parseVersion)
    .description('end a version that waits; its author takes it back with it')
    .requiredOption('--reason <text>', 'why, for its author', parseReason)
    .action((number: number, flags: DecideFlags) => run((services) => reject(services, number, flags)));
  withOptions(config.command('rollback'))
    .argument('<version>', 'its number; 0: before the first', parseVersionOrNone)
    .description('go back to what was in force after this version, by a new version')
    .requiredOption('--reason <text>', 'why, for whoever looks at it later', parseReason)
    .action((number: number, flags: DecideFlags) => run((services) => goBack(services, number, flags)));
}

function withOptions(command: Command): Command {
  return command
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--dry-run', 'say what would become of it, change nothing')
    .option('--json', 'print one JSON document');
}

function verdictOf(number: number, { reason = '', dryRun = false }: DecideFlags) {
  return { number, author: commandLineAuthor(), reason, dryRun };
}

async function approve(services: Services, number: number, flags: DecideFlags): CommandResult {
  const { terminal } = services;
  return services.withConfiguration(flags.workspace, async ({ parts }) => {
    const outcome = await approveVersion(parts, verdictOf(number, flags));
    const { superseded, changes } = requireApproved(outcome, number);
    const { dryRun = false } = flags;
    if (flags.json === true) {
      const schema = 'tierline.config.approve/1';
      terminal.json({ schema, dryRun, version: number, status: 'in-force', superseded, files: changes });
      return EXIT.done;
    }
    for (const { diff } of changes) printDiff(terminal, diff);
    terminal.note(dryRun ? `Version ${number} would be in force.` : `Version ${number} is in force.`);
    for (const other of superseded) terminal.note(`Version ${other} waited for approval and is superseded.`);
    return EXIT.done;
  });
}

async function reject(services: Services, number: number, flags: DecideFlags): CommandResult {
  const { terminal } = services;
  return services.withConfiguration(flags.workspace, async ({ parts }) => {
    const status = requireDismissed(await dismissVersion(parts, verdictOf(number, flags)), number);
    const { dryRun = false } = flags;
    if (flags.json === true)
      terminal.json({ schema: 'tierline.config.reject/1', dryRun, version: number, status });
    else terminal.note(`Version ${number} ${dryRun ? 'would be' : 'is'} ${status}.`);
    return EXIT.done;
  });
}

async function goBack(services: Services, number: number, flags: DecideFlags): CommandResult {
  const { terminal } = services;
  return services.withConfiguration(flags.workspace, async ({ parts }) => {
    const made = requireMade(await rollBack(parts, verdictOf(number, flags)));
    return reportMade(terminal, 'tierline.config.rollback/1', made, flags);
  });
}
