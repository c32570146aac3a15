// The strict shape of mappings/icp.yaml, one per template. What it means together is checked in load-icp.ts.
import { z } from 'zod';
import { FIT_CRITERIA, FIT_TEMPLATES, type FitTemplate } from '#domain/fit/fit-policy.ts';

const word = z.union([z.string().trim().min(1), z.number(), z.boolean()]);
const words = z.array(word).min(1);
const range = z.strictObject({ from: z.number().optional(), to: z.number().optional() });
const matcher = z.union([words, range]);

const criterion = z.strictObject({
  field: z.string().trim().min(1),
  exact: matcher,
  adjacent: matcher.optional(),
  unknown: words.optional(),
  mustHave: z.boolean().default(false),
});
export type CriterionDocument = z.output<typeof criterion>;
export type MatcherDocument = z.output<typeof matcher>;

const avoidRule = z.strictObject({
  field: z.string().trim().min(1),
  in: words,
  reason: z.string().trim().min(1),
});

/** Only this much is read first: the template decides which criteria there may be. */
export const icpTemplateSchema = z.looseObject({ template: z.enum(FIT_TEMPLATES).default('general') });

export function createIcpSchema(template: FitTemplate) {
  const names: readonly string[] = FIT_CRITERIA[template];
  return z.strictObject({
    template: z.literal(template).default(template),
    assumed: z.boolean().default(true),
    criteria: z.strictObject(Object.fromEntries(names.map((name) => [name, criterion.optional()]))),
    weights: z
      .strictObject(Object.fromEntries(names.map((name) => [name, z.number().min(0).optional()])))
      .optional(),
    avoid: z.array(avoidRule).default([]),
  });
}
export type IcpDocument = z.output<ReturnType<typeof createIcpSchema>>;
