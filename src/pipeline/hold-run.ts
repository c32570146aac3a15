// The frame of every run: takes the workspace's one run lock, opens the run, and closes it however the work ends.
import { InterruptedError, RunInProgressError, UnavailableError } from '#errors/errors.ts';
import type { Json, RunMode } from '#ports/store.ts';
import { versionsInForce } from './configuration/describe-in-force.ts';
import { forgetNoted } from './forget-person.ts';
import { newRunId } from './run-id.ts';
import type { Session } from './session.ts';

export interface RunToHold {
  readonly mode: RunMode;
  /** ISO moment; null is the moment the run starts. */
  readonly asOf: string | null;
  readonly connections: readonly string[];
  readonly options: Json;
  /** Asked once the lock is held, for the id that the run is stored under; left out: a new one. */
  readonly nameRun?: (() => Promise<string>) | undefined;
  /** Looks whether the run may begin; the lock is held. */
  readonly check?: (asOf: string) => Promise<void>;
}

export interface HeldRun {
  readonly run: string;
  readonly mode: RunMode;
  readonly asOf: string;
  readonly startedAt: Date;
  /** Its signal aborts as well when the lock is lost: another run may begin, so this one ends after its batch. */
  readonly session: Session;
}

/** A RunInProgressError when another process holds the lock. */
export async function holdRun<Result>(
  given: Session,
  { mode, asOf: asked, connections, options, nameRun, check }: RunToHold,
  work: (held: HeldRun) => Promise<Result>,
): Promise<Result> {
  const { store, clock } = given;
  const startedAt = clock.now();
  const asOf = asked ?? startedAt.toISOString();
  const lost = new AbortController();
  const unlock = await store.runs.lock(() =>
    lost.abort(new UnavailableError('The connection that held the run lock was lost')),
  );
  if (unlock === null) {
    throw new RunInProgressError('Another run is at work on this workspace', {
      next: 'Wait until it is over (`tierline runs list`), or stop it.',
    });
  }
  const session = { ...given, signal: AbortSignal.any([given.signal, lost.signal]) };
  let run = newRunId(startedAt);
  try {
    run = (await nameRun?.()) ?? run;
    await check?.(asOf);
    await store.runs.start({
      id: run,
      mode,
      asOf,
      startedAt: startedAt.toISOString(),
      policyHash: session.rules.policyHash,
      configuration: versionsInForce(session.configuration.inForce),
      connections,
      options,
    });
    return await work({ run, mode, asOf, startedAt, session });
  } catch (error) {
    const status = error instanceof InterruptedError ? 'interrupted' : 'failed';
    await store.runs
      .finish(run, status, clock.now().toISOString(), {
        error: error instanceof Error ? error.message : String(error),
      })
      .catch(() => undefined);
    throw error;
  } finally {
    // Last, so that nothing of this run brings back whom it was to forget.
    if (!lost.signal.aborted) await forgetNoted(session);
    await unlock();
  }
}
