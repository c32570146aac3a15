// The tier policy as one value: every number of it is data that an admin may edit. Its file is read elsewhere.
import type { EngagementPolicy } from '#domain/engagement/engagement-policy.ts';
import type { FitPolicy } from '#domain/fit/fit-policy.ts';
import type { LearningPolicy } from '#domain/fit/learn/learning-policy.ts';
import type { IntentPolicy } from '#domain/intent/intent-policy.ts';
import type { MarketPolicy } from '#domain/market/market-policy.ts';
import type { BuyingGroupPolicy } from '#domain/role/buying-group-policy.ts';
import type { TaskPolicy } from '#domain/task/task-policy.ts';
import type { ValuePolicy } from '#domain/value/value-policy.ts';
import type { DecisionRow } from './decision-table.ts';
import type { RankedTier } from './tier.ts';

export interface Policy {
  /** The name that evaluations carry, `goldilocks-1` as shipped. */
  readonly version: string;
  readonly fit: FitPolicy;
  readonly intent: IntentPolicy;
  readonly engagement: EngagementPolicy;
  readonly value: ValuePolicy;
  /** First match decides. */
  readonly table: readonly DecisionRow[];
  readonly veto: VetoPolicy;
  readonly ratings: RatingPolicy;
  /** Shares of fit, intent and engagement in the order of work; they decide no tier. */
  readonly priority: { readonly fit: number; readonly intent: number; readonly engagement: number };
  readonly stay: StayPolicy;
  readonly change: ChangePolicy;
  readonly breaker: BreakerPolicy;
  readonly override: OverridePolicy;
  readonly capacity: CapacityPolicy;
  readonly text: TextPolicy;
  readonly tasks: TaskPolicy;
  readonly buyingGroup: BuyingGroupPolicy;
  readonly learning: LearningPolicy;
  readonly market: MarketPolicy;
  readonly journey: JourneyPolicy;
}

/** What keeps an account out of `from`: it gets `to`. */
interface VetoPolicy {
  readonly from: RankedTier;
  readonly to: RankedTier;
  /** Able 0: budget frozen or blocked. */
  readonly able: boolean;
  /** Success potential 0: fit below the first cut of `ratings.successFrom`. */
  readonly success: boolean;
}

/** Ready, Willing, Able, Success potential. */
export interface RatingPolicy {
  /** Fit from which success potential is 1, 2, 3. */
  readonly successFrom: readonly [number, number, number];
  /** A dated deadline this near makes an account fully ready. */
  readonly deadlineWithinDays: number;
  /** What somebody noted that gives a reason to buy: these words are clear ones, any other a weak one. */
  readonly triggers: { readonly clear: readonly string[]; readonly withinDays: number };
  /** What a rep says of a rating is forgotten after this. */
  readonly editDays: number;
}

export interface StayPolicy {
  readonly dwellDays: Readonly<Record<RankedTier, number>>;
  /** Consecutive days below the tier before it is given up. */
  readonly graceDays: number;
  /** An open opportunity locks until its close date is longer past than this. */
  readonly opportunityPastDays: number;
  readonly reviewDays: Readonly<Record<RankedTier, number>>;
}

interface ChangePolicy {
  /** Nightly runs in a row that have to see a better tier. */
  readonly confirmNights: number;
  /** Demotions are published every so many days, counted from `publishFrom` (YYYY-MM-DD). */
  readonly publishEveryDays: number;
  readonly publishFrom: string;
  /** No more than `flapChanges` changes of tier within `flapWithinDays`. */
  readonly flapChanges: number;
  readonly flapWithinDays: number;
  /** A score that moved by this much is worth a write of its own. */
  readonly materialPoints: number;
}

/** Holds a whole run for approval. */
interface BreakerPolicy {
  readonly fromAccounts: number;
  readonly changingShare: number;
  /** Rows lost since a source's last load. */
  readonly sourceLossShare: number;
  /** Records that have a company key and would get another. */
  readonly movedKeyShare: number;
  /** Fewer never wait. */
  readonly movedKeysFrom: number;
}

interface OverridePolicy {
  readonly defaultDays: number;
  readonly maximumDays: number;
  readonly remindDaysBefore: number;
  /** Above this share of overruled accounts the policy itself is in question. */
  readonly reviewShare: number;
}

interface CapacityPolicy {
  readonly enabled: boolean;
  /** Accounts one rep can work. Tier 3 is advice and never capped. */
  readonly perRep: Readonly<Record<RankedTier, number>>;
  /** Tier 1 accounts that one marketer can serve. */
  readonly tier1PerMarketer: number;
  /** Added to the priority of an account that already is in the tier. */
  readonly incumbentBonus: number;
}

/** How much is said in the fields people read. */
interface TextPolicy {
  readonly reasonLength: number;
  readonly nextStepLength: number;
  /** Matched criteria that are named. */
  readonly fitReasons: number;
}

interface JourneyPolicy {
  readonly awareDays: number;
  readonly restDays: number;
  /** Channels that should be live at least, by stage. */
  readonly channels: {
    readonly unaware: number;
    readonly aware: number;
    readonly engaged: number;
    readonly mqa: number;
    readonly opportunity: number;
  };
}
