// Where HubSpot reports what changed. The answer is quick and says nothing; what is to be done is queued first, durably.
import { z } from 'zod';
import { noteForgotten } from '#pipeline/forget-person.ts';
import { refuse } from '../answer/refusal.ts';
import { defineRoute, json, type Route } from '../route.ts';

export const webhookRoutes: readonly Route[] = [
  defineRoute({
    method: 'post',
    path: '/webhooks/hubspot',
    summary: "HubSpot's events, signed by the app's client secret (version 3 of its signatures).",
    role: 'anyone',
    effect: 'computes',
    rawBody: true,
    answer: json(z.undefined(), 204),
    async handle({ parts, url, method, headers, rawBody, requestId }) {
      const { webhooks, queue, session } = parts;
      if (webhooks === null) return refuse('not-found', 'No connection of this workspace expects webhooks.');
      const reading = webhooks.read({
        method,
        url: url.href,
        headers,
        body: rawBody,
        receivedAt: session.clock.now(),
      });
      if ('refused' in reading) {
        session.log.warn('A webhook call was refused', { requestId, reason: reading.refused });
        return reading.refused === 'unreadable'
          ? refuse('bad-request', 'The body is no list of events.')
          : refuse('sign-in-needed', 'The call does not bear a valid signature of now.');
      }
      session.log.info('Webhook events', { requestId, ...reading.counts, touched: reading.touched.length });
      // Only what is stored is answered for: HubSpot sends again what got no answer. Whom to forget first, so that the run of
      // what was touched knows of it.
      const people = reading.forgotten.flatMap(({ connection, object, id }) =>
        object === 'contact' ? [{ connection, object, id }] : [],
      );
      await noteForgotten(session, people, requestId);
      if (reading.touched.length > 0) await queue.touch(reading.touched);
      return undefined;
    },
  }),
];
