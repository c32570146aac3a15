// `check`: says what is missing before a sync, and what is left of the call budget.
import type { Command } from 'commander';
import { type CheckReport, checkWorkspace } from '#pipeline/check-workspace.ts';
import { exitCodeOf } from '../output/exit-code.ts';
import type { Terminal } from '../output/terminal.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface CheckFlags {
  readonly workspace?: string;
  readonly json?: boolean;
}

export function registerCheck(program: Command, run: Run): void {
  program
    .command('check')
    .description('validate files, connect, compare mappings with the live schema and grants')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((flags: CheckFlags) => run((services) => check(services, flags)));
}

async function check(services: Services, flags: CheckFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const { report, causes } = await checkWorkspace(session);
    if (flags.json === true) services.terminal.json(report);
    else printCheck(services.terminal, report);
    return exitCodeOf(causes);
  });
}

function printCheck(terminal: Terminal, report: CheckReport): void {
  const { style } = terminal;
  terminal.out(`${style.bold(report.workspace)}: files are valid, policy ${report.policy.version}`);
  for (const { file, version, differsInFolder } of report.configuration) {
    const differs = `${style.yellow('the folder has another')}, which counts for nothing: tierline config diff`;
    terminal.out(`  ${file}: version ${version} in the database${differsInFolder ? `; ${differs}` : ''}`);
  }
  for (const connection of report.connections) {
    const { id, crm, organisation, findings, failure, budget } = connection;
    terminal.out('');
    terminal.out(`${style.bold(id)} (${crm}${organisation === null ? '' : ` ${organisation}`})`);
    if (failure !== null) {
      terminal.out(`  ${style.red('does not connect')}: ${failure.message} ${failure.next}`);
      continue;
    }
    if (budget !== null)
      terminal.out(`  calls today: ${budget.used} of ${budget.limit}, ${budget.left} left`);
    for (const finding of findings) {
      terminal.out(`  ${finding.blocks ? style.red('missing') : style.dim('left out')}: ${finding.message}`);
    }
    if (findings.some(({ blocks }) => blocks)) {
      terminal.out(`  Next: tierline setup --connection ${id}`);
    } else terminal.out(`  ${style.green('ready')}: every mapped field is there and granted`);
  }
  for (const source of report.sources) {
    terminal.out('');
    terminal.out(`${style.bold(source.id)} (${source.kind}): ${source.rows} rows, ${source.refused} refused`);
    if (source.error !== null) terminal.out(`  ${style.red(source.error)}`);
    for (const example of source.examples) terminal.out(`  ${style.yellow(example)}`);
  }
}
