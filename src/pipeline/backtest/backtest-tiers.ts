// Holds the tiers against what became of the companies: the tier at the start of a window, what they bought in it. The tier is the one
// that a run of that time left; where there was none it is worked out again from what has a date.
import {
  compareTiers,
  findMisplacedRules,
  type MisplacedRule,
  type RuleOutcome,
  type TierComparison,
} from '#domain/tier/backtest/compare-outcomes.ts';
import { createOutcomeTally, type GroupOutcome } from '#domain/tier/backtest/outcome-tally.ts';
import { TIERS, type Tier } from '#domain/tier/tier.ts';
import { NEVER_TIERED } from '#domain/tier/tier-state.ts';
import { toDeal } from '#domain/value/opportunity.ts';
import type { CompanyDossier, DossierStore, PastTier } from '#ports/store.ts';
import { chooseLeadAccount } from '../score/choose-lead-account.ts';
import { scoreCompany } from '../score/score-company.ts';
import { prepareScoring, type Scoring } from '../score/scoring.ts';
import type { Session } from '../session.ts';
import { storedSources } from '../stored-sources.ts';
import { dossierAsOf } from './dossier-as-of.ts';
import { readOutcome } from './read-outcome.ts';

export interface BacktestWindow {
  /** ISO moments. */
  readonly from: string;
  readonly to: string;
}

export interface Backtest {
  /** Companies by where their tier at the start comes from. */
  readonly tierFrom: { readonly runs: number; readonly rebuilt: number; readonly notThere: number };
  readonly tiers: ReadonlyMap<Tier, GroupOutcome>;
  readonly rules: readonly RuleOutcome[];
  readonly comparisons: readonly TierComparison[];
  readonly misplaced: readonly MisplacedRule[];
  /** Sources whose first row is later than what the start would have looked back to. */
  readonly thinSources: readonly { readonly source: string; readonly firstRow: string | null }[];
}

export async function backtestTiers(session: Session, window: BacktestWindow): Promise<Backtest> {
  const { store } = session;
  const moments = { fromMs: Date.parse(window.from), toMs: Date.parse(window.to) };
  const scoring = await scoringAsOf(session, window.from);
  const past = alongside(store.plans.tiersAsOf(window.from));
  const tiers = createOutcomeTally();
  const rules = createOutcomeTally();
  const tierFrom = { runs: 0, rebuilt: 0, notThere: 0 };
  let done = 0;
  try {
    for await (const dossier of store.dossiers.stream()) {
      session.signal.throwIfAborted();
      const lead = chooseLeadAccount(dossier);
      if (lead === null) continue;
      const stored = await past.of(dossier.companyKey);
      const at = stored ?? rebuild(dossier, scoring, moments.fromMs);
      done += 1;
      session.progress.report('backtest', done, null);
      if (at === null) {
        tierFrom.notThere += 1;
        continue;
      }
      tierFrom[stored === null ? 'rebuilt' : 'runs'] += 1;
      const outcome = readOutcome(dossier, lead.connection, moments, scoring.money);
      tiers.add(at.tier, outcome);
      rules.add(`${at.tier}\n${at.rule}`, outcome);
    }
  } finally {
    await past.end();
  }
  const byTier = tiers.groups() as ReadonlyMap<Tier, GroupOutcome>;
  const byRule = [...rules.groups()].map(([group, outcome]): RuleOutcome => {
    const [tier = '', rule = ''] = group.split('\n');
    return { tier: tier as Tier, rule, outcome };
  });
  return {
    tierFrom,
    tiers: new Map(
      TIERS.flatMap((tier) => (byTier.has(tier) ? [[tier, byTier.get(tier) as GroupOutcome]] : [])),
    ),
    rules: byRule.toSorted(byTierThenSize),
    comparisons: compareTiers(byTier),
    misplaced: findMisplacedRules(byRule, byTier),
    thinSources: await thinSources(session, moments.fromMs),
  };
}

/** The tier with the code that decided it, as of the start of the window. */
type TierThen = Pick<PastTier, 'tier' | 'rule'>;

function rebuild(dossier: CompanyDossier, scoring: Scoring, asOfMs: number): TierThen | null {
  const then = dossierAsOf(dossier, asOfMs);
  const lead = then === null ? null : chooseLeadAccount(then);
  if (then === null || lead === null) return null;
  const { assessment } = scoreCompany(then, lead, NEVER_TIERED, scoring);
  // What it was excluded for, or which must-have it missed, is no rule of its own.
  return { tier: assessment.computedTier, rule: assessment.reasons[0]?.replace(/:.*$/u, '') ?? '' };
}

/** Wins of later days are not known on the day. */
async function scoringAsOf(session: Session, asOf: string): Promise<Scoring> {
  const { store, settings } = session;
  const dossiers: DossierStore = {
    stream: (query) => store.dossiers.stream(query),
    async *wonOpportunities() {
      for await (const won of store.dossiers.wonOpportunities()) {
        const { closeAtMs } = toDeal(won.opportunity, settings);
        if (closeAtMs !== null && closeAtMs <= Date.parse(asOf)) yield won;
      }
    },
  };
  return prepareScoring({ ...session, store: { ...store, dossiers } }, asOf, await storedSources(session));
}

/** Goes through a second ordered stream beside the first. */
function alongside(tiers: AsyncIterable<PastTier>) {
  const iterator = tiers[Symbol.asyncIterator]();
  let next: IteratorResult<PastTier> | null = null;
  return {
    async of(companyKey: string): Promise<PastTier | null> {
      next ??= await iterator.next();
      while (next.done !== true && next.value.companyKey < companyKey) next = await iterator.next();
      return next.done !== true && next.value.companyKey === companyKey ? next.value : null;
    },
    async end(): Promise<void> {
      await iterator.return?.();
    },
  };
}

const DAY_MS = 86_400_000;

async function thinSources(
  { store, settings, rules }: Session,
  fromMs: number,
): Promise<Backtest['thinSources']> {
  const thin: { source: string; firstRow: string | null }[] = [];
  const wantedFromMs = fromMs - rules.policy.engagement.lookBackDays * DAY_MS;
  for (const { id, kind } of settings.sources) {
    if (kind === 'firmographics' || kind === 'transactions') continue;
    const firstRow = await store.sources.firstAt(id);
    if (firstRow === null || Date.parse(firstRow) > wantedFromMs) thin.push({ source: id, firstRow });
  }
  return thin;
}

function byTierThenSize(a: RuleOutcome, b: RuleOutcome): number {
  return TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || b.outcome.companies - a.outcome.companies;
}
