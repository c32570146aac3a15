// `sync` and `plan`: the main job, and the main job without its last step.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { readPlan } from '#pipeline/read-plan.ts';
import { runSync, type SyncOptions } from '#pipeline/run-sync.ts';
import type { Session } from '#pipeline/session.ts';
import type { SyncResult } from '#pipeline/sync-report.ts';
import { exitCodeOf } from '../output/exit-code.ts';
import { printPlan } from '../output/print-plan.ts';
import { printSync } from '../output/print-sync.ts';
import { parseMoment } from '../parse-moment.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface SyncFlags {
  readonly workspace?: string;
  readonly connection?: readonly string[];
  readonly account?: readonly string[];
  readonly list?: string;
  readonly full?: boolean;
  readonly dryRun?: boolean;
  readonly asOf?: string;
  readonly approve?: string;
  readonly json?: boolean;
}

export function registerSync(program: Command, run: Run): void {
  withSyncOptions(program.command('sync'))
    .description('read the CRMs, key, score and tier every account, and write back what changed')
    .option('--dry-run', 'compute and store the plan, write nothing to the CRMs')
    .option('--approve <run>', 'apply a held run or a saved plan as it was shown')
    .action((flags: SyncFlags) => run((services) => sync(services, flags)));

  withSyncOptions(program.command('plan'))
    .description('like sync --dry-run, printing every record and field: now → after, and why')
    .action((flags: SyncFlags) => run((services) => plan(services, flags)));
}

const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];

function withSyncOptions(command: Command): Command {
  return command
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--connection <id>', 'only this connection (may be repeated)', collect)
    .option(
      '--account <account>',
      'only this account: CRM id, company key, domain or exact name (may be repeated)',
      collect,
    )
    .option('--list <file>', 'only the accounts named in this file, one a line')
    .option('--full', 'read everything again instead of what changed')
    .option('--as-of <moment>', 'score as if it were this moment (ISO 8601)', parseMoment)
    .option('--json', 'print one JSON document');
}

async function sync(services: Services, flags: SyncFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const result = await runWith(session, flags, flags.dryRun ?? false);
    if (flags.json === true) services.terminal.json(result.report);
    else printSync(services.terminal, result);
    return exitCodeOf(result.causes);
  });
}

async function plan(services: Services, flags: SyncFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const result = await runWith(session, flags, true);
    const changes = readPlan(session.store, result.report.run);
    if (flags.json === true) {
      const list = await Array.fromAsync(changes);
      services.terminal.json({ schema: 'tierline.plan/1', run: result.report.run, changes: list });
    } else {
      await printPlan(services.terminal, result.report.run, changes);
      for (const failure of result.report.failures)
        services.terminal.note(`${failure.message} ${failure.next}`);
    }
    return exitCodeOf(result.causes);
  });
}

function runWith(session: Session, flags: SyncFlags, dryRun: boolean): Promise<SyncResult> {
  const options: SyncOptions = {
    connections: flags.connection ?? [],
    accounts: [...(flags.account ?? []), ...(flags.list === undefined ? [] : readList(flags.list))],
    full: flags.full ?? false,
    dryRun,
    asOf: flags.asOf ?? null,
    approve: flags.approve ?? null,
  };
  if (options.approve !== null && (dryRun || options.accounts.length > 0)) {
    throw new UsageError(
      '--approve applies a whole saved plan; it goes with no --dry-run, --account or --list',
    );
  }
  return runSync(session, options);
}

function readList(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`--list: there is no readable file ${file}`, { cause });
  }
  const accounts = text
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (accounts.length === 0) throw new UsageError(`--list: ${file} names no account`);
  return accounts;
}
