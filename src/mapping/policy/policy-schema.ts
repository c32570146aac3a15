// The strict shape of mappings/policy.yaml, complete. What the numbers mean together is checked in check-policy.ts.
import { z } from 'zod';
import { EVENT_TYPES, PERSON_ROLES } from '#domain/engagement/engagement-policy.ts';
import { FIT_BANDS, FIT_CRITERIA, type FitTemplate } from '#domain/fit/fit-policy.ts';
import { INTENT_METHODS, SIGNAL_KINDS } from '#domain/intent/intent-policy.ts';
import { BUYING_ROLES } from '#domain/role/buying-role.ts';
import { ROW_ORIGINS } from '#domain/tier/decision-table.ts';
import type { Policy } from '#domain/tier/policy.ts';
import { RANKED_TIERS, SETTABLE_TIERS } from '#domain/tier/tier.ts';
import { TRANSACTION_TYPES } from '#domain/value/transaction.ts';
import { ACV_BANDS } from '#domain/value/value-policy.ts';

const score = z.number().min(0).max(100);
const share = z.number().min(0).max(1);
const positive = z.number().positive();
const amount = z.number().nonnegative();
const count = z.int().nonnegative();
const atLeastOne = z.int().min(1);
const words = z.array(z.string().trim().min(1));
const gap = z.strictObject({ enter: score, stay: score });
const perTier = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ 'Tier 1': value, 'Tier 2': value, 'Tier 3': value });
const weights = (template: FitTemplate) => record(FIT_CRITERIA[template], amount);

/** A record with exactly these keys: z.record would name a missing one less plainly. */
function record<Key extends string>(keys: readonly Key[], value: z.ZodType<number>) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, typeof value>);
}

const fit = z.strictObject({
  weights: z.strictObject({ general: weights('general'), ecommerce: weights('ecommerce') }),
  unknownCounts: share,
  mustHaveMissCap: score,
  minimumCompleteness: share,
  freshDays: positive,
  strong: gap,
  high: gap,
  mediumFrom: score,
});

const intent = z.strictObject({
  topics: z.array(z.string().trim().min(1)),
  refusedMethods: z.array(z.enum(INTENT_METHODS)),
  enter: score,
  stay: score,
  halfLifeDays: positive,
  decaysTo: score,
  forgetAfterDays: amount,
  clusterShare: share,
  counts: z.strictObject({
    baselineWeeks: z.int().min(2),
    recentWeeks: atLeastOne,
    recencyHalfLifeWeeks: positive,
    minimumMean: positive,
    ownAverage: score,
    surge: z.strictObject({ score, deviations: positive }),
    minimumVolume: z.strictObject({ below: amount, cap: score }),
  }),
  signals: z.strictObject({ factor: amount, points: record(SIGNAL_KINDS, amount) }),
});

const engagement = z.strictObject({
  points: record(EVENT_TYPES, amount),
  roleFactors: record(PERSON_ROLES, amount),
  halfLifeDays: positive,
  lookBackDays: amount,
  personCap: amount,
  anonymous: z.strictObject({ factor: amount, cap: amount }),
  breadth: z.strictObject({ perPerson: amount, maxPeople: atLeastOne }),
  personCountsFrom: amount,
  threshold: z.strictObject({ enter: amount, stay: amount, people: count }),
  sizes: z.array(z.strictObject({ below: positive.nullable(), factor: positive })).min(1),
  unknownSizeFactor: positive,
  actNow: z.strictObject({ types: z.array(z.enum(EVENT_TYPES)), withinDays: amount }),
});

const value = z.strictObject({
  bands: z.strictObject({ large: amount, medium: amount }),
  bandGap: share,
  unknownBand: z.enum(ACV_BANDS),
  ownCuts: z.strictObject({ fromWins: atLeastOne, large: share, medium: share }),
  peerWins: atLeastOne,
  peerSizes: z.array(positive),
  seats: z.strictObject({ price: positive.nullable(), perEmployee: amount }),
  lifetime: z.strictObject({
    grossMargin: share,
    monthlyChurn: share.gt(0),
    renewalProbability: share.nullable(),
    contractMonths: positive,
    revenueFrom: z.array(z.enum(TRANSACTION_TYPES)).min(1),
  }),
  latePayment: z.strictObject({ graceDays: count, tolerance: share }),
});

const buyingGroup = z.strictObject({
  required: z.array(z.strictObject({ part: z.string().min(1), roles: z.array(z.enum(BUYING_ROLES)).min(1) })),
  people: positive,
  champion: z.strictObject({ types: z.array(z.enum(EVENT_TYPES)), times: atLeastOne, points: amount }),
});

const any = z.literal('any');
const anyBand = <Band extends string>(bands: readonly Band[]) =>
  z.union([any.transform(() => bands), z.array(z.enum(bands)).min(1)]);
const flag = z.union([z.boolean(), any.transform(() => null)]);

const row = z.strictObject({
  fit: anyBand(FIT_BANDS),
  acv: anyBand(ACV_BANDS),
  intent: flag,
  engaged: flag,
  tier: z.enum(SETTABLE_TIERS),
  reason: z.string().regex(/^[A-Z][A-Z0-9_]*$/u, 'expected a code such as SMALL_ACV'),
  from: z.enum(ROW_ORIGINS),
});

const dayText = z.iso.date('expected a day such as 2024-01-01');

export const policySchema: z.ZodType<Policy> = z.strictObject({
  version: z.string().min(1).max(60),
  fit,
  intent,
  engagement,
  value,
  table: z.array(row).min(1),
  veto: z.strictObject({
    from: z.enum(RANKED_TIERS),
    to: z.enum(RANKED_TIERS),
    able: z.boolean(),
    success: z.boolean(),
  }),
  ratings: z.strictObject({
    successFrom: z.tuple([score, score, score]),
    deadlineWithinDays: amount,
    triggers: z.strictObject({ clear: z.array(z.string().trim().min(1)), withinDays: amount }),
    editDays: amount,
  }),
  priority: z.strictObject({ fit: share, intent: share, engagement: share }),
  stay: z.strictObject({
    dwellDays: perTier(count),
    graceDays: count,
    opportunityPastDays: count,
    reviewDays: perTier(atLeastOne),
  }),
  change: z.strictObject({
    confirmNights: atLeastOne,
    publishEveryDays: atLeastOne,
    publishFrom: dayText,
    flapChanges: atLeastOne,
    flapWithinDays: count,
    materialPoints: amount,
  }),
  breaker: z.strictObject({
    fromAccounts: count,
    changingShare: share,
    sourceLossShare: share,
    movedKeyShare: share,
    movedKeysFrom: count,
  }),
  override: z.strictObject({
    defaultDays: atLeastOne,
    maximumDays: atLeastOne,
    remindDaysBefore: count,
    reviewShare: share,
  }),
  capacity: z.strictObject({
    enabled: z.boolean(),
    perRep: perTier(count),
    tier1PerMarketer: count,
    incumbentBonus: amount,
  }),
  text: z.strictObject({
    reasonLength: z.int().min(40).max(255),
    nextStepLength: z.int().min(40).max(255),
    fitReasons: count,
  }),
  tasks: z.strictObject({
    dueInDays: record(['act_now', 'tier_1_new', 'intent_not_engaged', 'fast_lane'] as const, count),
    sameCauseDays: count,
    newPerOwnerAndDay: count,
    openPerOwner: count,
  }),
  buyingGroup,
  learning: z.strictObject({
    liftPrior: amount,
    evidenceAdjustment: positive,
    informationValue: z.tuple([amount, amount, amount, amount]),
    falseDiscoveryRate: share,
    leakFillGap: share,
    cohort: z.strictObject({ suggestFrom: count, learnFrom: count }),
    maximumWeight: score,
    cycles: z.strictObject({
      needed: z.int().min(2),
      tenureTerms: positive,
      defaultTermMonths: positive,
      earlyShare: share,
      lateDays: count,
      renewalWords: words,
      formerWords: words,
    }),
    bins: z.int().min(2).max(20),
    minimumCompanies: atLeastOne,
    maximumValues: atLeastOne,
    adjacentLift: z.strictObject({ word: amount, range: amount }),
    twinsFrom: share,
    ignored: words,
    confirmed: words,
  }),
  market: z.strictObject({
    historyMonths: atLeastOne,
    minimumDecided: atLeastOne,
    minimumCompanies: atLeastOne,
    minimumWins: z.int().min(2),
  }),
  journey: z.strictObject({
    awareDays: count,
    restDays: count,
    channels: record(['unaware', 'aware', 'engaged', 'mqa', 'opportunity'] as const, count),
  }),
});
