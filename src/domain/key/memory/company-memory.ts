// Matching that remembers: the records in comparable form, what they came to, and what the dear comparisons found. A later
// grouping runs every rung again over the same columns and so cannot differ from a full run; it only reads nothing anew but
// what changed, and tells only what became different.
import type { CompanyRecord, Judgement, RecordKind } from '../company-record.ts';
import type { Omissions } from '../group/account-grouping.ts';
import { StringTable } from '../group/string-table.ts';
import type { TextPool } from '../group/text-pool.ts';
import { type AccountGroups, groupAccounts } from '../group-accounts.ts';
import type { KeyRules } from '../key-rules.ts';
import { listReviews, type ReviewQuestion } from '../match-companies.ts';
import { RecordColumns } from '../record-columns.ts';
import { settleJudgements } from '../settle-judgements.ts';
import { SoundMemory } from '../sound/sound-memory.ts';
import { createMemorySink, joined, type MemoryPart, type MemorySource } from './memory-parts.ts';
import { Outcomes } from './outcomes.ts';
import { readOutcomes } from './read-outcomes.ts';
import { type Differences, type Replacements, tellDifferences } from './tell-differences.ts';

/** More rows of records that are gone than this share of all, and it is time to begin anew. */
const mostGone = 0.25;

export interface RecordName {
  readonly kind: RecordKind;
  readonly id: string;
}

export interface CompanyMemory {
  /** A record that the memory does not hold yet. */
  add: (record: CompanyRecord) => void;
  /** Records that are new or differ from what the memory holds, and records that are no more. Once before each `regroup`. */
  change: (put: readonly CompanyRecord[], removed: readonly RecordName[]) => void;
  /** Groups all records; the outcome is that of a full run over them. */
  regroup: (judgements: readonly Judgement[]) => Regrouping;
  /** After a `regroup`. */
  save: () => Iterable<MemoryPart>;
  /** Records that it holds, those that are gone left out. */
  size: () => number;
  /** So much of it is about records that are gone that a new memory is due. */
  isWornOut: () => boolean;
}

/** `accounts` and `persons` are the assignments that differ from those of the grouping before; a company that gained or lost an account is told whole. */
export interface Regrouping extends Differences {
  reviews: () => readonly ReviewQuestion[];
  omissions: Readonly<Omissions>;
}

/** Without `source` an empty memory. What a source holds was saved by this matcher under the same rules. */
export function createCompanyMemory(rules: KeyRules, source?: MemorySource): CompanyMemory {
  const columns = new RecordColumns(rules);
  const sounds = new SoundMemory(true);
  let outcomes = new Outcomes();
  let replacements: Replacements = { accounts: new Map(), persons: new Map() };
  if (source !== undefined) {
    columns.restore(source);
    sounds.restore(source);
    outcomes.restore(source);
    sounds.rowsInOrder = new Int32Array(joined(source.take('rowsInOrder')).buffer);
  }
  return {
    add: (record) => columns.add(record),
    change(put, removed) {
      replacements = changeRows(columns, put, removed);
    },
    regroup(judgements) {
      const settled = settleJudgements(judgements);
      const groups: AccountGroups = groupAccounts(columns, rules, settled, sounds);
      const before = outcomes;
      outcomes = readOutcomes(columns, groups, settled, before.grounds);
      const differences = tellDifferences(columns, before, outcomes, replacements);
      replacements = { accounts: new Map(), persons: new Map() };
      return { ...differences, reviews: () => listReviews(groups), omissions: groups.grouping.omissions };
    },
    save() {
      const sink = createMemorySink();
      columns.save(sink);
      sounds.save(sink);
      outcomes.save(sink);
      sink.add('rowsInOrder', [sounds.rowsInOrder]);
      return sink.parts();
    },
    size: () =>
      columns.accountIds.size -
      columns.goneAccounts.count +
      columns.personIds.size -
      columns.gonePersons.count,
    isWornOut: () =>
      columns.goneAccounts.count > columns.accountIds.size * mostGone ||
      columns.gonePersons.count > columns.personIds.size * mostGone,
  };
}

/** A changed record gets a row of its own; its old one is gone. Answers old row by new one. */
function changeRows(
  columns: RecordColumns,
  put: readonly CompanyRecord[],
  removed: readonly RecordName[],
): Replacements {
  const rowsOf = {
    account: findRows(columns.accountIds, columns.goneAccounts, idsOf('account', put, removed)),
    person: findRows(columns.personIds, columns.gonePersons, idsOf('person', put, removed)),
  };
  for (const row of rowsOf.account.values()) columns.goneAccounts.add(row);
  for (const row of rowsOf.person.values()) columns.gonePersons.add(row);
  const replaced = { accounts: new Map<number, number>(), persons: new Map<number, number>() };
  // Of several versions of one record the last stands.
  for (const record of new Map(put.map((each) => [`${each.kind} ${each.id}`, each])).values()) {
    const isAccount = record.kind === 'account';
    const old = rowsOf[record.kind].get(record.id);
    const row = isAccount ? columns.accountIds.size : columns.personIds.size;
    columns.add(record);
    if (old !== undefined) (isAccount ? replaced.accounts : replaced.persons).set(row, old);
  }
  return replaced;
}

function idsOf(kind: RecordKind, put: readonly CompanyRecord[], removed: readonly RecordName[]): string[] {
  return [...put, ...removed].filter((each) => each.kind === kind).map(({ id }) => id);
}

/** The rows that hold these ids now: one pass over all, since an index of millions of ids would cost more than it saves. */
function findRows(
  pool: TextPool,
  gone: { has: (row: number) => boolean },
  ids: readonly string[],
): Map<string, number> {
  const wanted = new StringTable();
  for (const id of ids) wanted.numberOf(id);
  const rows = new Map<string, number>();
  if (ids.length === 0) return rows;
  for (let row = 0; row < pool.size; row++) {
    if (gone.has(row)) continue;
    const number = wanted.findFrom(pool, row);
    if (number >= 0) rows.set(wanted.textOf(number), row);
  }
  return rows;
}
