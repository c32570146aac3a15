// The workspace's connections: what is missing in the CRMs, and making it.
import { z } from 'zod';
import { loadCrmMapping } from '#mapping/fields/crm-mapping.ts';
import { shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { checkWorkspace } from '#pipeline/check-workspace.ts';
import { setupConnection } from '#pipeline/setup-connection.ts';
import { refuse } from '../answer/refusal.ts';
import { defineRoute, json, type Route } from '../route.ts';

const names = z.array(z.string().min(1)).default([]);

export const workspaceRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/connections',
    summary: 'The connections of the workspace.',
    role: 'viewer',
    effect: 'reads',
    answer: json(
      z.object({
        connections: z.array(
          z.object({
            id: z.string(),
            crm: z.enum(['salesforce', 'hubspot']),
            connectsInBrowser: z.boolean(),
            organisation: z.string().nullable().describe('That was connected in the browser'),
          }),
        ),
      }),
    ),
    async handle({ parts }) {
      const { connections, authorizations, store } = parts.session;
      const listed = connections.map(async ({ id, kind }) => ({
        id,
        crm: kind,
        connectsInBrowser: authorizations.has(id),
        organisation: await store.connecting.organisation(id),
      }));
      return { connections: await Promise.all(listed) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/check',
    summary:
      'Connect, compare mappings with the live schema and grants, read the sources (`check`). Takes seconds.',
    role: 'marketer',
    effect: 'computes',
    answer: json(z.looseObject({ schema: z.literal('tierline.check/1'), ok: z.boolean() })),
    async handle({ parts }) {
      const { report, causes } = await checkWorkspace(parts.session);
      return { ...report, ok: causes.length === 0 };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/connections/:connection/setup',
    summary: 'Make our fields, grants and layout places in a CRM (`setup`).',
    role: 'admin',
    effect: 'changes',
    params: z.object({ connection: z.string() }),
    body: z.strictObject({
      users: names.describe('Salesforce user names that get Tierline_User'),
      profile: z.string().nullable().default(null),
      layouts: z.union([z.literal('all'), names]).default([]),
      dryRun: z.boolean().default(false),
    }),
    answer: json(
      z.object({
        schema: z.literal('tierline.setup/1'),
        connection: z.string(),
        steps: z.array(z.looseObject({ what: z.string(), name: z.string(), result: z.string() })),
        byHand: z.array(z.string()),
      }),
    ),
    async handle({ params, body, parts, record }) {
      const connected = parts.session.connections.find(({ id }) => id === params.connection);
      if (connected === undefined) return refuse('not-found', 'There is no connection with this id.');
      const shipped = loadCrmMapping(connected.kind, shippedMappingFiles);
      const report = await setupConnection(parts.session, connected, shipped, body);
      const made = report.steps.filter(({ result }) => result === 'created' || result === 'changed');
      await record({
        action: 'connection.setup',
        subject: `connection:${connected.id}`,
        before: null,
        after: { dryRun: body.dryRun, made: made.map(({ what, name }) => `${what} ${name}`) },
      });
      return {
        schema: 'tierline.setup/1' as const,
        connection: connected.id,
        steps: report.steps.map((step) => ({ ...step })),
        byHand: [...report.byHand],
      };
    },
  }),
];
