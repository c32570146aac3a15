// The audit log, for admins.
import { z } from 'zod';
import { defineRoute, json, type Route } from '../route.ts';

const entrySchema = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  author: z.object({
    kind: z.enum(['user', 'api-key', 'command-line', 'link', 'crm']),
    id: z.string(),
    requestId: z.string().nullable(),
  }),
  action: z.string(),
  subject: z.string(),
  before: z.json(),
  after: z.json(),
});

export const auditRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/audit',
    summary: 'Who changed what, when, from what to what; newest first.',
    role: 'admin',
    effect: 'reads',
    query: z.strictObject({
      before: z.coerce
        .number()
        .int()
        .positive()
        .optional()
        .describe('Only entries with smaller numbers: the next page'),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: json(z.object({ entries: z.array(entrySchema) })),
    async handle({ query, parts }) {
      const { audit } = parts.session.store;
      const entries = await audit.list({ before: query.before ?? null, limit: query.limit });
      return { entries: JSON.parse(JSON.stringify(entries)) as z.input<typeof entrySchema>[] };
    },
  }),
];
