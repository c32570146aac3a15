// The profile and the market: what `icp show`, `icp derive` and `market size` do. A profile is put in force on the command line,
// beside its file; nothing here writes one.
import { z } from 'zod';
import { writeProposal } from '#mapping/icp/write-proposal.ts';
import { adjustLearning } from '#pipeline/icp/adjust-learning.ts';
import { deriveIcp } from '#pipeline/icp/derive-icp.ts';
import { describeDerivation } from '#pipeline/icp/describe-derivation.ts';
import { showIcp } from '#pipeline/icp/show-icp.ts';
import { sizeMarket } from '#pipeline/market/size-market.ts';
import { defineRoute, json, type Route } from '../route.ts';

const atLeastOne = z.int().min(1);
const fields = z.array(z.string().min(1)).max(100);
const amount = z.number().nonnegative();
const share = z.number().gt(0).max(1);
const asOf = z.iso.datetime().optional().describe('As if it were this moment');

export const icpRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/icp',
    summary: 'The profile in force, and how many companies match each criterion (`icp show`). Takes seconds.',
    role: 'viewer',
    effect: 'reads',
    query: z.strictObject({ asOf }),
    answer: json(
      z.looseObject({ schema: z.literal('tierline.icp.show/1'), assumed: z.boolean(), companies: z.int() }),
    ),
    async handle({ query, parts, signal }) {
      const session = { ...parts.session, signal };
      const shown = await showIcp(session, query.asOf ?? session.clock.now().toISOString());
      return { schema: 'tierline.icp.show/1' as const, ...shown };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/icp/derive',
    summary:
      'Learn a profile from the customers in the store, as a proposal (`icp derive`). Takes seconds to minutes.',
    role: 'marketer',
    effect: 'computes',
    body: z.strictObject({
      confirm: fields.optional().describe('Fields that are not filled only after somebody buys'),
      ignore: fields.optional(),
      minLearn: atLeastOne.optional(),
      minSuggest: atLeastOne.optional(),
      minCompanies: atLeastOne.optional(),
      asOf,
    }),
    answer: json(
      z.looseObject({
        schema: z.literal('tierline.icp.derive/1'),
        stage: z.enum(['learn', 'suggest', 'template']),
        proposal: z.string().nullable().describe('A file in the format of mappings/icp.yaml'),
      }),
    ),
    async handle({ parts, body, signal }) {
      const session = { ...parts.session, signal };
      const derived = await deriveIcp(session, {
        asOf: body.asOf ?? session.clock.now().toISOString(),
        learning: adjustLearning(session.rules.policy.learning, body),
      });
      const { proposal } = derived;
      const text = proposal === null ? null : writeProposal({ ...derived, proposal });
      return describeDerivation(derived, text);
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/market/size',
    summary:
      'Companies one could sell to, and the fewest accounts that reach a goal (`market size`). Takes seconds.',
    role: 'viewer',
    effect: 'computes',
    body: z.strictObject({
      target: amount.nullable().default(null).describe('Revenue to win in a year'),
      acv: amount.nullable().default(null).describe('Null: own history, as for the two below'),
      opportunity: share.nullable().default(null).describe('Accounts that become an opportunity in a year'),
      win: share.nullable().default(null).describe('First opportunities that are won'),
      costs: z
        .strictObject({ fixed: amount, perAccount: amount, goal: amount, margin: share })
        .nullable()
        .default(null)
        .describe('For the fewest accounts by return'),
      asOf,
    }),
    answer: json(z.looseObject({ schema: z.literal('tierline.market.size/1'), companies: z.int() })),
    async handle({ parts, body, signal }) {
      const session = { ...parts.session, signal };
      const sized = await sizeMarket(session, {
        asOf: body.asOf ?? session.clock.now().toISOString(),
        target: body.target,
        costs: body.costs,
        given: { acv: body.acv, opportunity: body.opportunity, win: body.win },
      });
      return { schema: 'tierline.market.size/1' as const, ...sized };
    },
  }),
];
