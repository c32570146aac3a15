// Signing in and out: with a one-time link, a password or the company's identity provider. Every way in opens a new session and
// ends the one that the browser had.
import { z } from 'zod';
import { ACCESS_ROLES } from '#domain/access/access-role.ts';
import { changePassword } from '#people/change-password.ts';
import { redeemLink } from '#people/redeem-link.ts';
import { csrfTokenOf } from '#people/secret-text.ts';
import { closeSession, type OpenedSession } from '#people/sessions.ts';
import { signIn } from '#people/sign-in.ts';
import { type Refusal, refuse } from '../answer/refusal.ts';
import { type Call, defineRoute, json, type Route } from '../route.ts';

/** NIST SP 800-63B: length is what counts; no rules about kinds of letters. */
const password = z.string().min(12, 'at least 12 characters are wanted').max(256);

const sessionSchema = z.object({
  user: z
    .object({
      id: z.string(),
      email: z.string().nullable(),
      role: z.enum(ACCESS_ROLES),
      kind: z.enum(['user', 'api-key']),
    })
    .nullable()
    .describe('Null: not signed in'),
  csrfToken: z.string().nullable().describe('Goes into the header x-csrf-token of everything but GET'),
  provider: z.string().nullable().describe('Name of the identity provider, when one is configured'),
  needsFirstAdmin: z.boolean().describe('There is no user yet: open the link that `tierline serve` printed'),
});

const CALLBACK = '/sign-in/provider/callback';

export const sessionRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/session',
    summary: 'Who is signed in, and how one can.',
    role: 'anyone',
    effect: 'reads',
    answer: json(sessionSchema),
    async handle({ caller, parts }) {
      const { id, email, role, kind } = caller ?? {};
      return {
        user: id && role && kind ? { id, email: email ?? null, role, kind } : null,
        csrfToken: caller?.sessionId ? csrfTokenOf(caller.sessionId) : null,
        provider: parts.provider?.name ?? null,
        needsFirstAdmin: caller === null && (await parts.people.store.countUsers()) === 0,
      };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/session',
    summary: 'Sign in with e-mail and password.',
    role: 'anyone',
    effect: 'computes',
    signsIn: true,
    body: z.strictObject({ email: z.email(), password: z.string().max(256) }),
    answer: json(z.object({ csrfToken: z.string() }), 201),
    async handle(call) {
      const outcome = await signIn(call.parts.people, { ...call.body, address: call.address });
      if ('waitMs' in outcome) return refuseToWait(outcome.waitMs);
      if ('refused' in outcome) return refuse('sign-in-needed', 'E-mail or password is wrong.');
      return begin(call, outcome.session);
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/session/link',
    summary: 'Open a one-time link: sign in, and choose a password.',
    role: 'anyone',
    effect: 'changes',
    signsIn: true,
    body: z.strictObject({
      token: z.string().min(1).max(200),
      email: z.email().optional().describe("The first admin's; other links know whose they are"),
      password: password.optional().describe('Left out: sign in by link or identity provider only'),
    }),
    answer: json(z.object({ csrfToken: z.string() }), 201),
    async handle(call) {
      const outcome = await redeemLink(call.parts.people, {
        token: call.body.token,
        email: call.body.email ?? null,
        password: call.body.password ?? null,
        requestId: call.requestId,
      });
      if (!('refused' in outcome)) return begin(call, outcome.session);
      if (outcome.refused === 'email-needed') {
        const errors = [{ path: 'body.email', message: "the first admin's e-mail is wanted" }];
        return refuse('bad-request', 'This link makes the first admin, and needs an e-mail.', { errors });
      }
      return refuse('sign-in-needed', 'This link was used, has expired, or was replaced by a newer one.', {
        next: 'Ask an admin for another; the first one of all is printed by `tierline serve`.',
      });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/session/password',
    summary: 'Choose another password; every other session of yours ends.',
    role: 'viewer',
    effect: 'changes',
    signsIn: true,
    body: z.strictObject({
      present: z.string().max(256).optional().describe('Left out: there is none yet'),
      password,
    }),
    answer: json(z.object({ csrfToken: z.string() }), 201),
    async handle(call) {
      const { caller, body, parts, address, requestId } = call;
      if (caller === null || caller.email === null) {
        return refuse('bad-request', 'An API key has no password.');
      }
      const { id: userId, email } = caller;
      const wanted = { present: body.present ?? null, wanted: body.password };
      const outcome = await changePassword(parts.people, { userId, email, ...wanted, address, requestId });
      if ('waitMs' in outcome) return refuseToWait(outcome.waitMs);
      if ('refused' in outcome) return refuse('not-allowed', 'The present password is wrong.');
      return begin(call, outcome.session);
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/api/session',
    summary: 'Sign out.',
    role: 'viewer',
    effect: 'computes',
    answer: json(z.undefined(), 204),
    async handle({ caller, cookies, parts }) {
      if (caller?.sessionId) await closeSession(parts.people, caller.sessionId);
      cookies.clear('session');
      return undefined;
    },
  }),
  defineRoute({
    method: 'get',
    path: '/sign-in/provider',
    summary: 'Off to the identity provider.',
    role: 'anyone',
    effect: 'reads',
    signsIn: true,
    answer: { kind: 'redirect' },
    async handle({ parts, origin, cookies }) {
      if (parts.provider === null) return refuse('not-found', 'No identity provider is configured.');
      const { address, state, lifeMs } = await parts.provider.begin(`${origin}${CALLBACK}`);
      cookies.set('visit', state, lifeMs);
      return address;
    },
  }),
  defineRoute({
    method: 'get',
    path: CALLBACK,
    summary: 'Back from the identity provider.',
    role: 'anyone',
    effect: 'reads',
    signsIn: true,
    query: z.looseObject({}),
    answer: { kind: 'redirect' },
    async handle(call) {
      const { parts, cookies, url, requestId } = call;
      if (parts.provider === null) return refuse('not-found', 'No identity provider is configured.');
      const outcome = await parts.provider.finish(url, cookies.get('visit'), requestId);
      cookies.clear('visit');
      if ('refused' in outcome) {
        const { refused, reason } = outcome;
        parts.session.log.warn('A sign-in with the identity provider was refused', {
          requestId,
          refused,
          reason,
        });
        return `/?refused=${refused}`;
      }
      await begin(call, outcome.session);
      return '/';
    },
  }),
];

function refuseToWait(waitMs: number): Refusal {
  return refuse('too-many-requests', 'Too many wrong passwords from here.', {
    retryAfterMs: waitMs,
    next: 'Wait, or ask an admin for a one-time link, which works at once.',
  });
}

/** An id that somebody planted in the browser before is worth nothing afterwards. */
async function begin(
  { cookies, parts }: Call<unknown, unknown, unknown>,
  session: OpenedSession,
): Promise<{ readonly csrfToken: string }> {
  const earlier = cookies.get('session');
  if (earlier !== null) await closeSession(parts.people, earlier);
  cookies.set('session', session.id, session.lifeMs);
  return { csrfToken: csrfTokenOf(session.id) };
}
