// The door for one account given to `tiers evaluate`: what the contract (section 5) lets in, as the domain wants it.
// Fields it does not know are ignored; null means absent wherever a field may be absent.
import { z } from 'zod';
import { EVENT_TYPES, PERSON_ROLES } from '#domain/engagement/engagement-policy.ts';
import { MATCHES } from '#domain/fit/score-fit.ts';
import { type CountsPolicy, INTENT_METHODS } from '#domain/intent/intent-policy.ts';
import type { IntentTopic } from '#domain/intent/score-topic.ts';
import { OVERRIDE_KINDS, type Override } from '#domain/tier/apply-override.ts';
import type { EvaluationInput } from '#domain/tier/evaluation.ts';
import { SETTABLE_TIERS, TIERS } from '#domain/tier/tier.ts';
import { ACV_BANDS } from '#domain/value/value-policy.ts';

const ageDays = z.number().nonnegative();
const amount = z.number().nonnegative();
const orNull = <Value>(value: Value): NonNullable<Value> | null => value ?? null;

/** `criteria`: the eight names of the ICP's template. The lengths of weekly counts are the policy's. */
export function createEvaluationItemSchema(
  criteria: readonly string[],
  counts: CountsPolicy,
): z.ZodType<EvaluationInput> {
  const match = z.literal(MATCHES).nullish().transform(orNull);
  return z
    .object({
      id: z.string(),
      acv: amount.nullish().transform(orNull),
      employees: amount.nullish().transform(orNull),
      fit: z.strictObject(Object.fromEntries(criteria.map((name) => [name, match]))).default({}),
      mustHaveMiss: z.enum(criteria).nullish().transform(orNull),
      topicsConfigured: z.int().min(1).nullish(),
      topics: listOf(createTopicSchema(counts)),
      signals: listOf(z.object({ points: amount, ageDays })),
      events: listOf(eventSchema),
      previous: previousSchema.nullish().transform(orNull),
      openOpportunity: z
        .boolean()
        .nullish()
        .transform((open) => open ?? false),
      able: z.literal([0, 1, 2, 3]).nullish().transform(orNull),
      excluded: z.string().min(1).nullish().transform(orNull),
      override: overrideSchema.nullish().transform(orNull),
    })
    .transform(({ topicsConfigured, ...item }, context) => {
      // Of how many topics a surge on one is a surge must be said, not guessed; without topics it changes nothing.
      if (topicsConfigured === null || topicsConfigured === undefined) {
        if (item.topics.length > 0) {
          context.addIssue({
            code: 'custom',
            path: ['topicsConfigured'],
            message: 'expected the number of topics that are watched, 1 or more',
          });
        }
        return { ...item, topicsConfigured: 1 };
      }
      return { ...item, topicsConfigured };
    });
}

function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}

function createTopicSchema(counts: CountsPolicy) {
  return z
    .object({
      score: z.number().min(0).max(100).nullish(),
      baseline: z.array(amount).length(counts.baselineWeeks).nullish(),
      recent: z.array(amount).length(counts.recentWeeks).nullish(),
      ageDays,
      method: z.enum(INTENT_METHODS),
    })
    .transform(({ score, baseline, recent, ageDays: age, method }, context): IntentTopic => {
      const isScored = typeof score === 'number';
      const weeks = baseline && recent ? { baseline, recent } : null;
      if (isScored === (weeks !== null)) {
        context.addIssue({
          code: 'custom',
          message: `expected either score, or baseline (${counts.baselineWeeks} weeks) with recent (${counts.recentWeeks} weeks)`,
        });
        return z.NEVER;
      }
      return isScored ? { score, ageDays: age, method } : { ...(weeks ?? z.NEVER), ageDays: age, method };
    });
}

const eventSchema = z
  .object({
    type: z.enum(EVENT_TYPES),
    ageDays,
    person: z.string().min(1, 'expected a name; leave it out for an anonymous visitor').nullish(),
    role: z.enum(PERSON_ROLES).nullish(),
  })
  .transform(({ type, ageDays: age, person, role }) => ({
    type,
    ageDays: age,
    person: person ?? null,
    role: role ?? ('unknown' as const),
  }));

const previousSchema = z.object({
  tier: z.enum(TIERS).nullable(),
  daysInTier: ageDays,
  failingDays: ageDays,
  acvBand: z.enum(ACV_BANDS).nullish().transform(orNull),
  on: z.object({
    fitStrong: z.boolean(),
    fitHigh: z.boolean(),
    intent: z.boolean(),
    engaged: z.boolean(),
  }),
});

const settableTier = z.enum(SETTABLE_TIERS);

const overrideSchema = z
  .object({ kind: z.enum(OVERRIDE_KINDS), tier: z.unknown().optional(), expiresInDays: z.number() })
  .transform(({ kind, tier, expiresInDays }, context): Override => {
    if (kind === 'exclude') return { kind, expiresInDays };
    const settable = settableTier.safeParse(tier);
    if (settable.success) return { kind, tier: settable.data, expiresInDays };
    context.addIssue({
      code: 'custom',
      path: ['tier'],
      message: `expected one of ${SETTABLE_TIERS.join(', ')}`,
      input: tier,
    });
    return z.NEVER;
  });
