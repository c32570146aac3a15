// The associations of a record whose other end is not archived, ordered by id so that pages stay stable.
import type { ObjectTypeName } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { AssociatedRecord } from './association-graph.ts';

export const livePairs = (
  portal: PortalState,
  from: ObjectTypeName,
  fromId: string,
  to: ObjectTypeName,
): readonly AssociatedRecord[] =>
  portal.associations
    .targets(from, fromId, to)
    .filter(({ id }) => portal.tables[to].find(id)?.archivedAtMs === null)
    .toSorted((left, right) => Number(left.id) - Number(right.id));
