// Counts requests by address and by caller, and refuses what is too much.
import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { refuse } from './answer/refusal.ts';
import type { RequestLimits } from './answer/request-limits.ts';
import { sendProblem } from './answer/send-problem.ts';
import { stateOf } from './request-state.ts';

export interface Limiters {
  readonly perAddress: RequestHandler;
  readonly perCaller: RequestHandler;
  readonly signIns: RequestHandler;
}

const MINUTE_MS = 60_000;

export function createLimiters(limits: RequestLimits): Limiters {
  const byAddress = (limit: number, windowMs: number) =>
    createLimiter(limit, windowMs, (request) => ipKeyGenerator(request.ip ?? ''));
  return {
    perAddress: byAddress(limits.perAddress, MINUTE_MS),
    perCaller: createLimiter(limits.perCaller, MINUTE_MS, (request, response) => {
      const { caller } = stateOf(response);
      return caller === null ? ipKeyGenerator(request.ip ?? '') : `${caller.kind}:${caller.id}`;
    }),
    signIns: byAddress(limits.signIns, 5 * MINUTE_MS),
  };
}

function createLimiter(
  limit: number,
  windowMs: number,
  keyGenerator: (...given: Parameters<RequestHandler>) => string,
): RequestHandler {
  return rateLimit({
    limit,
    windowMs,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its checks print to the console, and only say what `trustProxy` in tierline.yaml means.
    validate: false,
    keyGenerator: (request, response) => keyGenerator(request, response, () => undefined),
    handler: (_request, response) => {
      sendProblem(
        response,
        refuse('too-many-requests', 'More requests than one caller may send; wait a little.', {
          retryAfterMs: windowMs,
        }),
        stateOf(response).requestId,
      );
    },
  });
}
