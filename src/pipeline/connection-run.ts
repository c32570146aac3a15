// What one connection went through in a run.
import type { ConnectedCrm, LiveObjects } from './connected-crm.ts';
import type { ConnectionFailure } from './connection-failure.ts';
import type { PulledObject } from './pull-connection.ts';

export interface ConnectionRun {
  readonly connected: ConnectedCrm;
  /** Null when the connection failed before its schema was known. */
  readonly objects: LiveObjects | null;
  readonly pulled: readonly PulledObject[];
  readonly pulledAt: Date;
  failure: ConnectionFailure | null;
}

/** Ids of those that answered. */
export function readOf(connections: readonly ConnectionRun[]): readonly string[] {
  return connections.flatMap(({ connected, failure }) => (failure === null ? [connected.id] : []));
}
