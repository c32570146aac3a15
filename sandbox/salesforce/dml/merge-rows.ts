// Merges duplicates as a person does on the merge page: children move to the winner, losers stay in the recycle bin
// and point to it. The API user never calls this; connectors have to notice it.
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { isDeleted, type Row } from '../org/row.ts';
import { toStamp } from '../org/stamp.ts';
import type { DmlContext } from './dml-context.ts';
import { findForWrite } from './write-row.ts';

/** At most two losers a call, as in the product; throws what the merge page would refuse. */
export const mergeRows = (
  context: DmlContext,
  object: ObjectDefinition,
  winnerId: string,
  loserIds: readonly string[],
): void => {
  const { org, userId } = context;
  if (!object.mergeable) throw new Error(`${object.name} records cannot be merged`);
  if (loserIds.length === 0 || loserIds.length > 2) throw new Error('a merge takes one or two losers');
  const winner = rowFor(context, object, winnerId);
  const losers = loserIds.map((id) => rowFor(context, object, id));
  const stamp = toStamp(context.at ?? org.now());
  const touched = { LastModifiedDate: stamp, LastModifiedById: userId, SystemModstamp: stamp };

  for (const loser of losers) {
    moveChildren(context, object, String(loser['Id']), String(winner['Id']), stamp);
    org.put(object.name, { ...loser, ...touched, IsDeleted: true, MasterRecordId: String(winner['Id']) });
  }
  org.put(object.name, { ...winner, ...touched });
};

const rowFor = (context: DmlContext, object: ObjectDefinition, id: string): Row => {
  const found = findForWrite(context, object, id);
  if ('error' in found) throw new Error(`${found.error.statusCode}: ${id}`);
  return found.row;
};

const moveChildren = (
  { org }: DmlContext,
  object: ObjectDefinition,
  fromId: string,
  toId: string,
  stamp: string,
): void => {
  for (const { object: childObject, field } of org.schema.references(object.name)) {
    if (field.name === 'MasterRecordId') continue;
    const table = org.table(childObject.name);
    for (const childId of table.idsWith(field.name, fromId)) {
      const child = table.get(childId);
      if (child === undefined || isDeleted(child)) continue;
      org.put(childObject.name, { ...child, [field.name]: toId, SystemModstamp: stamp });
    }
  }
};
