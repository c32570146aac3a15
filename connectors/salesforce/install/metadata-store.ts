// Reads and writes metadata documents of the org, ten a call, and hides the client's typings. Knows no field of ours.
import { z } from 'zod';
import { ConfigError } from '#errors/errors.ts';
import type { MetadataApi, SalesforceClient } from '../call/salesforce-client.ts';
import { RefusedCallError } from '../errors.ts';

export type MetadataType = 'CustomObject' | 'CustomField' | 'PermissionSet' | 'Layout';
/** A document as the org keeps it, parts we do not know included. */
export type MetadataDocument = Readonly<Record<string, unknown>> & { readonly fullName: string };

export interface Saved {
  readonly fullName: string;
  /** Null when it was saved. */
  readonly problem: string | null;
}

export interface MetadataStore {
  /** By full name; what does not exist is left out. */
  read(type: MetadataType, fullNames: readonly string[]): Promise<ReadonlyMap<string, MetadataDocument>>;
  /** Each document on its own: one that is refused does not stop the others. */
  upsert(type: MetadataType, documents: readonly MetadataDocument[]): Promise<readonly Saved[]>;
  listNames(type: MetadataType): Promise<readonly string[]>;
}

// Limit of readMetadata and upsertMetadata.
const COMPONENTS_A_CALL = 10;

const Document = z.looseObject({ fullName: z.string() });
const UpsertAnswer = z.array(
  z.object({
    fullName: z.string(),
    success: z.boolean(),
    errors: z
      .array(z.object({ message: z.string().default(''), statusCode: z.string().default('') }))
      .nullish()
      .transform((errors) => errors ?? []),
  }),
);
const ListAnswer = z.array(z.object({ fullName: z.string() }));

export const createMetadataStore = (client: SalesforceClient): MetadataStore => {
  const run = async (what: string, call: (api: MetadataApi) => Promise<unknown>): Promise<unknown> => {
    try {
      // Reads change nothing and an upsert says the whole document: both may be repeated.
      return await client.metadata(what, call, { repeatable: true });
    } catch (error) {
      if (error instanceof RefusedCallError && ACCESS_CODES.has(error.code))
        throw new ConfigError(`${client.connection}: the connected user may not change the org's setup`, {
          cause: error,
          next: 'Give the connected user, for the time of setup, the permissions "Modify Metadata Through Metadata API Functions", "Customize Application" and "Manage Profiles and Permission Sets" (Setup > Permission Sets > New), or let an admin run setup.',
        });
      throw error;
    }
  };

  return {
    async read(type, fullNames) {
      const found = new Map<string, MetadataDocument>();
      for (const chunk of chunksOf(fullNames)) {
        const answer = await run(`read ${type}`, (api) => api.read(type, [...chunk]));
        for (const document of Array.isArray(answer) ? answer : [answer]) {
          // What does not exist comes as an empty record.
          const parsed = Document.safeParse(stripAttributes(document));
          if (parsed.success) found.set(parsed.data.fullName, parsed.data);
        }
      }
      return found;
    },
    async upsert(type, documents) {
      const saved: Saved[] = [];
      for (const chunk of chunksOf(documents)) {
        const answer = await run(`upsert ${type}`, (api) => api.upsert(type, [...chunk]));
        for (const { fullName, success, errors } of UpsertAnswer.parse(answer)) {
          const reason = errors.map(({ message, statusCode }) => `${statusCode}: ${message}`).join('; ');
          saved.push({ fullName, problem: success ? null : reason || 'refused without a reason' });
        }
      }
      return saved;
    },
    async listNames(type) {
      const answer = await run(`list ${type}`, (api) => api.list([{ type }]));
      return ListAnswer.parse(answer ?? []).map(({ fullName }) => fullName);
    },
  };
};

const ACCESS_CODES = new Set([
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'FUNCTIONALITY_NOT_ENABLED',
]);

const chunksOf = function* <T>(items: readonly T[]): Generator<readonly T[], void> {
  for (let start = 0; start < items.length; start += COMPONENTS_A_CALL)
    yield items.slice(start, start + COMPONENTS_A_CALL);
};

/** The client keeps XML attributes under `$` and would write them back as elements. */
const stripAttributes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(stripAttributes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '$')
      .map(([name, part]) => [name, stripAttributes(part)]),
  );
};
