// What a language has to say: templates with {places}, names and how dates and amounts are written. Data, no logic.
import type { PersonRole } from '#domain/engagement/engagement-policy.ts';
import type { SignalKind } from '#domain/intent/intent-policy.ts';
import type { AcvBand } from '#domain/value/value-policy.ts';
import type { Tier } from '../tier.ts';
import type { ActNowFact } from './reason-facts.ts';

/** A sentence without its full stop. `{place}` is filled in; a word order is the language's. */
export type Template = string;

export interface Phrases {
  readonly sentence: { readonly stop: string; readonly gap: string; readonly listGap: string };
  /** `{day} {month} {year}`; `months` has twelve names, or the numbers 1 to 12. */
  readonly date: Template;
  readonly shortDate: Template;
  readonly months: readonly string[];
  /** Largest first: 140,000 is 140 × `k`. */
  readonly units: readonly { readonly value: number; readonly name: string }[];
  readonly tiers: Readonly<Record<Tier, string>>;
  readonly criteria: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<PersonRole, string>>;
  readonly reason: ReasonPhrases;
  readonly lacks: LackPhrases;
  readonly nextStep: NextStepPhrases;
  readonly tasks: TaskPhrases;
  /** Put into the override's reason when somebody edited the tier itself and gave none. */
  readonly editedTier: string;
}

interface ReasonPhrases {
  readonly tierSince: Template;
  readonly tierOnly: Template;
  /** `{tier}` holds the whole sentence so far. */
  readonly because: Template;
  readonly notTier1: Template;
  readonly wouldBe: Template;
  readonly fit: Template;
  readonly fitOnly: Template;
  readonly topic: Template;
  readonly signals: Readonly<Record<SignalKind, Template>>;
  readonly actNow: Readonly<Record<ActNowFact['type'], Template>>;
  readonly person: Template;
  readonly people: Template;
  readonly including: Template;
  readonly acv: Template;
  readonly review: Template;
  readonly missingMustHave: Template;
  readonly unscored: Template;
  readonly hold: {
    readonly dwell: Template;
    readonly grace: Template;
    readonly openDeal: Template;
    readonly confirming: Template;
    readonly awaitingPublish: Template;
    readonly frozen: Template;
  };
  readonly override: {
    readonly setBy: Template;
    readonly setByHand: Template;
    readonly until: Template;
    readonly why: Template;
    readonly noReason: Template;
    readonly ended: Template;
    readonly endedOn: Template;
  };
}

/** What keeps an account from Tier 1, as parts of a list. */
interface LackPhrases {
  readonly fit: string;
  readonly acv: Readonly<Record<Exclude<AcvBand, 'large'>, string>>;
  readonly intent: string;
  readonly engagement: string;
  readonly budget: string;
  readonly success: string;
  readonly capacity: string;
}

export interface NextStepPhrases {
  readonly actNow: Readonly<Record<ActNowFact['type'], Template>>;
  readonly tier1: Template;
  readonly topicSequence: Template;
  readonly findPeople: Template;
  readonly askBudget: Template;
  readonly askPlans: Template;
  readonly winAdvocates: Template;
  readonly fastLane: Template;
  readonly keepTalking: Template;
  readonly nurture: Template;
  readonly inboundOnly: Template;
  readonly fillIn: Template;
  readonly noOutreach: Template;
}

/** Whole texts with their stops: a task has room for them. Dates are in full. */
interface TaskPhrases {
  readonly act_now: {
    readonly subject: Readonly<Record<ActNowFact['type'], string>>;
    /** `{happened}` is the sentence of the reason. */
    readonly body: Template;
  };
  readonly tier_1_new: { readonly subject: Template; readonly body: Template };
  readonly intent_not_engaged: { readonly subject: Template; readonly body: Template };
  readonly fast_lane: { readonly subject: Template; readonly body: Template };
  readonly override_expiring: { readonly subject: Template; readonly body: Template };
}
