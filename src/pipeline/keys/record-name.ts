// How a record is named to the matcher: connection and id in one text. Ids of CRMs hold no line break.
import type { CrmObject } from '#domain/record/objects.ts';

const SEPARATOR = '\n';

export interface RecordReference {
  readonly connection: string;
  readonly object: CrmObject;
  readonly id: string;
}

export function accountName(connection: string, id: string): string {
  return `${connection}${SEPARATOR}${id}`;
}

/** A CRM may give a contact the id of an account. */
export function contactName(connection: string, id: string): string {
  return `${connection}${SEPARATOR}${id}${SEPARATOR}contact`;
}

export function parseRecordName(name: string): RecordReference {
  const [connection = '', id = '', object] = name.split(SEPARATOR);
  return { connection, object: object === undefined ? 'account' : 'contact', id };
}
