// Accounts with their tiers, page by page, and everything behind one of them.
import { z } from 'zod';
import { TIERS } from '#domain/tier/tier.ts';
import { findAccountKey } from '#pipeline/find-account-keys.ts';
import { explainMovesUp } from '#pipeline/what-if/explain-moves-up.ts';
import type { ListedAccount } from '#ports/account-list.ts';
import { pageCursor, toPageCursor } from '../answer/page-cursor.ts';
import { refuse } from '../answer/refusal.ts';
import { defineRoute, json, type Route } from '../route.ts';

const score = z.number().nullable();
const position = z.object({ rank: z.number(), priority: z.number(), companyKey: z.string() });

const accountSchema = z.object({
  companyKey: z.string(),
  name: z.string().nullable(),
  tier: z.enum(TIERS),
  reason: z.string().nullable(),
  nextStep: z.string().nullable(),
  since: z.string().nullable(),
  reviewDate: z.string().nullable(),
  fit: score,
  intent: score,
  engagement: score,
  priority: z.number(),
  run: z.string().describe('The run that computed it'),
  records: z
    .array(z.object({ connection: z.string(), id: z.string(), name: z.string().nullable() }))
    .describe('The accounts of this company in the CRMs'),
});

export const accountRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/accounts',
    summary: 'Companies with their tiers: the best tier first, in it the most urgent.',
    role: 'viewer',
    effect: 'reads',
    query: z.strictObject({
      tier: z.enum(TIERS).optional(),
      q: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .optional()
        .describe('Part of the name, or a domain, CRM id or company key'),
      cursor: pageCursor(position).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: json(z.object({ accounts: z.array(accountSchema), next: z.string().nullable() })),
    async handle({ query, parts }) {
      const { tier, q, cursor, limit } = query;
      const page = await parts.session.store.accounts.page({
        tier: tier ?? null,
        search: q ?? null,
        after: cursor ?? null,
        limit: limit + 1,
      });
      const shown = page.slice(0, limit);
      const last = page.length > limit ? shown.at(-1) : undefined;
      return {
        accounts: shown.map(toAccount),
        next: last === undefined ? null : toPageCursor(positionOf(last)),
      };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/tiers',
    summary: 'How many companies have each tier.',
    role: 'viewer',
    effect: 'reads',
    answer: json(z.object({ tiers: z.record(z.enum(TIERS), z.int()) })),
    async handle({ parts }) {
      const counted = await parts.session.store.accounts.tiers();
      const tiers = Object.fromEntries(TIERS.map((tier) => [tier, counted[tier] ?? 0]));
      return { tiers: tiers as Record<(typeof TIERS)[number], number> };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/accounts/:account',
    summary: "Every input behind an account's tier, the rule, and what would move it up (`explain`).",
    role: 'viewer',
    effect: 'reads',
    params: z.object({ account: z.string().describe('CRM id, company key, domain or exact name') }),
    answer: json(
      z.looseObject({ schema: z.literal('tierline.explain/1'), run: z.string(), tier: z.enum(TIERS) }),
    ),
    async handle({ params, parts }) {
      const { store } = parts.session;
      const key = await findAccountKey(store, params.account);
      const found = await store.plans.evaluation(key);
      if (found === null) return refuse('not-found', 'This account has not been tiered yet.');
      const evaluation = found.evaluation as { readonly tier: (typeof TIERS)[number] };
      const wouldMoveUp = await explainMovesUp(parts.session, key, found.evaluation);
      const { configuration = {} } = (await store.runs.find(found.run)) ?? {};
      return {
        schema: 'tierline.explain/1' as const,
        run: found.run,
        configuration,
        ...evaluation,
        wouldMoveUp,
      };
    },
  }),
];

function positionOf({ rank, priority, companyKey }: ListedAccount): z.input<typeof position> {
  return { rank, priority, companyKey };
}

function toAccount({ rank: _order, records, ...shown }: ListedAccount): z.input<typeof accountSchema> {
  return { ...shown, records: [...records] };
}
