// The writing half of a run: connections side by side; one that fails leaves its changes planned, for the next run.
import { InterruptedError } from '#errors/errors.ts';
import { applyPlan } from './apply-plan.ts';
import { toConnectionFailure } from './connection-failure.ts';
import type { ConnectionRun } from './connection-run.ts';
import { refreshBeforeWriting } from './refresh-before-writing.ts';
import type { Session } from './session.ts';

export async function writeBack(
  session: Session,
  run: string,
  connections: readonly ConnectionRun[],
): Promise<void> {
  await Promise.all(
    connections.map(async (connection) => {
      const { connected, objects } = connection;
      if (connection.failure !== null || objects === null) return;
      try {
        await refreshBeforeWriting(session, run, connection, objects);
        await applyPlan(session, run, connected, objects);
      } catch (error) {
        if (session.signal.aborted)
          throw new InterruptedError('The run was interrupted; what was written is stored');
        connection.failure = toConnectionFailure(connected.id, error);
      }
    }),
  );
}
