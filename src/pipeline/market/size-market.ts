// Sizes the market from the store: how many companies one could sell to, what they are worth, and how many of them a goal
// takes. Reads every company once and keeps none; asks no CRM.
import { firstDecisions } from '#domain/market/first-decisions.ts';
import {
  type AccountOdds,
  audienceForReturn,
  audienceForRevenue,
  type ProgramCosts,
} from '#domain/market/minimum-viable-audience.ts';
import {
  createOddsTally,
  estimateOdds,
  type OddsTally,
  type OwnOdds,
  tallyDecisions,
} from '#domain/market/own-odds.ts';
import { roundToHundredth } from '#domain/value/round.ts';
import { UsageError } from '#errors/errors.ts';
import { prepareScoring } from '../score/scoring.ts';
import { type Standing, streamStandings } from '../score/stream-standings.ts';
import type { Session } from '../session.ts';
import { storedSources } from '../stored-sources.ts';

export interface MarketOptions {
  /** ISO 8601 */
  readonly asOf: string;
  /** Revenue to reach in a year; null: not asked. */
  readonly target: number | null;
  /** null: not asked. */
  readonly costs: ProgramCosts | null;
  /** What people say of the odds; null: own history. */
  readonly given: { readonly [Name in keyof AccountOdds]: number | null };
}

interface UsedOdds {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly from: 'given' | 'history';
  /** Cases of the history; null when given. */
  readonly n: number | null;
}

/** `accounts` null: infeasible. `low` and `high`: with all odds at their better and at their worse ends. */
interface Audience {
  readonly accounts: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface MarketSize {
  readonly asOf: string;
  readonly currency: string;
  readonly companies: number;
  readonly avoided: number;
  readonly mustHaveMissed: number;
  readonly market: {
    readonly companies: number;
    /** Of a must-have of theirs nothing is known: they count until it is. */
    readonly mustHaveUnknown: number;
    /** Sum of what each is expected to bring a year. */
    readonly value: number;
    readonly valueUnknown: number;
    /** By how the value was estimated. */
    readonly bySource: Readonly<Record<string, { readonly companies: number; readonly value: number }>>;
    readonly highFit: number;
    readonly highFitValue: number;
  };
  readonly history: OwnOdds;
  readonly odds: Readonly<Record<keyof AccountOdds, UsedOdds>> | null;
  readonly revenue: ({ readonly target: number } & Audience) | null;
  readonly returns: (ProgramCosts & Audience) | null;
  readonly warnings: readonly string[];
}

const MONTH_MS = (365.2425 / 12) * 86_400_000;

export async function sizeMarket(session: Session, options: MarketOptions): Promise<MarketSize> {
  const scoring = await prepareScoring(session, options.asOf, await storedSources(session));
  const { asOfMs } = scoring;
  const { market: limits } = scoring.policy;
  const sinceMs = asOfMs - limits.historyMonths * MONTH_MS;
  const mustHaves = scoring.rules.icp.criteria.filter(({ mustHave }) => mustHave).map(({ name }) => name);
  const tally = createOddsTally();
  const bySource = new Map<string, { companies: number; value: number }>();
  const counts = { companies: 0, avoided: 0, mustHaveMissed: 0 };
  const market = { companies: 0, mustHaveUnknown: 0, value: 0, valueUnknown: 0, highFit: 0, highFitValue: 0 };
  for await (const standing of streamStandings(session, scoring, 'size the market')) {
    const { match, fit, acv, deals } = standing;
    counts.companies += 1;
    tallyDecisions(tally, firstDecisions(deals), sinceMs, asOfMs);
    if (match.excluded !== null) {
      counts.avoided += 1;
      continue;
    }
    if (match.mustHaveMiss !== null) {
      counts.mustHaveMissed += 1;
      continue;
    }
    market.companies += 1;
    if (mustHaves.some((name) => (match.fit[name] ?? null) === null)) market.mustHaveUnknown += 1;
    if (acv.acv === null) market.valueUnknown += 1;
    else {
      market.value += acv.acv;
      const source = bySource.get(acv.source) ?? { companies: 0, value: 0 };
      bySource.set(acv.source, source);
      source.companies += 1;
      source.value += acv.acv;
    }
    if (!fit.isHigh) continue;
    market.highFit += 1;
    market.highFitValue += acv.acv ?? 0;
    watch(tally, standing, sinceMs);
  }
  if (counts.companies === 0) {
    throw new UsageError('Nothing has been read from a CRM yet', { next: 'Run `tierline sync` first.' });
  }
  const history = estimateOdds(tally, limits);
  const isAsked = options.target !== null || options.costs !== null;
  const odds = isAsked ? useOdds(options.given, history, limits.historyMonths) : null;
  const { target, costs } = options;
  const revenue =
    target === null || odds === null
      ? null
      : { target, ...audienceOf(odds, (one) => audienceForRevenue(target, one)) };
  const returns =
    costs === null || odds === null
      ? null
      : { ...costs, ...audienceOf(odds, (one) => audienceForReturn(costs, one)) };
  return {
    asOf: options.asOf,
    currency: session.settings.currency,
    ...counts,
    market: {
      ...market,
      value: roundToHundredth(market.value),
      highFitValue: roundToHundredth(market.highFitValue),
      bySource: Object.fromEntries(
        [...bySource].map(([name, { companies, value }]) => [
          name,
          { companies, value: roundToHundredth(value) },
        ]),
      ),
    },
    history,
    odds,
    revenue,
    returns,
    warnings: warn(market, [revenue, returns]),
  };
}

/** A company of high fit that was there when the time began and no customer yet: did it get a deal since? */
function watch(tally: OddsTally, { dossier, deals }: Standing, sinceMs: number): void {
  const created = dossier.accounts.map(({ fields }) => momentOf(fields['createdAt']));
  const wasThere = created.some((at) => at !== null && at < sinceMs);
  const wasCustomer = deals.some(
    ({ isWon, closeAtMs }) => isWon && closeAtMs !== null && closeAtMs < sinceMs,
  );
  if (!wasThere || wasCustomer) return;
  tally.watched += 1;
  const opened = dossier.opportunities.some(({ fields }) => {
    const at = momentOf(fields['createdAt']) ?? momentOf(fields['closeDate']);
    return at !== null && at >= sinceMs;
  });
  if (opened) tally.opened += 1;
}

function momentOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

const FLAGS = { acv: '--acv', opportunity: '--p-opp', win: '--p-win' } as const;
const CASES = {
  acv: 'first wins with a value',
  opportunity:
    'companies of high fit that were there before and no customers, some of them with a deal since,',
  win: 'decided first deals, some of them won,',
} as const;

function useOdds(
  given: MarketOptions['given'],
  history: OwnOdds,
  months: number,
): NonNullable<MarketSize['odds']> {
  const names = ['acv', 'opportunity', 'win'] as const;
  const missing = names.filter((name) => given[name] === null && !history[name].believed);
  if (missing.length > 0) {
    const reasons = missing.map(
      (name) =>
        `${FLAGS[name]}: ${history[name].needed} ${CASES[name]} are needed, ${history[name].n} are there`,
    );
    throw new UsageError(
      [
        `Own history of the last ${months} months is too short to say:`,
        ...reasons.map((line) => `  ${line}`),
      ].join('\n'),
      { next: `Give ${missing.map((name) => FLAGS[name]).join(', ')} yourself.` },
    );
  }
  const use = (name: keyof AccountOdds): UsedOdds => {
    const value = given[name];
    if (value !== null) return { value, low: value, high: value, from: 'given', n: null };
    const own = history[name];
    return { value: own.value, low: own.low, high: own.high, from: 'history', n: own.n };
  };
  return { acv: use('acv'), opportunity: use('opportunity'), win: use('win') };
}

function audienceOf(
  odds: NonNullable<MarketSize['odds']>,
  size: (odds: AccountOdds) => number | null,
): Audience {
  const at = (end: 'value' | 'low' | 'high') =>
    size({ acv: odds.acv[end], opportunity: odds.opportunity[end], win: odds.win[end] });
  return { accounts: at('value'), low: at('high'), high: at('low') };
}

function warn(
  market: { readonly companies: number; readonly highFit: number },
  audiences: readonly (Audience | null)[],
): readonly string[] {
  return audiences.flatMap((audience) => {
    if (audience === null) return [];
    const { accounts } = audience;
    if (accounts === null)
      return ['No number of accounts reaches the goal: each costs as much as it brings, or more.'];
    if (accounts > market.companies)
      return [`The goal takes ${accounts} accounts, and the whole market has ${market.companies}.`];
    return market.highFit < accounts
      ? [
          `The goal takes ${accounts} accounts, and only ${market.highFit} are of high fit: widen the profile, raise the odds, or lower the goal.`,
        ]
      : [];
  });
}
