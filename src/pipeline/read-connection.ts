// The reading half of a connection's part in a run: its schema, then its records; a failure is kept, and the others go on.
import { InterruptedError } from '#errors/errors.ts';
import { compareSchema, requireUsable } from './compare-schema.ts';
import type { ConnectedCrm, LiveObjects } from './connected-crm.ts';
import { toConnectionFailure } from './connection-failure.ts';
import type { ConnectionRun } from './connection-run.ts';
import type { PulledObject } from './pull-connection.ts';
import type { Session } from './session.ts';

export async function readConnection(
  session: Session,
  connected: ConnectedCrm,
  pull: (objects: LiveObjects) => Promise<readonly PulledObject[]>,
): Promise<ConnectionRun> {
  const pulledAt = session.clock.now();
  let objects: LiveObjects | null = null;
  try {
    objects = requireUsable(connected, await compareSchema(connected));
    return { connected, objects, pulled: await pull(objects), pulledAt, failure: null };
  } catch (error) {
    if (session.signal.aborted)
      throw new InterruptedError('The run was interrupted; what was read is stored');
    return { connected, objects, pulled: [], pulledAt, failure: toConnectionFailure(connected.id, error) };
  }
}
