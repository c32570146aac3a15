// A backtest as one document: what `tiers backtest --json` prints and the API answers, with what it cannot know. Chooses the window
// where none is given: the quarter before the last run.
import type { MisplacedRule, TierComparison } from '#domain/tier/backtest/compare-outcomes.ts';
import type { GroupOutcome } from '#domain/tier/backtest/outcome-tally.ts';
import type { Tier } from '#domain/tier/tier.ts';
import { UsageError } from '#errors/errors.ts';
import type { Session } from '../session.ts';
import { type Backtest, type BacktestWindow, backtestTiers } from './backtest-tiers.ts';

/** The window of the catalogue's metrics. */
const QUARTER_MS = 91 * 86_400_000;

/** Holds for every tier that no run of its time left. */
const NOT_RECONSTRUCTED: readonly string[] = [
  'fields of CRM records: they have no history, and count as they are today',
  'firmographics that were observed later: they count as they are today, a budget not at all',
  'amounts and close dates of deals that were changed since',
  'contacts, deals and source rows that were deleted or are no longer in their file',
  'overrides, minimum stays and the gaps of the bands: the tier is the computed one',
];

export type BacktestDocument = {
  readonly schema: 'tierline.tiers.backtest/1';
  readonly policy: string;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly tierFrom: Backtest['tierFrom'];
  readonly notReconstructed: readonly string[];
  readonly thinSources: Backtest['thinSources'];
  readonly tiers: readonly ({ readonly tier: Tier } & GroupOutcome)[];
  readonly rules: readonly ({ readonly rule: string; readonly tier: Tier } & GroupOutcome)[];
  readonly comparisons: readonly TierComparison[];
  readonly misplaced: readonly MisplacedRule[];
};

/** @param asked moments in ISO 8601 */
export async function describeBacktest(
  session: Session,
  asked: Partial<BacktestWindow>,
): Promise<BacktestDocument> {
  const { rules, settings } = session;
  const window = await chooseWindow(session, asked);
  const found = await backtestTiers(session, window);
  return {
    schema: 'tierline.tiers.backtest/1',
    policy: rules.policy.version,
    ...window,
    currency: settings.currency,
    tierFrom: found.tierFrom,
    notReconstructed: NOT_RECONSTRUCTED,
    thinSources: found.thinSources,
    tiers: [...found.tiers].map(([tier, outcome]) => ({ tier, ...outcome })),
    rules: found.rules.map(({ rule, tier, outcome }) => ({ rule, tier, ...outcome })),
    comparisons: found.comparisons,
    misplaced: found.misplaced,
  };
}

async function chooseWindow({ store }: Session, asked: Partial<BacktestWindow>): Promise<BacktestWindow> {
  const last = await store.runs.lastApplied();
  if (last === null) {
    throw new UsageError('Nothing has been tiered yet', { next: 'Run `tierline sync` first.' });
  }
  const to = asked.to ?? last.asOf;
  const from = asked.from ?? new Date(Date.parse(to) - QUARTER_MS).toISOString();
  if (Date.parse(from) >= Date.parse(to)) {
    throw new UsageError(`The window ends before it begins: ${from} to ${to}`, {
      next: 'Give an earlier start.',
    });
  }
  return { from, to };
}
