// API keys, for admins: how programs get in.
import { z } from 'zod';
import { ACCESS_ROLES } from '#domain/access/access-role.ts';
import { makeApiKey, revokeApiKey } from '#people/api-keys.ts';
import { refuse } from '../answer/refusal.ts';
import { defineRoute, json, type Route } from '../route.ts';

const role = z.enum(ACCESS_ROLES);
const moment = z.iso.datetime();

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  role,
  createdAt: moment,
  createdBy: z.string().describe('Id of the user, or of the key, that made it'),
  expiresAt: moment.nullable(),
  lastUsedAt: moment.nullable().describe('To the minute'),
  revokedAt: moment.nullable(),
});

export const apiKeyRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/api-keys',
    summary: 'All API keys, newest first, revoked ones included.',
    role: 'admin',
    effect: 'reads',
    answer: json(z.object({ keys: z.array(keySchema) })),
    async handle({ parts }) {
      const keys = await parts.people.store.listApiKeys();
      return { keys: keys.map(({ secretHash: _kept, ...shown }) => shown) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/api-keys',
    summary: 'Make an API key; the answer is the only time it is shown.',
    role: 'admin',
    effect: 'changes',
    body: z.strictObject({
      name: z.string().trim().min(1).max(80).describe('For people: what uses it'),
      role,
      expiresAt: moment.nullable().default(null),
    }),
    answer: json(z.object({ id: z.string(), key: z.string() }), 201),
    async handle({ body, parts, author }) {
      if (body.expiresAt !== null && Date.parse(body.expiresAt) <= parts.people.clock.now().getTime()) {
        return refuse('bad-request', 'body.expiresAt lies in the past.');
      }
      const { key, text } = await makeApiKey(parts.people, body, author);
      return { id: key.id, key: text };
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/api/api-keys/:key',
    summary: 'Revoke an API key; it stops working at once and stays in the list.',
    role: 'admin',
    effect: 'changes',
    params: z.object({ key: z.string() }),
    answer: json(z.undefined(), 204),
    async handle({ params, parts, author }) {
      if (await revokeApiKey(parts.people, params.key, author)) return undefined;
      return refuse('not-found', 'There is no API key with this id that is not revoked.');
    },
  }),
];
