// How a record is named to the matcher: connection and id in one text. Ids of CRMs hold no line break.
import type { KeyedReference } from '#ports/judgements.ts';

const SEPARATOR = '\n';

export function accountName(connection: string, id: string): string {
  return `${connection}${SEPARATOR}${id}`;
}

/** A CRM may give a contact the id of an account. */
export function contactName(connection: string, id: string): string {
  return `${connection}${SEPARATOR}${id}${SEPARATOR}contact`;
}

export function nameOfReference({ connection, object, id }: KeyedReference): string {
  return object === 'account' ? accountName(connection, id) : contactName(connection, id);
}

export function parseRecordName(name: string): KeyedReference {
  const [connection = '', id = '', object] = name.split(SEPARATOR);
  return { connection, object: object === undefined ? 'account' : 'contact', id };
}
