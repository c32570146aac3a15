// A HubSpot portal to talk to: knows whose limits a call counts against, and repeats calls as far as that is harmless.
// It does not know what a call is for.

import { z } from 'zod';
import { createCallBudget } from '#connectors/calls/call-budget.ts';
import { OutcomeUnknownError } from '#connectors/calls/outcome-unknown.ts';
import { type RateLimiter, shareRateLimiter } from '#connectors/calls/rate-limiter.ts';
import { withRetry } from '#connectors/calls/retry.ts';
import { createUsageCounter } from '#connectors/calls/usage-counter.ts';
import { throwIfInterrupted } from '#connectors/calls/with-deadline.ts';
import type { Clock } from '#ports/clock.ts';
import type { CrmUsage } from '#ports/crm.ts';
import type { Log } from '#ports/log.ts';
import type { TokenStore } from '#ports/tokens.ts';
import { ForbiddenCallError, RefusedCallError, toCallError } from '../errors.ts';
import { DEFAULT_TIMINGS, type HubspotOptions, type HubspotTimings } from '../options.ts';
import { createAccessTokens } from './access-token.ts';
import { type HubspotPaths, hubspotPaths } from './paths.ts';
import { type CallBucket, type CountedCall, createSender, isSuccess } from './send-call.ts';
import { createTransport, type HubspotAnswer } from './transport.ts';

interface PortalCall extends CountedCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** False for creates: after an unknown outcome the caller must look before it sends again. */
  readonly repeatable?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** One portal as the rest of the connector sees it. */
export interface Portal {
  readonly connection: string;
  readonly paths: HubspotPaths;
  readonly timings: HubspotTimings;
  readonly clock: Clock;
  readonly log: Log;
  /** Answers with 2xx; throws the error family otherwise, `RefusedCallError` for what HubSpot will not do. */
  call(call: PortalCall): Promise<HubspotAnswer>;
  /** The portal's id; the connection's name when HubSpot does not tell us. Asked once. */
  organisation(): Promise<string>;
  usage(): CrmUsage;
  close(): void;
}

export interface PortalParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly tokens: TokenStore;
  /** Uniform in [0, 1); spreads waits. */
  readonly random?: () => number;
}

interface OpenPortal {
  readonly organisation: string;
  readonly limiter: RateLimiter<CallBucket>;
}

const accountAnswer = z.object({ portalId: z.union([z.number(), z.string()]) });

export function openPortal(options: HubspotOptions, parts: PortalParts): Portal {
  const { connection } = options;
  const { clock, log } = parts;
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const paths = hubspotPaths(options.apiVersion);
  const transport = createTransport(options.baseUrl, connection, timings.deadlineMs);
  const budget = createCallBudget({ connection, dailyShare: options.dailyShare });
  const counter = createUsageCounter();
  const closing = new AbortController();
  const releases: (() => void)[] = [];
  let opening: Promise<OpenPortal> | null = null;

  const repeat = <T>(attempt: () => Promise<T>, repeatable = true, signal = closing.signal): Promise<T> =>
    withRetry(attempt, timings.retry, {
      clock,
      random: parts.random ?? Math.random,
      signal,
      canRetry: (error) => repeatable || !(error instanceof OutcomeUnknownError),
      onRetry: ({ message }, waitMs, attempts) => {
        log.warn('HubSpot call will be repeated', { connection, reason: message, waitMs, attempts });
      },
    });

  const tokens = createAccessTokens({
    connection,
    auth: options.auth,
    clock,
    tokens: parts.tokens,
    postForm: (form) =>
      repeat(async () => {
        counter.count('other');
        const answer = await transport.postForm(paths.token, form, closing.signal);
        if (isSuccess(answer)) return answer.body;
        throw toCallError(connection, `POST ${paths.token}`, answer);
      }),
  });

  const send = createSender({
    connection,
    transport,
    tokens,
    budget,
    counter,
    patienceMs: timings.retry.patienceMs,
    closing: closing.signal,
  });

  // The one call that has to be made before we know whose limits it counts against.
  const askOrganisation = async (): Promise<string> => {
    const question: CountedCall = { method: 'GET', path: paths.accountDetails, kind: 'other' };
    try {
      const { body } = await repeat(() => send(question, null, closing.signal));
      const account = accountAnswer.safeParse(body);
      if (account.success) return String(account.data.portalId);
    } catch (error) {
      // A key that may not see its own account's details is still a good key; a dead one is not.
      if (!(error instanceof ForbiddenCallError) && !(error instanceof RefusedCallError)) throw error;
      log.warn('HubSpot does not tell the portal id', { connection, code: error.problem.code });
    }
    return tokens.portalId ?? connection;
  };

  const open = async (): Promise<OpenPortal> => {
    const organisation = await askOrganisation();
    const { limiter, release } = shareRateLimiter<CallBucket>(
      `${options.baseUrl} ${organisation}`,
      { burst: timings.burst, search: timings.search },
      clock,
    );
    releases.push(release);
    return { organisation, limiter };
  };

  const opened = (): Promise<OpenPortal> => {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };

  return {
    connection,
    paths,
    timings,
    clock,
    log,
    async call({ repeatable, signal: asked, ...call }) {
      const signal = asked === undefined ? closing.signal : AbortSignal.any([asked, closing.signal]);
      throwIfInterrupted(signal);
      const { limiter } = await opened();
      return repeat(() => send(call, limiter, signal), repeatable, signal);
    },
    organisation: async () => (await opened()).organisation,
    usage: () => counter.usage(budget.daily),
    close() {
      closing.abort();
      for (const release of releases.splice(0)) release();
    },
  };
}
