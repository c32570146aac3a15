// `tiers backtest`: what history says of the tiers, so that the policy's numbers can be proved wrong. Writes nothing.
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { backtestTiers } from '#pipeline/backtest/backtest-tiers.ts';
import { EXIT } from '../../output/exit-code.ts';
import { NOT_RECONSTRUCTED, printBacktest } from '../../output/print-backtest.ts';
import { parseMoment } from '../../parse-moment.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface BacktestFlags {
  readonly from?: string;
  readonly to?: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

/** A quarter: the window of the catalogue's metrics. */
const WINDOW_MS = 91 * 86_400_000;

export function registerBacktest(tiers: Command, run: Run): void {
  tiers
    .command('backtest')
    .description('what became of the accounts of each tier and rule in a window of the past')
    .option('--from <moment>', 'start of the window (ISO 8601); default 91 days before its end', parseMoment)
    .option('--to <moment>', 'end of the window (ISO 8601); default the last run', parseMoment)
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((flags: BacktestFlags) => run((services) => backtest(services, flags)));
}

async function backtest(services: Services, flags: BacktestFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const last = await session.store.runs.lastApplied();
    if (last === null)
      throw new UsageError('Nothing has been tiered yet', { next: 'Run `tierline sync` first.' });
    const to = flags.to ?? last.asOf;
    const from = flags.from ?? new Date(Date.parse(to) - WINDOW_MS).toISOString();
    if (Date.parse(from) >= Date.parse(to)) {
      throw new UsageError(`The window ends before it begins: ${from} to ${to}`, {
        next: 'Give an earlier --from.',
      });
    }
    const found = await backtestTiers(session, { from, to });
    const document = {
      schema: 'tierline.tiers.backtest/1',
      policy: session.rules.policy.version,
      from,
      to,
      currency: session.settings.currency,
      tierFrom: found.tierFrom,
      notReconstructed: NOT_RECONSTRUCTED,
      thinSources: found.thinSources,
      tiers: [...found.tiers].map(([tier, outcome]) => ({ tier, ...outcome })),
      rules: found.rules.map(({ rule, tier, outcome }) => ({ rule, tier, ...outcome })),
      comparisons: found.comparisons,
      misplaced: found.misplaced,
    };
    if (flags.json === true) services.terminal.json(document);
    else printBacktest(services.terminal, document);
    return EXIT.done;
  });
}
