// Persons in the CRMs and sources, who are not users: forgetting one.
import { z } from 'zod';
import { FORGETTING_EFFECTS, forgetPerson } from '#pipeline/forget-person.ts';
import { FORGOTTEN_KINDS } from '#ports/forgetting.ts';
import { defineRoute, json, type Route } from '../route.ts';

export const peopleRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/api/people/forget',
    summary: 'Remove a person from the store, wherever they stand (`data forget`).',
    role: 'admin',
    effect: 'changes',
    body: z.strictObject({
      email: z
        .string()
        .max(320)
        .regex(/^\s*[^\s@]+@[^\s@]+\s*$/u, 'is no e-mail address'),
      dryRun: z.boolean().default(false).describe('Say what would be removed, remove nothing'),
    }),
    answer: json(
      z.object({
        schema: z.literal('tierline.data.forget/1'),
        effect: z
          .enum(FORGETTING_EFFECTS)
          .describe('after_run: a run is at work, and forgets the person as the last thing it does'),
        found: z.boolean(),
        removed: z.record(z.enum(FORGOTTEN_KINDS), z.int()).describe('Rows by kind'),
        stillIn: z
          .array(z.object({ connection: z.string(), object: z.enum(['contact', 'lead']), id: z.string() }))
          .describe(
            'Records that the CRMs held at the last sync: they come back when read again, unless deleted there',
          ),
        sources: z.array(z.string()).describe('Sources whose files hold the address'),
      }),
    ),
    async handle({ body: { email, dryRun }, parts, author }) {
      const { stillIn, sources, ...outcome } = await forgetPerson(parts.session, email, { dryRun, author });
      return {
        schema: 'tierline.data.forget/1' as const,
        ...outcome,
        stillIn: [...stillIn],
        sources: [...sources],
      };
    },
  }),
];
