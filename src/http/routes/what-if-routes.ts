// What else could be: another policy, what the past says of the present one, titles that say nothing yet. Writes nothing.
import { z } from 'zod';
import { MappingError } from '#errors/errors.ts';
import { parseIcp } from '#mapping/icp/load-icp.ts';
import { hashPolicy, parsePolicy } from '#mapping/policy/load-policy.ts';
import { describeBacktest } from '#pipeline/backtest/describe-backtest.ts';
import { listUnmatchedTitles } from '#pipeline/list-unmatched-titles.ts';
import type { Rules } from '#pipeline/session.ts';
import { describeSimulation } from '#pipeline/simulate/describe-simulation.ts';
import { type Mover, simulatePolicy } from '#pipeline/simulate/simulate-policy.ts';
import { Refusal, refuse } from '../answer/refusal.ts';
import { defineRoute, json, type Route } from '../route.ts';

const moment = z.iso.datetime();

export const whatIfRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/api/tiers/simulate',
    summary: 'What another policy or profile would move, over the companies in the store (`tiers simulate`).',
    role: 'viewer',
    effect: 'computes',
    body: z.strictObject({
      policy: z
        .string()
        .min(1)
        .optional()
        .describe('Text of a policy.yaml; keys it leaves out keep their shipped value'),
      icp: z.string().min(1).optional().describe('Text of an icp.yaml'),
      limit: z.int().min(0).max(10_000).default(20).describe('How many of the accounts that move are listed'),
    }),
    answer: json(
      z.looseObject({
        schema: z.literal('tierline.tiers.simulate/1'),
        companies: z.int(),
        moved: z.int(),
        movers: z.array(z.looseObject({ companyKey: z.string(), from: z.string(), to: z.string() })),
      }),
    ),
    async handle({ body, parts, signal }) {
      const session = { ...parts.session, signal };
      if (body.policy === undefined && body.icp === undefined) {
        return refuse('bad-request', 'There is nothing to try: name a policy, a profile or both.');
      }
      const rules = rulesOf(session.rules, body);
      if (rules instanceof Refusal) return rules;
      const movers: Mover[] = [];
      const simulation = await simulatePolicy(session, rules, async (mover) => {
        if (movers.length < body.limit) movers.push(mover);
      });
      const document = describeSimulation(session, rules, simulation, movers);
      return { ...document, movers: movers.map((mover) => ({ ...mover })) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/tiers/backtest',
    summary: 'What became of the accounts of each tier and rule in a window of the past (`tiers backtest`).',
    role: 'viewer',
    effect: 'reads',
    query: z.strictObject({
      from: moment.optional().describe('Start of the window; 91 days before its end unless given'),
      to: moment.optional().describe('End of the window; the last run unless given'),
    }),
    answer: json(
      z.looseObject({ schema: z.literal('tierline.tiers.backtest/1'), from: z.string(), to: z.string() }),
    ),
    async handle({ query: { from, to }, parts, signal }) {
      const window = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      return { ...(await describeBacktest({ ...parts.session, signal }, window)) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/roles/unmatched',
    summary: 'Job titles that no word of the catalogue matched, the commonest first (`roles unmatched`).',
    role: 'viewer',
    effect: 'reads',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(1_000).default(50) }),
    answer: json(
      z.object({
        schema: z.literal('tierline.roles.unmatched/1'),
        contacts: z.int(),
        matched: z.int(),
        unmatched: z.int(),
        titles: z.array(z.object({ title: z.string(), contacts: z.int() })),
      }),
    ),
    async handle({ query, parts: { session } }) {
      const { contacts, matched, titles } = await listUnmatchedTitles(
        session.store.records,
        session.rules.roles.suggest,
      );
      return {
        schema: 'tierline.roles.unmatched/1' as const,
        contacts,
        matched,
        unmatched: titles.length,
        titles: titles.slice(0, query.limit).map((title) => ({ ...title })),
      };
    },
  }),
];

/** A file that came with the request is the request's fault. */
function rulesOf(
  rules: Rules,
  given: { readonly policy?: string | undefined; readonly icp?: string | undefined },
): Rules | Refusal {
  try {
    const policy = given.policy === undefined ? rules.policy : parsePolicy(given.policy, 'body.policy');
    const icp = given.icp === undefined ? rules.icp : parseIcp(given.icp, 'body.icp');
    return { ...rules, policy, policyHash: hashPolicy(policy), icp };
  } catch (error) {
    if (error instanceof MappingError) return refuse('bad-request', error.message, { next: error.next });
    throw error;
  }
}
