// What became different between two groupings of the same memory. A company of which an account changed, came or went is told whole,
// and so are the companies it exchanged accounts with: who keeps which key is decided over all of them.
import type { Grounds } from '../attach-persons.ts';
import type { KeyAssignment } from '../company-record.ts';
import type { RecordColumns } from '../record-columns.ts';
import type { Outcomes } from './outcomes.ts';
import { spellOut } from './read-outcomes.ts';

/** Rows that took the place of another row: new row → old row. */
export interface Replacements {
  readonly accounts: ReadonlyMap<number, number>;
  readonly persons: ReadonlyMap<number, number>;
}

export interface Differences {
  accounts: () => Iterable<KeyAssignment>;
  /** The labels of these accounts, and of those that they were before or that are no more: each with all accounts that bear it. */
  labels: () => Iterable<{ readonly label: string; readonly accounts: readonly string[] }>;
  /** All accounts of the companies of which an account is so assigned. */
  companiesWith: (isWanted: (grounds: Grounds) => boolean) => Iterable<KeyAssignment>;
  persons: () => Iterable<KeyAssignment>;
  removed: () => Iterable<{ readonly kind: 'account' | 'person'; readonly id: string }>;
}

export function tellDifferences(
  columns: RecordColumns,
  before: Outcomes,
  after: Outcomes,
  replacements: Replacements,
): Differences {
  const accounts = compareAccounts(columns, before, after, replacements.accounts);
  const personHeirs = reverse(replacements.persons);
  return {
    *accounts() {
      for (let row = 0; row < after.accountGroup.length; row++)
        if (accounts.isTold(row)) yield assignAccount(columns, after, row);
    },
    labels: () =>
      listLabels(columns, (row) =>
        columns.goneAccounts.has(row) ? accounts.isLeaving(row) : accounts.isTold(row),
      ),
    companiesWith: (isWanted) => listCompanies(columns, after, isWanted),
    *persons() {
      for (let row = 0; row < after.personGrounds.length; row++) {
        if ((after.personGrounds[row] ?? -1) < 0) continue;
        const old = replacements.persons.get(row) ?? row;
        if (
          before.personGrounds[old] !== after.personGrounds[row] ||
          accounts.heirOf(before.personGroup[old] ?? -1, personHeirs) !== after.personGroup[row] ||
          accounts.isNewsTo(after.personGroup[row] ?? -1)
        )
          yield assignPerson(columns, after, row);
      }
    },
    *removed() {
      for (let row = 0; row < before.accountGroup.length; row++)
        if ((before.accountGroup[row] ?? -1) >= 0 && accounts.isLost(row))
          yield { kind: 'account', id: columns.accountIds.textOf(row) };
      for (let row = 0; row < before.personGrounds.length; row++) {
        const isLost = (after.personGrounds[row] ?? -1) < 0 && !personHeirs.has(row);
        if ((before.personGrounds[row] ?? -1) >= 0 && isLost)
          yield { kind: 'person', id: columns.personIds.textOf(row) };
      }
    },
  };
}

function compareAccounts(
  columns: RecordColumns,
  before: Outcomes,
  after: Outcomes,
  replaced: ReadonlyMap<number, number>,
) {
  const heirs = reverse(replaced);
  const count = after.accountGroup.length;
  /** The row that stands for the same record now; a lost record stands for itself. */
  const heirOf = (row: number) => heirs.get(row) ?? row;
  const oldGroupOf = (row: number) => {
    const group = before.accountGroup[replaced.get(row) ?? row] ?? -1;
    return group < 0 ? -1 : heirOf(group);
  };
  const isLost = (row: number) => (after.accountGroup[row] ?? -1) < 0 && !heirs.has(row);
  const touched = findTouched(columns, before, after, {
    oldGroupOf,
    isLost,
    heirOf,
    isReplaced: (row) => replaced.has(row),
  });
  const familyMoved = (row: number) =>
    heirOf(before.accountFamily[replaced.get(row) ?? row] ?? -1) !== after.accountFamily[row];
  const familyIsTouched = (row: number) => {
    const family = after.accountFamily[row] ?? -1;
    return family >= 0 && touched[after.accountGroup[family] ?? -1] === 1;
  };
  return {
    isLost: (row: number) => isLost(row),
    /** Its row was in use before and is no more. */
    isLeaving: (row: number) => (before.accountGroup[row] ?? -1) >= 0 && (after.accountGroup[row] ?? -1) < 0,
    isTold: (row: number) => {
      const group = after.accountGroup[row] ?? -1;
      if (row >= count || group < 0) return false;
      return (
        touched[group] === 1 ||
        familyIsTouched(row) ||
        oldGroupOf(row) !== group ||
        familyMoved(row) ||
        before.accountGrounds[replaced.get(row) ?? row] !== after.accountGrounds[row]
      );
    },
    /** A person's group of before, as it would be written now. */
    heirOf: (group: number, personHeirs: ReadonlyMap<number, number>) =>
      group >= 0 ? heirOf(group) : group < -1 ? -2 - (personHeirs.get(-2 - group) ?? -2 - group) : group,
    /** The group may have another key, or another family, than before. */
    isNewsTo: (group: number) =>
      group >= 0 && (touched[group] === 1 || familyIsTouched(group) || familyMoved(group)),
  };
}

/** Groups (by the row that stands for them) of which an account changed, came or went, and those they share an old group with. */
function findTouched(
  columns: RecordColumns,
  before: Outcomes,
  after: Outcomes,
  rows: {
    oldGroupOf: (row: number) => number;
    isLost: (row: number) => boolean;
    heirOf: (row: number) => number;
    isReplaced: (row: number) => boolean;
  },
): Uint8Array {
  const count = columns.accountIds.size;
  const now = new Uint8Array(count);
  const then = new Uint8Array(count);
  const partOf = new Int32Array(count).fill(-1);
  const partOfOld = new Int32Array(count).fill(-1);
  for (let row = 0; row < before.accountGroup.length; row++) {
    const group = before.accountGroup[row] ?? -1;
    if (group >= 0 && rows.isLost(row)) then[rows.heirOf(group)] = 1;
  }
  for (let row = 0; row < count; row++) {
    const group = after.accountGroup[row] ?? -1;
    if (group < 0) continue;
    const old = rows.oldGroupOf(row);
    // A changed account may have come into the key of one that was merged into it.
    if (old < 0 || rows.isReplaced(row)) now[group] = 1;
    if (old < 0) continue;
    if (partOf[group] === -1) partOf[group] = old;
    else if (partOf[group] !== old) now[group] = 1;
    if (partOfOld[old] === -1) partOfOld[old] = group;
    else if (partOfOld[old] !== group) then[old] = 1;
  }
  for (let grew = true; grew; ) {
    grew = false;
    for (let row = 0; row < count; row++) {
      const group = after.accountGroup[row] ?? -1;
      if (group < 0) continue;
      const old = rows.oldGroupOf(row);
      if (old < 0 || now[group] === then[old]) continue;
      now[group] = 1;
      then[old] = 1;
      grew = true;
    }
  }
  return now;
}

/** Accounts by label in two columns of integers: a million labels have no object each. */
function* listLabels(
  { labels, labelTable, goneAccounts, accountIds }: RecordColumns,
  isAsked: (row: number) => boolean,
) {
  const asked = new Uint8Array(labelTable.size);
  const starts = new Int32Array(labelTable.size + 1);
  for (let index = 0; index < labels.length; index++) {
    const label = labels.values.get(index);
    if (isAsked(labels.rows.get(index))) asked[label] = 1;
    if (!goneAccounts.has(labels.rows.get(index))) starts[label + 1] = (starts[label + 1] ?? 0) + 1;
  }
  for (let label = 0; label < labelTable.size; label++)
    starts[label + 1] = (starts[label + 1] ?? 0) + (starts[label] ?? 0);
  const rows = new Int32Array(starts.at(-1) ?? 0);
  const next = starts.slice();
  for (let index = 0; index < labels.length; index++) {
    const row = labels.rows.get(index);
    if (goneAccounts.has(row)) continue;
    const label = labels.values.get(index);
    const at = next[label] ?? 0;
    rows[at] = row;
    next[label] = at + 1;
  }
  for (let label = 0; label < labelTable.size; label++) {
    if (asked[label] !== 1) continue;
    const bearers = rows.subarray(starts[label], starts[label + 1]);
    yield { label: labelTable.textOf(label), accounts: Array.from(bearers, (row) => accountIds.textOf(row)) };
  }
}

function* listCompanies(columns: RecordColumns, after: Outcomes, isWanted: (grounds: Grounds) => boolean) {
  const wantedGrounds = Uint8Array.from({ length: after.grounds.size }, (_, number) =>
    isWanted(spellOut(after.grounds.textOf(number))) ? 1 : 0,
  );
  const wanted = new Uint8Array(after.accountGroup.length);
  const eachAccount = function* () {
    for (let row = 0; row < after.accountGroup.length; row++)
      if ((after.accountGroup[row] ?? -1) >= 0) yield row;
  };
  for (const row of eachAccount())
    if (wantedGrounds[after.accountGrounds[row] ?? 0] === 1) wanted[after.accountGroup[row] ?? 0] = 1;
  for (const row of eachAccount())
    if (wanted[after.accountGroup[row] ?? 0] === 1) yield assignAccount(columns, after, row);
}

function assignAccount(columns: RecordColumns, after: Outcomes, row: number): KeyAssignment {
  return {
    id: columns.accountIds.textOf(row),
    kind: 'account',
    group: columns.accountIds.textOf(after.accountGroup[row] ?? row),
    family: columns.accountIds.textOf(after.accountFamily[row] ?? row),
    ...spellOut(after.grounds.textOf(after.accountGrounds[row] ?? -1)),
  };
}

function assignPerson(columns: RecordColumns, after: Outcomes, row: number): KeyAssignment {
  const group = after.personGroup[row] ?? -1;
  const colleague = group < -1 ? columns.personIds.textOf(-2 - group) : null;
  return {
    id: columns.personIds.textOf(row),
    kind: 'person',
    group: group < 0 ? colleague : columns.accountIds.textOf(group),
    family: group < 0 ? colleague : columns.accountIds.textOf(after.accountFamily[group] ?? group),
    ...spellOut(after.grounds.textOf(after.personGrounds[row] ?? -1)),
  };
}

function reverse(map: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  return new Map(Array.from(map, ([key, value]) => [value, key]));
}
