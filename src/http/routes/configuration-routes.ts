// Versions of mappings, policy, profile, programs, roles and key lists: what `config …` does.
import { z } from 'zod';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { approveVersion, dismissVersion, findVersion } from '#pipeline/configuration/decide-version.ts';
import { describeInForce, FILE_ORIGINS } from '#pipeline/configuration/describe-in-force.ts';
import { type Proposed, proposeVersion } from '#pipeline/configuration/propose-version.ts';
import { requireApproved, requireDismissed, requireMade } from '#pipeline/configuration/require-done.ts';
import { rollBack } from '#pipeline/configuration/roll-back.ts';
import { type Refusal, refuse } from '../answer/refusal.ts';
import { defineRoute, json, type Route } from '../route.ts';
import {
  changeSchema,
  checkedSchema,
  decidedSchema,
  madeSchema,
  toVersionDocument,
  toVersionSummary,
  versionSchema,
  versionSummarySchema,
} from './configuration-documents.ts';

const fileName = z.enum(MAPPING_FILE_NAMES);
const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const versionParams = z.object({ version: number });
const text = z
  .string()
  .trim()
  .max(2_000)
  .refine((given) => !given.includes('\u0000'), 'a NUL character cannot be kept');
const reason = text.min(1).describe('Why, for whoever looks at it later');
const proposedFiles = z
  .array(
    z.strictObject({
      path: fileName,
      content: z.string().nullable().describe('Null: take the file out of the service'),
      base: z.int().min(1).nullable().describe('The version you started from; null: there was none'),
    }),
  )
  .min(1)
  .refine(
    (files) => new Set(files.map(({ path }) => path)).size === files.length,
    'a file stands here twice',
  );

export const configurationRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/config',
    summary: 'Every file as a run would read it now, and where it comes from.',
    role: 'viewer',
    effect: 'reads',
    answer: json(
      z.object({
        revision: z.int().describe('Grows whenever a version comes into force'),
        files: z.array(
          z.object({
            path: z.string(),
            origin: z.enum(FILE_ORIGINS),
            version: z
              .int()
              .nullable()
              .describe('The last version that had to do with it: the `base` of a new one'),
            sha256: z.string(),
            text: z.string(),
            differsInFolder: z.boolean(),
          }),
        ),
      }),
    ),
    async handle({ parts }) {
      const { configuration } = parts.session;
      const inForce = await configuration.store.inForce();
      return { revision: inForce.revision, files: [...describeInForce(configuration, inForce)] };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/config/versions',
    summary: 'Versions of the configuration, newest first (`config list`).',
    role: 'viewer',
    effect: 'reads',
    query: z.strictObject({
      file: fileName.optional().describe('Only versions with this file'),
      before: number.optional().describe('Only smaller numbers: the next page'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: json(z.object({ versions: z.array(versionSummarySchema) })),
    async handle({ query: { file, before, limit }, parts }) {
      const versions = await parts.session.configuration.store.list({
        limit,
        ...(file === undefined ? {} : { path: file }),
        ...(before === undefined ? {} : { before }),
      });
      return { versions: versions.map(toVersionSummary) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/config/versions/:version',
    summary: 'One version with its texts, and what it changes as a unified diff (`config show`).',
    role: 'viewer',
    effect: 'reads',
    params: versionParams,
    answer: json(versionSchema),
    async handle({ params, parts }) {
      return toVersionDocument(await findVersion(parts.session.configuration, params.version));
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/config/check',
    summary: 'What a version of these files would change, or what is wrong with it; stores nothing.',
    role: 'marketer',
    effect: 'computes',
    bulk: true,
    body: z.strictObject({ files: proposedFiles }),
    answer: json(checkedSchema),
    async handle({ body, parts, author }) {
      const made = requireMade(
        await proposeVersion(parts.session.configuration, {
          ...body,
          author,
          reason: '',
          dryRun: true,
          rollsBackTo: null,
        }),
      );
      return { status: made?.status ?? null, files: [...(made?.changes ?? [])] };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/config/versions',
    summary: 'Make a version of one or more files; it is checked as a whole first (`config push`).',
    role: 'admin',
    effect: 'changes',
    bulk: true,
    body: z.strictObject({ files: proposedFiles, reason }),
    answer: json(madeSchema),
    async handle({ body, parts, author }) {
      const proposed = await proposeVersion(parts.session.configuration, {
        ...body,
        author,
        dryRun: false,
        rollsBackTo: null,
      });
      return toMade(proposed);
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/config/versions/:version/approve',
    summary:
      'Put a waiting version in force; not for its own author, and not for API keys (`config approve`).',
    role: 'admin',
    effect: 'changes',
    params: versionParams,
    body: z.strictObject({ reason: text.default('') }).prefault({}),
    answer: json(decidedSchema.extend({ superseded: z.array(z.int()), files: z.array(changeSchema) })),
    async handle({ params: { version }, body, parts, author }) {
      const verdict = { number: version, author, dryRun: false, ...body };
      const approved = await approveVersion(parts.session.configuration, verdict);
      const { superseded, changes } = requireApproved(approved, version);
      return { version, status: 'in-force' as const, superseded: [...superseded], files: [...changes] };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/config/versions/:version/reject',
    summary: 'End a waiting version; its author takes it back with it (`config reject`).',
    role: 'admin',
    effect: 'changes',
    params: versionParams,
    body: z.strictObject({ reason }),
    answer: json(decidedSchema),
    async handle({ params: { version }, body, parts, author }) {
      const verdict = { number: version, author, dryRun: false, ...body };
      const dismissed = await dismissVersion(parts.session.configuration, verdict);
      return { version, status: requireDismissed(dismissed, version) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/config/versions/:version/rollback',
    summary:
      'Go back to what was in force after this version, by a new one; 0: before the first (`config rollback`).',
    role: 'admin',
    effect: 'changes',
    params: z.object({ version: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }),
    body: z.strictObject({ reason }),
    answer: json(madeSchema),
    async handle({ params, body, parts, author }) {
      const verdict = { number: params.version, author, dryRun: false, ...body };
      return toMade(await rollBack(parts.session.configuration, verdict));
    },
  }),
];

function toMade(proposed: Proposed): Refusal | z.input<typeof madeSchema> {
  const made = requireMade(proposed);
  if (made === null || made.number === null)
    return refuse('conflict', 'Nothing differs from what is in force.');
  const { number: version, status, superseded, changes } = made;
  return { version, status, superseded: [...superseded], files: [...changes] };
}
