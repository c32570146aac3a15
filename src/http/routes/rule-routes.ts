// The rules on given inputs, without a CRM: what `tiers evaluate`, `tiers replay`, `roles suggest` and `keys match` do.
import { z } from 'zod';
import { evaluateAll } from '#mapping/evaluation/evaluate-all.ts';
import { replayAll } from '#mapping/evaluation/replay-all.ts';
import { matchKeyLines } from '#pipeline/match-key-file.ts';
import { defineRoute, json, type Route } from '../route.ts';

/** What one process can work out without keeping others waiting for seconds; files of any size go through the command line. */
const MOST_ITEMS = 20_000;
const items = z.array(z.unknown()).min(1).max(MOST_ITEMS);
const results = z.array(z.looseObject({}));

export const ruleRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/api/tiers/evaluate',
    summary: 'Run the policy on given accounts; an item that makes no sense is answered in its place.',
    role: 'viewer',
    effect: 'computes',
    bulk: true,
    body: items.describe('The input of `tiers evaluate`'),
    answer: json(z.object({ schema: z.literal('tierline.tiers.evaluate/1'), policy: z.string(), results })),
    async handle({ body, parts }) {
      const { policy } = parts.session.rules;
      const schema = 'tierline.tiers.evaluate/1' as const;
      return {
        schema,
        policy: policy.version,
        results: evaluateAll(body, policy).map((result) => ({ ...result })),
      };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/tiers/replay',
    summary: 'Run the policy day by day on given accounts.',
    role: 'viewer',
    effect: 'computes',
    bulk: true,
    body: items.describe('The input of `tiers replay`'),
    answer: json(z.object({ schema: z.literal('tierline.tiers.replay/1'), policy: z.string(), results })),
    async handle({ body, parts }) {
      const { policy } = parts.session.rules;
      const schema = 'tierline.tiers.replay/1' as const;
      return {
        schema,
        policy: policy.version,
        results: replayAll(body, policy).map((result) => ({ ...result })),
      };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/roles/suggest',
    summary: 'Suggest buying roles for job titles.',
    role: 'viewer',
    effect: 'computes',
    bulk: true,
    body: z
      .array(z.object({ id: z.string(), title: z.string().nullish() }))
      .min(1)
      .max(MOST_ITEMS),
    answer: json(
      z.object({
        schema: z.literal('tierline.roles.suggest/1'),
        results: z.array(z.object({ id: z.string(), role: z.string().nullable(), confidence: z.number() })),
      }),
    ),
    async handle({ body, parts }) {
      const { roles } = parts.session.rules;
      const suggested = body.map(({ id, title }) => ({ id, ...roles.suggest(title ?? null) }));
      return { schema: 'tierline.roles.suggest/1' as const, results: suggested };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/keys/match',
    summary: 'Group given records into companies; a record that makes no sense is answered in its place.',
    role: 'viewer',
    effect: 'computes',
    bulk: true,
    body: items.describe('The lines of the input of `keys match`, as an array'),
    answer: json(z.object({ schema: z.literal('tierline.keys.match/1'), results })),
    async handle({ body, parts }) {
      const lines = body.map((record) => JSON.stringify(record));
      const matched = await Array.fromAsync(matchKeyLines(lines, parts.session.rules.keys));
      const parsed = matched.map((line) => JSON.parse(line) as z.input<typeof results>[number]);
      return { schema: 'tierline.keys.match/1' as const, results: parsed };
    },
  }),
];
