// Users, for admins: who may sign in, with which role.
import { z } from 'zod';
import { ACCESS_ROLES } from '#domain/access/access-role.ts';
import { changeRole, removeUser } from '#people/change-user.ts';
import { inviteUser, linkFor } from '#people/invite.ts';
import { signInLink } from '#people/sign-in-link.ts';
import { type Refusal, refuse } from '../answer/refusal.ts';
import { defineRoute, json, type Route } from '../route.ts';

const role = z.enum(ACCESS_ROLES);
const moment = z.iso.datetime();
const userParams = z.object({ user: z.string() });

const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  role,
  createdAt: moment,
  signedInAt: moment.nullable(),
  hasPassword: z.boolean(),
  hasProvider: z.boolean().describe('Signed in with the identity provider before'),
});

const linkSchema = z.object({
  link: z.string().describe('Opens once, within 48 hours; send it to that person only'),
});

export const userRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/users',
    summary: 'All users.',
    role: 'admin',
    effect: 'reads',
    answer: json(z.object({ users: z.array(userSchema) })),
    handle: async ({ parts }) => ({ users: [...(await parts.people.store.listUsers())] }),
  }),
  defineRoute({
    method: 'post',
    path: '/api/users',
    summary: 'Add a user; the answer holds the one-time link to send.',
    role: 'admin',
    effect: 'changes',
    body: z.strictObject({ email: z.email(), role }),
    answer: json(z.object({ user: z.string(), link: linkSchema.shape.link }), 201),
    async handle({ body, parts, author, origin }) {
      const invitation = await inviteUser(parts.people, body.email, body.role, author);
      if (invitation === null) {
        return refuse('conflict', 'There is a user with this e-mail.', {
          next: 'Change the role with PATCH, or make a new link with POST /api/users/{user}/link.',
        });
      }
      return { user: invitation.user.id, link: signInLink(origin, invitation.token) };
    },
  }),
  defineRoute({
    method: 'patch',
    path: '/api/users/:user',
    summary: 'Give a user another role.',
    role: 'admin',
    effect: 'changes',
    params: userParams,
    body: z.strictObject({ role }),
    answer: json(z.undefined(), 204),
    async handle({ params, body, parts, author }) {
      return refusalOf(await changeRole(parts.people, params.user, body.role, author));
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/api/users/:user',
    summary: 'Remove a user; the sessions end at once. API keys stay until they are revoked.',
    role: 'admin',
    effect: 'changes',
    params: userParams,
    answer: json(z.undefined(), 204),
    async handle({ params, parts, author }) {
      return refusalOf(await removeUser(parts.people, params.user, author));
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/users/:user/link',
    summary: 'Make a new one-time link; the one before stops working.',
    role: 'admin',
    effect: 'changes',
    params: userParams,
    answer: json(linkSchema, 201),
    async handle({ params, parts, origin, author }) {
      const user = await parts.people.store.findUser(params.user);
      if (user === null) return refuse('not-found', NO_USER);
      const token = await linkFor(parts.people, user.id, author);
      return { link: signInLink(origin, token) };
    },
  }),
];

const NO_USER = 'There is no user with this id.';

function refusalOf(outcome: 'changed' | 'removed' | 'missing' | 'last-admin'): Refusal | undefined {
  if (outcome === 'missing') return refuse('not-found', NO_USER);
  if (outcome !== 'last-admin') return undefined;
  return refuse('conflict', 'This is the last admin.', { next: 'Make somebody else an admin first.' });
}
