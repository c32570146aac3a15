// The shape of tierline.yaml (contract, section 2). Strict: an unknown key is an error.
import { z } from 'zod';
import { findAddressProblem } from '#domain/address/find-address-problem.ts';
import { SOURCE_KINDS } from '#ports/store.ts';
import { cronProblem, isTimezone } from './cron-expression.ts';
import { serviceSchema } from './service-schema.ts';

/** Dated paths of HubSpot that this version was written against; the newest is opt-in. */
const HUBSPOT_VERSION = '2026-03';
const SALESFORCE_VERSION = '62.0';

const identifier = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,39}$/u,
    'an id is up to 40 lower-case letters, digits, - and _, starting with a letter',
  );
const webAddress = z
  .url({ protocol: /^https?$/u, error: 'a web address (https://…) is wanted' })
  .superRefine((address, context) => {
    const problem = findAddressProblem(address);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem, input: address });
  });
const secret = z.string().min(1, 'it must not be empty');

const refreshToken = secret
  .exactOptional()
  .describe('Left out: connect in the browser with `tierline serve`, which stores one.');

const salesforceAuth = z.discriminatedUnion('flow', [
  z.strictObject({
    flow: z.literal('client-credentials'),
    loginUrl: webAddress,
    clientId: secret,
    clientSecret: secret,
  }),
  z.strictObject({
    flow: z.literal('jwt-bearer'),
    loginUrl: webAddress,
    username: secret,
    clientId: secret,
    privateKey: secret,
    audience: webAddress.exactOptional(),
  }),
  z.strictObject({
    flow: z.literal('refresh-token'),
    loginUrl: webAddress,
    clientId: secret,
    clientSecret: secret.exactOptional(),
    refreshToken,
  }),
]);

const hubspotAuth = z.discriminatedUnion('flow', [
  z.strictObject({ flow: z.literal('access-token'), token: secret }),
  z.strictObject({
    flow: z.literal('refresh-token'),
    clientId: secret,
    clientSecret: secret,
    refreshToken,
    consentPage: webAddress
      .exactOptional()
      .describe("Where people consent in the browser, when it is not HubSpot's own page (a local portal)."),
  }),
]);

const apiBudget = z
  .strictObject({
    dailyShare: z
      .number()
      .gt(0)
      .max(1)
      .describe("Share of the organisation's daily calls that we may use up to."),
  })
  .prefault({ dailyShare: 0.5 });

const hubspotWebhook = z
  .strictObject({
    clientSecret: secret.describe(
      'Client secret of the app that the subscriptions belong to: it signs the calls.',
    ),
    portalId: z
      .string()
      .regex(/^\d+$/u, 'the number of a portal, in quotes, is wanted')
      .exactOptional()
      .describe('Needed when one app is installed in several portals.'),
  })
  .describe('Calls of HubSpot to /webhooks/hubspot, answered by `tierline serve`.');

const cron = z.string().superRefine((text, context) => {
  const problem = cronProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem, input: text });
});

const connectionSchedule = z
  .strictObject({ sync: cron.exactOptional(), full: cron.exactOptional() })
  .describe("Moments of this connection alone, instead of the workspace's; same time zone.");

const connection = z.discriminatedUnion('crm', [
  z.strictObject({
    id: identifier,
    crm: z.literal('salesforce'),
    auth: salesforceAuth,
    apiVersion: z
      .string()
      .regex(/^\d{2,3}\.0$/u, 'a version such as "62.0" is wanted')
      .default(SALESFORCE_VERSION),
    apiBudget,
    schedule: connectionSchedule.exactOptional(),
  }),
  z.strictObject({
    id: identifier,
    crm: z.literal('hubspot'),
    auth: hubspotAuth,
    baseUrl: webAddress.default('https://api.hubapi.com'),
    apiVersion: z
      .string()
      .regex(/^\d{4}-\d{2}$/u, 'a dated version such as "2026-03" is wanted')
      .default(HUBSPOT_VERSION),
    apiBudget,
    webhook: hubspotWebhook.exactOptional(),
    schedule: connectionSchedule.exactOptional(),
  }),
]);

export const INTENT_METHODS = [
  'coop_consented',
  'review_site',
  'publisher',
  'first_party',
  'bidstream',
  'unknown',
] as const;

const source = z.strictObject({
  id: identifier,
  kind: z.enum(SOURCE_KINDS),
  file: z.string().min(1).describe('CSV or JSON Lines, `.gz` allowed; relative to the workspace.'),
  method: z
    .enum(INTENT_METHODS)
    .optional()
    .describe('How the data was gathered; intent without one is `unknown`.'),
  regions: z.array(z.string().min(2)).optional().describe('ISO country codes, or EU; left out: everywhere.'),
  fresh: z
    .string()
    .regex(/^\d+d$/u, 'days such as "180d" are wanted')
    .optional()
    .describe('After how many days a value counts as unknown.'),
  columns: z.record(z.string(), z.string()).optional().describe('Our column name → the name in the file.'),
  ignore: z
    .array(z.string())
    .optional()
    .describe('Columns of the file that nobody wants; "*" for all unknown ones.'),
  connection: identifier.optional().describe('The connection whose ids the column crm_id holds.'),
  encoding: z
    .enum(['utf-8', 'utf-16le', 'windows-1252', 'shift_jis', 'euc-kr', 'gb18030', 'big5'])
    .optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/u)
    .optional(),
});

const attestation = z.strictObject({
  method: z.enum(INTENT_METHODS),
  regions: z.array(z.string().min(2)),
  basis: z.string().min(1),
  by: z.string().min(1),
  on: z.iso.date(),
});

export const LOCALES = ['en', 'ja', 'ko', 'zh-CN', 'zh-TW'] as const;

export const workspaceSchema = z
  .strictObject({
    name: z.string().min(1),
    database: z.string().default('').describe('Empty: an embedded PostgreSQL under .tierline/'),
    redis: z.string().default('').describe('Empty: the queue runs on PostgreSQL.'),
    connections: z.array(connection).default([]),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/u, 'an ISO 4217 code such as USD is wanted')
      .default('USD'),
    rates: z
      .record(
        z.string().regex(/^[A-Z]{3}$/u, 'an ISO 4217 code such as EUR is wanted'),
        z.number().positive(),
      )
      .default({}),
    schedule: z
      .strictObject({
        sync: cron.optional().describe('Reads what changed, scores and writes back.'),
        full: cron.optional().describe('The same, reading everything anew.'),
        changes: z
          .union([z.literal('off'), cron])
          .default('* * * * *')
          .describe('How often to look what changed where no webhook tells, and into event sources.'),
        timezone: z
          .string()
          .refine(isTimezone, 'an IANA time zone such as Europe/Berlin is wanted')
          .default('UTC'),
      })
      .optional(),
    service: serviceSchema.describe('How `tierline serve` is reached, and who may sign in.'),
    attest: z.array(attestation).default([]),
    sources: z.array(source).default([]),
    mappings: z.string().optional().describe('Folder that overrides the shipped mappings file by file.'),
    locale: z.enum(LOCALES).default('en'),
  })
  .superRefine((workspace, context) => {
    for (const list of ['connections', 'sources'] as const) {
      const seen = new Set<string>();
      for (const [index, item] of workspace[list].entries()) {
        if (seen.has(item.id)) {
          context.addIssue({
            code: 'custom',
            path: [list, index, 'id'],
            message: 'this id is used twice',
            input: item.id,
          });
        }
        seen.add(item.id);
      }
    }
    const known = new Set(workspace.connections.map((item) => item.id));
    for (const [index, item] of workspace.sources.entries()) {
      if (item.connection !== undefined && !known.has(item.connection)) {
        context.addIssue({
          code: 'custom',
          path: ['sources', index, 'connection'],
          message: `no connection has this id (there are: ${[...known].join(', ') || 'none'})`,
          input: item.connection,
        });
      }
    }
  });

export type WorkspaceDocument = z.output<typeof workspaceSchema>;
export type ConnectionSettings = WorkspaceDocument['connections'][number];
export type SourceSettings = WorkspaceDocument['sources'][number];
