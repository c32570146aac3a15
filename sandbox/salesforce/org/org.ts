// One Salesforce org in memory: its schema, its rows, its clock and who may see what. It stores what it is given;
// checks are in dml/, questions in soql/, and HTTP is nowhere here.
import type { Access } from '../access/access.ts';
import { createUserAccess } from '../access/user-access.ts';
import { createSchema, type Schema } from '../objects/schema.ts';
import { createJournal, type Journal } from './journal.ts';
import type { Quirks } from './quirks.ts';
import { createRecordTable, type RecordTable } from './record-table.ts';
import { idOf, type Row } from './row.ts';
import { createRowFaults, type RowFaults } from './row-faults.ts';
import { createRules, type Rules } from './rules.ts';
import { createIdMint } from './salesforce-id.ts';

/** What the integration user's profile withholds; names are `Object.Field` and `object:right`, lower case. */
export interface Profile {
  readonly hiddenFields: Set<string>;
  readonly readOnlyFields: Set<string>;
  readonly deniedRights: Set<string>;
  /** "Modify Metadata Through Metadata API Functions". */
  canModifyMetadata: boolean;
}

export interface Org {
  readonly id: string;
  readonly schema: Schema;
  readonly rules: Rules;
  readonly rowFaults: RowFaults;
  readonly quirks: Quirks;
  readonly profile: Profile;
  readonly transaction: Journal['transaction'];
  now(): Date;
  mintId(keyPrefix: string): string;
  /** The next number of an auto-number field, from 1. */
  countUp(counter: string): number;
  /** The rows of an object, made when first asked for; names in any case. */
  table(objectName: string): RecordTable;
  put(objectName: string, row: Row): void;
  /** Removes a row for good, as emptying the recycle bin does. */
  purge(objectName: string, id: string): void;
  access(userId: string): Access;
}

export interface OrgOptions {
  readonly now: () => Date;
  readonly quirks: Quirks;
  readonly currencies: readonly string[] | null;
}

export const createOrg = ({ now, quirks, currencies }: OrgOptions): Org => {
  const mintId = createIdMint();
  const journal = createJournal();
  const tables = new Map<string, RecordTable>();
  const accessByUser = new Map<string, Access>();
  const counters = new Map<string, number>();

  const table = (objectName: string): RecordTable => {
    const name = objectName.toLowerCase();
    const known = tables.get(name);
    if (known !== undefined) return known;
    const created = createRecordTable();
    tables.set(name, created);
    return created;
  };

  const org: Org = {
    id: mintId('00D'),
    schema: createSchema({ now, currencies }),
    rules: createRules(),
    rowFaults: createRowFaults(),
    quirks,
    profile: {
      hiddenFields: new Set(),
      readOnlyFields: new Set(),
      deniedRights: new Set(),
      canModifyMetadata: true,
    },
    transaction: journal.transaction,
    now,
    mintId,
    countUp(counter) {
      const next = (counters.get(counter) ?? 0) + 1;
      counters.set(counter, next);
      return next;
    },
    table,
    put(objectName, row) {
      const rows = table(objectName);
      const previous = rows.put(row);
      journal.note(() => {
        if (previous === undefined) rows.forget(idOf(row));
        else rows.put(previous);
      });
    },
    purge(objectName, id) {
      const rows = table(objectName);
      const previous = rows.get(id);
      if (previous === undefined) return;
      rows.forget(id);
      journal.note(() => {
        rows.put(previous);
      });
    },
    access(userId) {
      let access = accessByUser.get(userId);
      if (access === undefined) {
        access = createUserAccess(org, userId, org.profile);
        accessByUser.set(userId, access);
      }
      return access;
    },
  };
  return org;
};
