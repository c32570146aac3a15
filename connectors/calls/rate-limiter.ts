// Lets calls leave no faster than an organisation allows, whichever connector of this process makes them.
// It knows windows and buckets; which vendor means what by them is the connector's to say.
import type { Clock } from '#ports/clock.ts';

/** At most `limit` calls in any stretch of `intervalMs`. */
export interface RateRule {
  readonly limit: number;
  readonly intervalMs: number;
}

/** What an answer told of the window its call counted in; what it left out stays as it was. */
interface RateNews {
  readonly limit?: number | undefined;
  readonly intervalMs?: number | undefined;
  readonly remaining?: number | undefined;
}

export interface RateLimiter<Bucket extends string> {
  /** Resolves when a call of the bucket may leave: first come, first served. Rejects with the signal's reason. */
  take(bucket: Bucket, signal?: AbortSignal): Promise<void>;
  learn(bucket: Bucket, news: RateNews): void;
  /** Nothing of the bucket leaves for so long: the other side said that we are too fast. */
  hold(bucket: Bucket, ms: number): void;
}

interface BucketState {
  rule: RateRule;
  /** When the calls of the last interval left, oldest first. */
  sentAtMs: number[];
  heldUntilMs: number;
  /** Calls of the same window that other processes made, by what the last answers said. */
  foreign: { readonly count: number; readonly untilMs: number };
  /** The last caller in line; the next one waits for it. */
  tail: Promise<unknown>;
}

/**
 * Calls that left evenly may arrive bunched: a window is kept longer by this much than the other side counts it.
 * 100 ms covers the jitter of a transatlantic route or of a busy machine; five searches a second become 4.5.
 */
const ARRIVAL_JITTER_MS = 100;

export function createRateLimiter<Bucket extends string>(
  rules: Readonly<Record<Bucket, RateRule>>,
  clock: Clock,
): RateLimiter<Bucket> {
  const buckets = new Map<Bucket, BucketState>();

  const stateOf = (bucket: Bucket): BucketState => {
    const known = buckets.get(bucket);
    if (known !== undefined) return known;
    const made: BucketState = {
      rule: rules[bucket],
      sentAtMs: [],
      heldUntilMs: Number.NEGATIVE_INFINITY,
      foreign: { count: 0, untilMs: 0 },
      tail: Promise.resolve(),
    };
    buckets.set(bucket, made);
    return made;
  };

  const nowMs = (): number => clock.now().getTime();

  const waitForRoom = async (state: BucketState, signal: AbortSignal | undefined): Promise<void> => {
    for (;;) {
      signal?.throwIfAborted();
      const waitMs = msUntilRoom(state, nowMs());
      if (waitMs <= 0) break;
      await clock.sleep(waitMs, signal);
    }
    state.sentAtMs.push(nowMs());
  };

  return {
    take(bucket, signal) {
      const state = stateOf(bucket);
      const turn = state.tail.then(() => waitForRoom(state, signal));
      // One caller that gave up must not stop those behind it.
      state.tail = turn.catch(() => undefined);
      return turn;
    },
    learn(bucket, news) {
      const state = stateOf(bucket);
      const rule = {
        limit: atLeastOne(news.limit) ?? state.rule.limit,
        intervalMs: atLeastOne(news.intervalMs) ?? state.rule.intervalMs,
      };
      state.rule = rule;
      if (news.remaining === undefined || !Number.isFinite(news.remaining)) return;
      const now = nowMs();
      forgetOld(state, now);
      // Our own calls still under way count as ours already, so that other people's are rather missed than invented.
      const count = Math.max(0, rule.limit - news.remaining - state.sentAtMs.length);
      state.foreign = { count, untilMs: now + rule.intervalMs };
    },
    hold(bucket, ms) {
      const state = stateOf(bucket);
      state.heldUntilMs = Math.max(state.heldUntilMs, nowMs() + ms);
    },
  };
}

const atLeastOne = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) && value >= 1 ? value : undefined;

const forgetOld = (state: BucketState, now: number): void => {
  const windowMs = state.rule.intervalMs + ARRIVAL_JITTER_MS;
  // A stamp of the future means that the machine's clock was set back: it must not block anyone for hours.
  state.sentAtMs = state.sentAtMs.filter((at) => at > now - windowMs && at <= now);
};

const msUntilRoom = (state: BucketState, now: number): number => {
  forgetOld(state, now);
  const { sentAtMs, rule } = state;
  const foreign = now < state.foreign.untilMs ? state.foreign.count : 0;
  const room = Math.max(1, rule.limit - foreign);
  const blocking = sentAtMs.at(-room);
  const freeAtMs = blocking === undefined ? now : blocking + rule.intervalMs + ARRIVAL_JITTER_MS;
  return Math.max(freeAtMs, state.heldUntilMs) - now;
};

interface Shared {
  readonly limiter: RateLimiter<string>;
  users: number;
}

const sharedLimiters = new Map<string, Shared>();

/**
 * The limiter of one organisation, the same object for every caller in this process that names the same key; the first
 * caller's rules and clock hold. Call `release` once when done with it.
 */
export function shareRateLimiter<Bucket extends string>(
  key: string,
  rules: Readonly<Record<Bucket, RateRule>>,
  clock: Clock,
): { readonly limiter: RateLimiter<Bucket>; readonly release: () => void } {
  const shared = sharedLimiters.get(key) ?? { limiter: createRateLimiter<string>(rules, clock), users: 0 };
  sharedLimiters.set(key, shared);
  shared.users += 1;
  let released = false;
  return {
    limiter: shared.limiter,
    release() {
      if (released) return;
      released = true;
      shared.users -= 1;
      if (shared.users === 0) sharedLimiters.delete(key);
    },
  };
}
