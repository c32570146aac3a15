// `setup`: installs what Tierline needs in one CRM.
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { loadCrmMapping } from '#mapping/fields/crm-mapping.ts';
import { shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { setupConnection } from '#pipeline/setup-connection.ts';
import type { InstallReport } from '#ports/crm.ts';
import { EXIT } from '../output/exit-code.ts';
import type { Terminal } from '../output/terminal.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface SetupFlags {
  readonly workspace?: string;
  readonly connection: string;
  readonly users?: string;
  readonly profile?: string;
  readonly layouts?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function registerSetup(program: Command, run: Run): void {
  program
    .command('setup')
    .description('make our fields, grants and layout places in a CRM; run twice it changes nothing')
    .requiredOption('--connection <id>', 'the connection to set up')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option(
      '--users <names>',
      'Salesforce user names that get the permission set Tierline_User, separated by commas',
    )
    .option('--profile <name>', 'Salesforce profile whose users get it')
    .option(
      '--layouts <names>',
      'Salesforce page layouts to place our section on, separated by commas, or all',
    )
    .option('--dry-run', 'say what would be made, make nothing')
    .option('--json', 'print one JSON document')
    .action((flags: SetupFlags) => run((services) => setup(services, flags)));
}

async function setup(services: Services, flags: SetupFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const connected = session.connections.find(({ id }) => id === flags.connection);
    if (connected === undefined) {
      const known = session.connections.map(({ id }) => id).join(', ') || 'none';
      throw new UsageError(`There is no connection "${flags.connection}"; there are: ${known}`);
    }
    const report = await setupConnection(
      session,
      connected,
      loadCrmMapping(connected.kind, shippedMappingFiles),
      {
        users: splitNames(flags.users),
        profile: flags.profile ?? null,
        layouts: flags.layouts === 'all' ? 'all' : splitNames(flags.layouts),
        dryRun: flags.dryRun ?? false,
      },
    );
    if (flags.json === true) {
      services.terminal.json({ schema: 'tierline.setup/1', connection: connected.id, ...report });
    } else printSetup(services.terminal, report);
    return report.steps.some((step) => step.result === 'failed') ? EXIT.failed : EXIT.done;
  });
}

function printSetup(terminal: Terminal, report: InstallReport): void {
  const marks = {
    present: terminal.style.dim('present'),
    created: terminal.style.green('created'),
    changed: terminal.style.green('changed'),
    would_create: terminal.style.yellow('would create'),
    would_change: terminal.style.yellow('would change'),
    failed: terminal.style.red('failed'),
  };
  for (const step of report.steps) {
    terminal.out(
      `${marks[step.result]}  ${step.what} ${step.name}${step.detail === undefined ? '' : `: ${step.detail}`}`,
    );
  }
  if (report.byHand.length === 0) return;
  terminal.out('');
  terminal.out('Left for people to do:');
  for (const [index, line] of report.byHand.entries()) terminal.out(`  ${index + 1}. ${line}`);
}

function splitNames(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
