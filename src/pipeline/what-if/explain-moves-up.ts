// What would move a company up, from what its last run knew. Worked out when somebody asks: a run has a million companies, and
// hardly any is looked at.
import { icpWeights } from '#domain/fit/icp.ts';
import type { Hold } from '#domain/tier/advance-tier.ts';
import { dayText } from '#domain/tier/day.ts';
import type { Policy } from '#domain/tier/policy.ts';
import type { KnownDay } from '#domain/tier/replay-tier.ts';
import { isBetter, type Tier } from '#domain/tier/tier.ts';
import type { TierState } from '#domain/tier/tier-state.ts';
import type { Change } from '#domain/tier/what-if/change.ts';
import { findMovesUp } from '#domain/tier/what-if/find-moves-up.ts';
import { promotionWaits } from '#domain/tier/what-if/promotion-waits.ts';
import { sayChange, sayWait } from '#domain/tier/what-if/say-change.ts';
import type { AcvCuts } from '#domain/value/value-policy.ts';
import type { Json } from '#ports/store.ts';
import type { CompanyState } from '../plan/judge-company.ts';
import type { Session } from '../session.ts';

export interface ExplainedMove {
  readonly tier: Tier;
  /** All that has to change, as clauses of one sentence. */
  readonly change: string;
  readonly kinds: readonly string[];
  readonly changes: readonly Json[];
}

/** What `explainJudgement` stored, as far as it is needed here. */
interface StoredEvaluation {
  readonly tier: Tier;
  readonly computedTier: Tier;
  readonly reasons: readonly string[];
  readonly tierUncapped?: Tier | null;
  readonly value?: { readonly cuts?: AcvCuts };
}

/** Ways to one tier that are told; there may be dozens. */
const TOLD_PER_TIER = 6;

/** The best tier first. Empty for a company that has not been tiered, and for one that cannot rise. */
export async function explainMovesUp(
  { store, rules }: Pick<Session, 'store' | 'rules'>,
  companyKey: string,
  evaluation: Json,
): Promise<readonly ExplainedMove[]> {
  for await (const { tierState } of store.dossiers.stream({ keys: [companyKey] })) {
    const state = tierState as unknown as Partial<CompanyState> | null;
    // A state from before there was this knows nothing of its day.
    if (state?.known === undefined || state.tier === undefined) return [];
    const stored = evaluation as unknown as StoredEvaluation;
    const { tier, known } = state;
    return [...waiting(tier, known, stored, rules.policy), ...changing(tier, known, stored, rules)];
  }
  return [];
}

function changing(
  remembered: TierState,
  known: KnownDay,
  { value }: StoredEvaluation,
  { policy, icp }: Session['rules'],
): readonly ExplainedMove[] {
  const moves = findMovesUp(
    { facts: known.facts, override: known.override },
    {
      remembered,
      // The bands that held in that run: a company's own wins may have moved them.
      policy: { ...policy, value: { ...policy.value, bands: value?.cuts ?? policy.value.bands } },
      weights: icpWeights(icp, policy.fit),
      criteria: icp.criteria.map(({ name, mustHave, adjacent }) => ({
        name,
        mustHave,
        hasAdjacent: adjacent !== null,
      })),
    },
  );
  const told = new Map<Tier, number>();
  return moves.flatMap(({ tier, changes }) => {
    const already = told.get(tier) ?? 0;
    told.set(tier, already + 1);
    if (already >= TOLD_PER_TIER) return [];
    return [
      {
        tier,
        change: changes.map(sayChange).join('; and '),
        kinds: changes.map(({ kind }) => kind),
        changes: changes.map(toPlain),
      },
    ];
  });
}

const HOLDS: readonly Hold[] = ['CONFIRMING', 'FROZEN'];

/** A better tier that is computed already, and what keeps it from showing. */
function waiting(
  state: TierState,
  known: KnownDay,
  { tier, computedTier, reasons, tierUncapped }: StoredEvaluation,
  policy: Policy,
): readonly ExplainedMove[] {
  const waits: ExplainedMove[] = [];
  const hold = HOLDS.find((one) => reasons.includes(one)) ?? null;
  const wait = promotionWaits(hold, state, known.day, policy);
  if (wait !== null) {
    const change = wait.kind === 'nights' ? { ...wait } : { kind: wait.kind, on: dayText(wait.on) };
    waits.push({
      tier: computedTier,
      change: sayWait(wait, dayText),
      kinds: [wait.kind],
      changes: [change],
    });
  }
  if (tierUncapped !== null && tierUncapped !== undefined && isBetter(tierUncapped, tier)) {
    const change = `a place in ${tierUncapped} becomes free`;
    waits.push({ tier: tierUncapped, change, kinds: ['capacity'], changes: [{ kind: 'capacity' }] });
  }
  return waits;
}

/** Persons are counted, never named. */
function toPlain(change: Change): Json {
  switch (change.kind) {
    case 'engagement':
      return {
        kind: change.kind,
        type: change.type,
        events: change.replies.reduce((sum, { times }) => sum + times, 0),
        people: change.replies.length,
        newPeople: change.replies.filter(({ person }) => person === null).length,
      };
    case 'topic_score':
      return { kind: change.kind, score: change.score, topics: change.topics.map(({ name }) => name) };
    case 'topic_date':
      return { kind: change.kind, topics: change.topics.map(({ name }) => name) };
    case 'fit':
      return { kind: change.kind, criteria: change.criteria.map((criterion) => ({ ...criterion })) };
    default:
      return { ...change };
  }
}
