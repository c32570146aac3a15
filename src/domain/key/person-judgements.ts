// What people said of where a person belongs: to the company of an account, or not to it.
import type { AccountGroups } from './group-accounts.ts';
import type { RecordColumns } from './record-columns.ts';
import type { SettledJudgements } from './settle-judgements.ts';

export interface PersonJudgements {
  /** An account of the company that people put the person in, -1 for no word. */
  companyOf: (row: number) => number;
  /** People said that the person does not belong to the company of this account. */
  isApart: (row: number, rank: number) => boolean;
}

export function readPersonJudgements(
  columns: RecordColumns,
  { view, grouping }: AccountGroups,
  judgements: SettledJudgements,
): PersonJudgements {
  const rankOf = (id: string) => view.rankOfLink(columns.linkTable.find(id));
  const persons = findPersons(columns, judgements, (id) => rankOf(id) < 0);
  const companies = new Map<number, number>();
  const speakers = new Map<string, number>();
  for (const ids of judgements.together) {
    const account = ids.map(rankOf).find((rank) => rank >= 0) ?? -1;
    for (const id of ids) {
      speakers.set(id, account);
      const row = persons.get(id);
      if (row !== undefined && account >= 0) companies.set(row, account);
    }
  }
  const apart = new Map<number, number[]>();
  for (const { a, b } of judgements.apart) {
    for (const [person, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const row = persons.get(person);
      const account = rankOf(other) >= 0 ? rankOf(other) : (speakers.get(other) ?? -1);
      if (row !== undefined && account >= 0) apart.set(row, [...(apart.get(row) ?? []), account]);
    }
  }
  return {
    companyOf: (row) => companies.get(row) ?? -1,
    isApart: (row, rank) =>
      apart.get(row)?.some((enemy) => grouping.companies.areTogether(enemy, rank)) ?? false,
  };
}

/** Rows of the judged persons. All persons are looked through, and only when a judgement names one. */
function findPersons(
  columns: RecordColumns,
  { together, apart }: SettledJudgements,
  isPerson: (id: string) => boolean,
): ReadonlyMap<string, number> {
  const wanted = new Set([...together.flat(), ...apart.flatMap(({ a, b }) => [a, b])].filter(isPerson));
  const rows = new Map<string, number>();
  if (wanted.size === 0) return rows;
  for (let row = 0; row < columns.personIds.size; row++) {
    const id = columns.personIds.textOf(row);
    if (wanted.has(id)) rows.set(id, row);
  }
  return rows;
}
