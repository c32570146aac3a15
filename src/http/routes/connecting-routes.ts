// Connecting a CRM in the browser: off to its consent page, and back with a code.
import { z } from 'zod';
import { TierlineError } from '#errors/errors.ts';
import { beginConnecting } from '#pipeline/connecting/begin-connecting.ts';
import type { ConnectingParts } from '#pipeline/connecting/connecting-parts.ts';
import { finishConnecting } from '#pipeline/connecting/finish-connecting.ts';
import { refuse } from '../answer/refusal.ts';
import { defineRoute, json, type Route } from '../route.ts';
import type { ServiceParts } from '../service-parts.ts';

/** The app in the CRM must name it as its redirect address. */
const CALLBACK = '/connections/callback';

export const connectingRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/api/connections/:connection/connect',
    summary: "Connect a CRM in the browser: answers the address of the CRM's consent page.",
    role: 'admin',
    effect: 'changes',
    params: z.object({ connection: z.string() }),
    answer: json(z.object({ address: z.url() })),
    async handle({ params, parts, caller, origin, record }) {
      if (caller?.kind !== 'user')
        return refuse('bad-request', 'Only a person at a browser can connect a CRM.');
      const { connection } = params;
      const redirectUri = `${origin}${CALLBACK}`;
      const address = await beginConnecting(connectingParts(parts), {
        connection,
        person: caller.id,
        redirectUri,
      });
      await record({
        action: 'connection.begin',
        subject: `connection:${connection}`,
        before: null,
        after: { redirectUri },
      });
      return { address };
    },
  }),
  defineRoute({
    method: 'get',
    path: CALLBACK,
    summary: "Back from a CRM's consent page.",
    role: 'admin',
    effect: 'changes',
    query: z.object({
      state: z.string().max(200),
      code: z.string().max(2_000).optional(),
      error: z.string().max(200).optional(),
    }),
    answer: { kind: 'redirect' },
    async handle({ query, parts, caller, record, requestId }) {
      try {
        const connected = await finishConnecting(connectingParts(parts), {
          state: query.state,
          code: query.code ?? null,
          error: query.error ?? null,
          person: caller?.id ?? '',
        });
        await record({
          action: 'connection.connect',
          subject: `connection:${connected.connection}`,
          before: null,
          after: { organisation: connected.organisation },
        });
        return `/?connected=${encodeURIComponent(connected.connection)}`;
      } catch (error) {
        if (!(error instanceof TierlineError)) throw error;
        // A person looks at the answer: the page says it, the log holds the rest.
        parts.session.log.warn('A CRM was not connected', { requestId, reason: error.message });
        return '/?refused=not-connected';
      }
    },
  }),
];

function connectingParts({ session }: ServiceParts): ConnectingParts {
  const { store, clock, authorizations } = session;
  return { store: store.connecting, clock, authorizations };
}
