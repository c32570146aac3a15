// Versions of the configuration as the API shows them.
import { z } from 'zod';
import { withDiffs } from '#pipeline/configuration/describe-version.ts';
import { type StoredVersion, VERSION_STATUSES, type VersionSummary } from '#ports/configuration.ts';

const moment = z.iso.datetime();
const authorSchema = z.object({
  kind: z.enum(['user', 'api-key', 'command-line', 'link', 'crm']),
  id: z.string(),
  requestId: z.string().nullable(),
});

export const versionSummarySchema = z.object({
  version: z.int(),
  status: z.enum(VERSION_STATUSES),
  paths: z.array(z.string()),
  author: authorSchema,
  person: z.string().describe('Who is answerable: of an API key, whoever made it'),
  reason: z.string(),
  createdAt: moment,
  rollsBackTo: z.int().nullable().describe('0: the time before the first version'),
  decision: z.object({ by: authorSchema, at: moment, reason: z.string() }).nullable(),
  inForceAt: moment.nullable().describe('When it came into force, also when another has since'),
});

export const changeSchema = z.object({
  path: z.string(),
  base: z.int().nullable(),
  baseSha256: z.string().nullable(),
  sha256: z.string().nullable().describe('Null: the file is taken out'),
  diff: z.string().describe('Unified'),
});

export const versionSchema = versionSummarySchema.extend({
  files: z.array(changeSchema.extend({ content: z.string().nullable() })),
});

export const decidedSchema = z.object({
  version: z.int(),
  status: z.enum(VERSION_STATUSES),
});

const madeStatus = z.enum(['in-force', 'proposed']).describe('proposed: it waits for a second person');

export const checkedSchema = z.object({
  status: madeStatus.nullable().describe('Null: nothing differs from what is in force'),
  files: z.array(changeSchema),
});

export const madeSchema = z.object({
  version: z.int(),
  status: madeStatus,
  superseded: z.array(z.int()).describe('Versions that waited and rest on an outdated base now'),
  files: z.array(changeSchema),
});

export function toVersionSummary(version: VersionSummary): z.input<typeof versionSummarySchema> {
  const { number, status, paths, author, person, reason, createdAt, rollsBackTo, decision, inForceAt } =
    version;
  return {
    version: number,
    status,
    paths: [...paths],
    author,
    person,
    reason,
    createdAt,
    rollsBackTo,
    decision,
    inForceAt,
  };
}

export function toVersionDocument(version: StoredVersion): z.input<typeof versionSchema> {
  const texts = new Map(version.files.map(({ path, content }) => [path, content]));
  const files = withDiffs(version.files).map((change) => ({
    ...change,
    content: texts.get(change.path) ?? null,
  }));
  return { ...toVersionSummary(version), files };
}
