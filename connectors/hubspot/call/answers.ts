// The shapes of HubSpot's answers that we rely on, and nothing more of them: everything else may change at any time.

import { z } from 'zod';
import { ContractError } from '#errors/errors.ts';

const id = z.union([z.string().min(1), z.number()]).transform(String);

const paging = z
  .object({ next: z.object({ after: z.string().optional() }).nullish() })
  .nullish()
  .transform((value) => value?.next?.after ?? null);

const inlineAssociation = z.object({
  results: z.array(z.object({ id, type: z.string().nullish() })),
  paging,
});

const row = z.object({
  id,
  properties: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((properties) => properties ?? {}),
  updatedAt: z.string().nullish(),
  archived: z.boolean().nullish(),
  archivedAt: z.string().nullish(),
  objectWriteTraceId: z.string().nullish(),
  associations: z.record(z.string(), inlineAssociation).nullish(),
});

/** One CRM record as it stands in lists, searches and batches alike. */
export type HubspotRow = z.infer<typeof row>;

/** Entries of a 207 are read by `readProblem`. */
const rowErrors = z
  .array(z.unknown())
  .nullish()
  .transform((errors) => errors ?? []);

export const singleRow = row;
export const listAnswer = z.object({ results: z.array(row), paging });
export const searchAnswer = z.object({ total: z.number(), results: z.array(row), paging });
export const batchAnswer = z.object({ results: z.array(row), errors: rowErrors });

export const associationsAnswer = z.object({
  results: z.array(
    z.object({
      from: z.object({ id }),
      to: z.array(
        z.object({
          toObjectId: id,
          associationTypes: z
            .array(z.object({ typeId: z.number(), label: z.string().nullish() }))
            .nullish()
            .transform((types) => types ?? []),
        }),
      ),
      paging,
    }),
  ),
});

/** Throws ContractError when the answer is not of the shape; `what` names the call. */
export function expectShape<T>(schema: z.ZodType<T>, body: unknown, what: string): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ContractError(
    `${what}: HubSpot's answer has another shape than documented (at ${where === '' ? 'its top' : where})`,
    { next: 'Please report this with the path named here; nothing was changed in HubSpot by reading.' },
  );
}
