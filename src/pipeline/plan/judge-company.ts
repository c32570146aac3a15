// Judges one company at one moment: its score, what people say, and the tier that follows from where it stood.
import { isActNow } from '#domain/engagement/find-act-now.ts';
import { type PeoplesWord, readPeoplesWord } from '#domain/plan/read-override.ts';
import { textOf } from '#domain/record/text-of.ts';
import type { SeenCauses } from '#domain/task/remember-causes.ts';
import { advanceTier, type TierStep } from '#domain/tier/advance-tier.ts';
import type { CapacityPlace } from '#domain/tier/apply-capacity.ts';
import { assessAccount } from '#domain/tier/assess-account.ts';
import { type DayNumber, dayNumber } from '#domain/tier/day.ts';
import type { SeenRatings } from '#domain/tier/rating-edits.ts';
import { advanceThrough, growOlder, type KnownDay, type Night } from '#domain/tier/replay-tier.ts';
import { NEVER_TIERED, type TierState } from '#domain/tier/tier-state.ts';
import { isPipelineLocked } from '#domain/value/is-pipeline-locked.ts';
import type { CompanyDossier, LedgeredRecord } from '#ports/store.ts';
import { chooseLeadAccount } from '../score/choose-lead-account.ts';
import { type CompanyScore, scoreCompany } from '../score/score-company.ts';
import type { Scoring } from '../score/scoring.ts';

/** The tier state with what is remembered of people's say; stored as it is. */
export interface CompanyState {
  readonly tier: TierState;
  /** Day on which the override that stands now was first seen. */
  readonly overrideSeenOn: string | null;
  /** What reps say of the ratings, and since when; absent in older states. */
  readonly ratingEdits?: SeenRatings;
  /** What this run knew: the nights until the next run are judged by it, only older. */
  readonly known: KnownDay;
  /** Since when the company asks for a task; states from before there was this have none. */
  readonly causes?: SeenCauses;
}

export interface JudgedCompany {
  readonly companyKey: string;
  readonly before: TierState;
  readonly score: CompanyScore;
  readonly word: PeoplesWord;
  /** The account whose override counts; null when nobody overruled. */
  readonly wordOf: LedgeredRecord | null;
  readonly step: TierStep;
  readonly state: CompanyState;
  readonly day: DayNumber;
  /** The newest act-now event; null when there is none. */
  readonly actNow: { readonly on: string; readonly what: string } | null;
  /** What capacity made of the tier; null while no limit was looked at. */
  readonly place: CapacityPlace | null;
}

/** Null for a company without accounts: contacts alone are not tiered. */
export function judgeCompany(dossier: CompanyDossier, scoring: Scoring): JudgedCompany | null {
  const lead = chooseLeadAccount(dossier);
  if (lead === null) return null;
  const remembered = dossier.tierState as CompanyState | null;
  const before = remembered?.tier ?? NEVER_TIERED;
  const day = dayNumber(scoring.asOfMs);
  const caughtUp = remembered === null ? before : playMissedNights(remembered, day, scoring);
  const score = scoreCompany(dossier, lead, caughtUp, scoring, remembered?.ratingEdits ?? {});
  const seenOn = remembered?.overrideSeenOn ?? scoring.today;
  const { word, account } = newestWord(dossier.accounts, score, seenOn, scoring);
  const known: KnownDay = {
    day,
    facts: score.facts,
    openOpportunity: isPipelineLocked(score.deals, scoring.asOfMs, scoring.policy.stay.opportunityPastDays),
    override: word.override,
  };
  const step = advanceTier(caughtUp, score.assessment, known, scoring.policy);
  return {
    companyKey: dossier.companyKey,
    before,
    score,
    word,
    wordOf: account,
    step,
    state: {
      tier: step.state,
      overrideSeenOn: word.override === null ? null : seenOn,
      ratingEdits: score.ratingEdits,
      known,
    },
    day,
    actNow: newestActNow(score, scoring),
    place: null,
  };
}

/** Days without a run count as if each had had one, with what was known then (policy section 10). */
function playMissedNights(remembered: CompanyState, day: DayNumber, { policy, weights }: Scoring): TierState {
  const { tier: state, known } = remembered;
  if (state.nightlyOn === null || state.nightlyOn + 1 >= day) return state;
  const nightOf = (night: DayNumber): Night => {
    const then = growOlder(known, night);
    return { ...then, assess: (flags) => assessAccount(then.facts, flags, policy, weights) };
  };
  return advanceThrough(state, day - 1, nightOf, policy).state;
}

const ACT_NOW_WORDS: Readonly<Record<string, string>> = {
  demo_request: 'Demo requested',
  meeting: 'Meeting held',
  trial: 'Trial started',
};

function newestActNow(score: CompanyScore, scoring: Scoring): JudgedCompany['actNow'] {
  const event = score.signals.events.find((one) => isActNow(one, scoring.policy.engagement));
  if (event === undefined) return null;
  return {
    on: new Date(event.occurredAtMs).toISOString().slice(0, 10),
    what: ACT_NOW_WORDS[event.type] ?? 'Act-now event',
  };
}

const NO_WORD: PeoplesWord = { override: null, until: null, reason: null, pin: null, clearOurs: false };

/** The newest override in any CRM counts everywhere. */
function newestWord(
  accounts: readonly LedgeredRecord[],
  score: CompanyScore,
  seenOn: string,
  scoring: Scoring,
): { readonly word: PeoplesWord; readonly account: LedgeredRecord | null } {
  const { override } = scoring.policy;
  const words = accounts
    .map((account) => ({
      account,
      word: readPeoplesWord(peopleFields(account), score.assessment.computedTier, scoring.today, seenOn, {
        default: override.defaultDays,
        maximum: override.maximumDays,
      }),
    }))
    .filter(({ word }) => word.override !== null || word.clearOurs)
    .toSorted((a, b) => compareMoments(b.account.modifiedAt, a.account.modifiedAt));
  // One that is over gives way to one that holds.
  const holding = words.find(({ word }) => (word.override?.expiresInDays ?? 0) > 0);
  return holding ?? words[0] ?? { word: NO_WORD, account: null };
}

function peopleFields(account: LedgeredRecord) {
  const { fields, lastWritten } = account;
  const written = (name: string) => (name in lastWritten ? textOf(lastWritten, name) : undefined);
  return {
    tier: textOf(fields, 'tier'),
    overrideTier: textOf(fields, 'overrideTier'),
    overrideReason: textOf(fields, 'overrideReason'),
    overrideUntil: textOf(fields, 'overrideUntil'),
    lastWritten: {
      tier: written('tier'),
      overrideTier: written('overrideTier'),
      overrideReason: written('overrideReason'),
    },
    bearsOurReason: textOf(fields, 'tierReason') !== null,
  };
}

function compareMoments(a: string | null, b: string | null): number {
  return (a === null ? 0 : Date.parse(a)) - (b === null ? 0 : Date.parse(b));
}
