// Company keys: what the matcher could not decide, what people say of it, and what became of keys.
import { z } from 'zod';
import { findAccountKey } from '#pipeline/find-account-keys.ts';
import { describeReview } from '#pipeline/keys/describe-review.ts';
import { JUDGEMENT_EFFECTS, judgeRecords } from '#pipeline/keys/judge-records.ts';
import { judgeMerge, type Spoken } from '#pipeline/keys/merge-companies.ts';
import { ANSWERS, judgeAnswer, reviewQuestions } from '#pipeline/keys/review-questions.ts';
import { showCompany } from '#pipeline/keys/show-company.ts';
import { judgeSplit } from '#pipeline/keys/split-company.ts';
import { KEY_CHANGE_KINDS, type NewJudgement } from '#ports/judgements.ts';
import { refuse } from '../answer/refusal.ts';
import { type Call, defineRoute, json, type Route } from '../route.ts';

const named = z.string().min(1).max(300).describe('CRM id, company key, domain or exact name');
const spoken = {
  reason: z
    .string()
    .trim()
    .min(1)
    .max(1_000)
    .nullable()
    .default(null)
    .describe('Why, for whoever looks at it later'),
  dryRun: z.boolean().default(false).describe('Say what would become of the keys, change nothing'),
};
const limit = z.coerce.number().int().min(1).max(1_000);
const documents = z.array(z.looseObject({}));

const outcomeSchema = z.object({
  effect: z
    .enum(JUDGEMENT_EFFECTS)
    .describe('next_sync: other changes wait to be keyed too, and take it in with them'),
  judgements: documents,
  changes: documents,
  movedAccounts: z.int(),
});

export const keyRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/keys/review',
    summary: 'Pairs that the matcher could not decide, the most worth a look first (`keys review`).',
    role: 'viewer',
    effect: 'reads',
    query: z.strictObject({ limit: limit.default(20) }),
    answer: json(
      z.object({
        schema: z.literal('tierline.keys.review/1'),
        open: z.int(),
        questions: z.array(z.looseObject({ pair: z.string(), reason: z.string() })),
        answers: documents,
      }),
    ),
    async handle({ query, parts }) {
      const { questions, answers, ...rest } = describeReview(
        await reviewQuestions(parts.session, query.limit),
      );
      return {
        ...rest,
        questions: questions.map((question) => ({ ...question })),
        answers: answers.map(loose),
      };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/keys/answers',
    summary: 'Answer a question of the review (`keys answer`).',
    role: 'admin',
    effect: 'changes',
    body: z.strictObject({
      pair: z.string().describe('As the review names it'),
      answer: z.enum(ANSWERS).describe('What the first record is to the second'),
      ...spoken,
    }),
    answer: json(outcomeSchema),
    handle: (call) =>
      judge(call, 'key.answer', async (by) => [
        await judgeAnswer(call.parts.session, call.body.pair, call.body.answer, by),
      ]),
  }),
  defineRoute({
    method: 'post',
    path: '/api/keys/merge',
    summary: 'Say that two companies are one (`keys merge`).',
    role: 'admin',
    effect: 'changes',
    body: z.strictObject({ a: named, b: named, ...spoken }),
    answer: json(outcomeSchema),
    handle: (call) =>
      judge(call, 'key.merge', (by) => judgeMerge(call.parts.session.store, call.body.a, call.body.b, by)),
  }),
  defineRoute({
    method: 'post',
    path: '/api/keys/split',
    summary: 'Say that some records are another company than the rest (`keys split`).',
    role: 'admin',
    effect: 'changes',
    body: z.strictObject({
      company: named,
      ids: z.array(z.string().min(1)).min(1).max(1_000).describe('CRM ids of the accounts or contacts'),
      ...spoken,
    }),
    answer: json(outcomeSchema),
    handle: (call) =>
      judge(call, 'key.split', (by) =>
        judgeSplit(call.parts.session.store, call.body.company, call.body.ids, by),
      ),
  }),
  defineRoute({
    method: 'get',
    path: '/api/keys/changes',
    summary: 'What became of company keys, oldest first, with the run and the reason (`keys changes`).',
    role: 'viewer',
    effect: 'reads',
    query: z.strictObject({
      since: z.iso.datetime().optional(),
      kind: z.enum(KEY_CHANGE_KINDS).optional(),
      limit: limit.default(100).describe('The newest so many'),
    }),
    answer: json(z.object({ schema: z.literal('tierline.keys.changes/1'), changes: documents })),
    async handle({ query, parts }) {
      const { since, kind } = query;
      const changes = await parts.session.store.keyHistory.changes({
        limit: query.limit,
        ...(since === undefined ? {} : { since }),
        ...(kind === undefined ? {} : { kinds: [kind] }),
      });
      return { schema: 'tierline.keys.changes/1' as const, changes: changes.map(loose) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/accounts/:account/key',
    summary: "A company's key: its records and the evidence for each, its family, its past (`keys show`).",
    role: 'viewer',
    effect: 'reads',
    params: z.object({ account: named }),
    answer: json(z.looseObject({ schema: z.literal('tierline.keys.show/1') })),
    async handle({ params, parts }) {
      const { store } = parts.session;
      const company = await showCompany(store, await findAccountKey(store, params.account));
      return { schema: 'tierline.keys.show/1' as const, ...company };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/runs/:run/keys',
    summary: 'What a held run would do to company keys (`keys changes --proposed`).',
    role: 'viewer',
    effect: 'reads',
    params: z.object({ run: z.string() }),
    query: z.strictObject({ limit: limit.default(100) }),
    answer: json(
      z.object({
        schema: z.literal('tierline.keys.proposed/1'),
        run: z.string(),
        moved: z.int(),
        keyed: z.int(),
        changes: documents,
        records: documents,
      }),
    ),
    async handle({ params: { run }, query, parts }) {
      const proposal = await parts.session.store.keys.readProposal(run, query.limit);
      if (proposal === null) return refuse('not-found', 'This run proposes no company keys that wait.');
      const { moved, keyed, events, records } = proposal;
      const changes = events.filter(({ kind }) => kind !== 'mint').slice(0, query.limit);
      return {
        schema: 'tierline.keys.proposed/1' as const,
        run,
        moved,
        keyed,
        changes: changes.map(loose),
        records: records.map(loose),
      };
    },
  }),
];

async function judge(
  {
    parts,
    caller,
    body,
    record,
  }: Call<unknown, unknown, { readonly reason: string | null; readonly dryRun: boolean }>,
  action: string,
  make: (spoken: Spoken) => Promise<readonly NewJudgement[]>,
): Promise<z.input<typeof outcomeSchema>> {
  const by = caller?.email ?? `${caller?.kind} ${caller?.id}`;
  const judgements = await make({ by, reason: body.reason });
  const { effect, changes, movedAccounts } = await judgeRecords(parts.session, judgements, {
    dryRun: body.dryRun,
  });
  const pairs = judgements.map(
    ({ a, b, verdict }) => `${a.connection} ${a.id} ${verdict} ${b.connection} ${b.id}`,
  );
  await record({ action, subject: 'company-keys', before: null, after: { effect, pairs, movedAccounts } });
  return { effect, judgements: judgements.map(loose), changes: changes.map(loose), movedAccounts };
}

function loose(item: object): Record<string, unknown> {
  return { ...item };
}
