import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError } from '#connectors/calls/outcome-unknown.ts';
import { withDeadline } from '#connectors/calls/with-deadline.ts';
import { InterruptedError } from '#errors/errors.ts';

const never = (): Promise<never> => new Promise(() => undefined);

describe('withDeadline', () => {
  it('gives what the call gives', async () => {
    await expect(withDeadline(async () => 7, { deadlineMs: 1000, what: 'GET /x' })).resolves.toBe(7);
  });

  it('passes the failure of the call on', async () => {
    const failing = withDeadline(() => Promise.reject(new Error('no')), { deadlineMs: 1000, what: 'GET /x' });
    await expect(failing).rejects.toThrow('no');
  });

  it('settles with an unknown outcome when the call never does', async () => {
    const hanging = withDeadline(never, { deadlineMs: 20, what: 'PATCH /x' });
    await expect(hanging).rejects.toThrow(OutcomeUnknownError);
    await expect(hanging).rejects.toThrow('PATCH /x gave no complete answer within 20 ms');
  });

  it('fires the signal it hands to the call at the deadline', async () => {
    let seen: AbortSignal | undefined;
    const hanging = withDeadline(
      (signal) => {
        seen = signal;
        return never();
      },
      { deadlineMs: 20, what: 'GET /x' },
    );
    await expect(hanging).rejects.toThrow(OutcomeUnknownError);
    expect(seen?.aborted).toBe(true);
  });

  it('ends as interrupted when the caller stops', async () => {
    const controller = new AbortController();
    const hanging = withDeadline(never, { deadlineMs: 5000, what: 'GET /x', signal: controller.signal });
    controller.abort();
    await expect(hanging).rejects.toThrow(InterruptedError);
  });

  it('does not begin a call when the caller has stopped before', async () => {
    let called = false;
    const stopped = withDeadline(
      async () => {
        called = true;
      },
      { deadlineMs: 5000, what: 'GET /x', signal: AbortSignal.abort() },
    );
    await expect(stopped).rejects.toThrow(InterruptedError);
    expect(called).toBe(false);
  });

  it('leaves no unhandled rejection when the call fails after its deadline', async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const hanging = withDeadline(() => promise, { deadlineMs: 10, what: 'GET /x' });
    await expect(hanging).rejects.toThrow(OutcomeUnknownError);
    reject(new Error('late'));
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
