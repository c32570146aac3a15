// Puts a deadline of our own on one call. Vendor clients may never settle when a connection is cut in the middle of a body.
// Real timers on purpose, not the injected clock: the deadline guards a real socket, also when a test turns time by hand.
import { InterruptedError } from '#errors/errors.ts';
import { OutcomeUnknownError } from './outcome-unknown.ts';

export interface DeadlineOptions {
  readonly deadlineMs: number;
  /** What is called, for the message: a method and a path, never a value. */
  readonly what: string;
  /** The caller's own wish to stop. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the call with a signal that fires at the deadline or with the caller's signal, and settles at that moment even if
 * the call itself never does. Rejects with OutcomeUnknownError at the deadline: the other side may have acted.
 */
export const withDeadline = async <T>(
  call: (signal: AbortSignal) => Promise<T>,
  { deadlineMs, what, signal }: DeadlineOptions,
): Promise<T> => {
  throwIfInterrupted(signal);
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;

  const ended = new Promise<never>((_resolve, reject) => {
    const endWith = (error: Error): void => {
      reject(error);
      controller.abort(error);
    };
    timer = setTimeout(() => {
      endWith(new OutcomeUnknownError(`${what} gave no complete answer within ${deadlineMs} ms`));
    }, deadlineMs);
    stop = () => {
      endWith(new InterruptedError(`${what} was stopped`));
    };
    signal?.addEventListener('abort', stop, { once: true });
  });

  try {
    const running = call(controller.signal);
    // The loser of the race may still fail later; that failure has no reader left.
    running.catch(() => undefined);
    return await Promise.race([running, ended]);
  } finally {
    clearTimeout(timer);
    if (stop !== undefined) signal?.removeEventListener('abort', stop);
  }
};

/** Throws InterruptedError when the caller's signal has fired already. */
export const throwIfInterrupted = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true) throw new InterruptedError('stopped before the next call');
};
