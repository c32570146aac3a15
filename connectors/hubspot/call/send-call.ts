// One attempt at one call: within the day's share, in its turn, with a token, counted; a dead token is renewed once.
// Whether a failed attempt is repeated is the portal's to decide.
import type { CallBudget } from '#connectors/calls/call-budget.ts';
import type { RateLimiter } from '#connectors/calls/rate-limiter.ts';
import type { CallKind, UsageCounter } from '#connectors/calls/usage-counter.ts';
import { InterruptedError, RateLimitedError } from '#errors/errors.ts';
import { toCallError } from '../errors.ts';
import type { AccessTokens } from './access-token.ts';
import type { HubspotAnswer, OutgoingCall, Transport } from './transport.ts';

/** Searches have a window of their own. */
export type CallBucket = 'burst' | 'search';

export interface CountedCall extends OutgoingCall {
  readonly kind: CallKind;
  readonly bucket?: CallBucket;
}

export interface SenderParts {
  readonly connection: string;
  readonly transport: Transport;
  readonly tokens: AccessTokens;
  readonly budget: CallBudget;
  readonly counter: UsageCounter;
  /** A hold is never longer: beyond it nobody waits anyway. */
  readonly patienceMs: number;
  /** Fires when the connector is closed. */
  readonly closing: AbortSignal;
}

/** Answers with 2xx or throws the error family. Without a limiter nothing is waited for. */
export type SendCall = (
  call: CountedCall,
  limiter: RateLimiter<CallBucket> | null,
  signal: AbortSignal,
) => Promise<HubspotAnswer>;

export function createSender(parts: SenderParts): SendCall {
  const { budget, counter, tokens, transport } = parts;

  const exchange = async (
    call: CountedCall,
    token: string,
    limiter: RateLimiter<CallBucket> | null,
    signal: AbortSignal,
  ): Promise<HubspotAnswer> => {
    const bucket = call.bucket ?? 'burst';
    budget.assertRoomFor(1);
    if (limiter !== null) await takeTurn(limiter, bucket, signal);
    budget.spend();
    counter.count(call.kind);
    // A write under way is waited for even when the caller wants to stop: cut short, its outcome would be unknown.
    const answer = await transport.send(call, token, call.kind === 'write' ? parts.closing : signal);
    limiter?.learn(bucket, answer.limits);
    if (answer.limits.daily !== null) budget.told(answer.limits.daily);
    return answer;
  };

  return async (call, limiter, signal) => {
    const token = await tokens.current(signal);
    let answer = await exchange(call, token, limiter, signal);
    if (answer.status === 401) {
      const renewed = await tokens.renew(token, signal);
      if (renewed !== null) answer = await exchange(call, renewed, limiter, signal);
    }
    if (isSuccess(answer)) return answer;
    const error = toCallError(parts.connection, `${call.method} ${call.path}`, answer);
    // Everybody waits, not only the caller that was told: the others would be refused as well.
    if (answer.status === 429 && error instanceof RateLimitedError)
      limiter?.hold(call.bucket ?? 'burst', Math.min(error.retryAfterMs ?? 0, parts.patienceMs));
    throw error;
  };
}

export function isSuccess({ status }: HubspotAnswer): boolean {
  return status >= 200 && status < 300;
}

const takeTurn = async (
  limiter: RateLimiter<CallBucket>,
  bucket: CallBucket,
  signal: AbortSignal,
): Promise<void> => {
  try {
    await limiter.take(bucket, signal);
  } catch (error) {
    if (signal.aborted) throw new InterruptedError('stopped while waiting for a turn', { cause: error });
    throw error;
  }
};
