// The accounts in the order of their ids: a rank is an account's place in it. What is decided on ranks does not depend
// on the order of input. Accounts that are gone have no rank.
import { type NameScript, nameScripts } from '../name/name-script.ts';
import type { RecordColumns } from '../record-columns.ts';
import { Buckets } from './buckets.ts';
import { GrowingColumn } from './growing-column.ts';
import type { PairColumns } from './pair-columns.ts';
import { mostAccounts } from './proposals.ts';

export class AccountView {
  readonly columns: RecordColumns;
  readonly count: number;
  private readonly rowByRank: Int32Array;
  private readonly rankByRow: Int32Array;
  /** Uses of names by rank: where each rank's begin, the use's name and its flags. */
  private readonly nameStarts: Int32Array;
  private readonly nameByUse: Int32Array;
  private readonly flagsByUse: Uint8Array;
  private rankByLink: Int32Array | null = null;

  /** `sorted` is an earlier `rowsInOrder` of the same columns: then only what was added since is sorted. */
  constructor(columns: RecordColumns, sorted: Int32Array = noRows) {
    this.columns = columns;
    this.rowByRank = sortRows(columns, sorted);
    this.count = this.rowByRank.length;
    if (this.count > mostAccounts) throw new RangeError(`One run matches at most ${mostAccounts} accounts`);
    this.rankByRow = new Int32Array(columns.accountIds.size).fill(-1);
    for (let rank = 0; rank < this.count; rank++) this.rankByRow[this.rowOf(rank)] = rank;
    const uses = columns.names.length;
    this.nameStarts = new Int32Array(this.count + 1);
    this.nameByUse = new Int32Array(uses);
    this.flagsByUse = new Uint8Array(uses);
    this.fileNames();
  }

  rowOf(rank: number): number {
    return this.rowByRank[rank] ?? 0;
  }

  /** -1 for an account that is gone. */
  rankOfRow(row: number): number {
    return this.rankByRow[row] ?? -1;
  }

  get rowsInOrder(): Int32Array {
    return this.rowByRank;
  }

  idOf(rank: number): string {
    return this.columns.accountIds.textOf(this.rowOf(rank));
  }

  /** The account that a link (parent, account of a person) names, -1 when there is none. */
  rankOfLink(link: number): number {
    if (link < 0) return -1;
    this.rankByLink ??= this.resolveLinks();
    return this.rankByLink[link] ?? -1;
  }

  countryOf(rank: number): number {
    return this.columns.accountCountry.get(this.rowOf(rank));
  }

  placeOf(rank: number): number {
    return this.columns.accountPlace.get(this.rowOf(rank));
  }

  domainOf(rank: number): number {
    return this.columns.accountDomain.get(this.rowOf(rank));
  }

  stemOf(rank: number): number {
    return this.columns.stemOfDomain.get(this.domainOf(rank));
  }

  subHostOf(rank: number): number {
    return this.columns.accountSubHost.get(this.rowOf(rank));
  }

  /** Uses of names: indexes from the first to before the last. */
  firstUse(rank: number): number {
    return this.nameStarts[rank] ?? 0;
  }

  lastUse(rank: number): number {
    return this.nameStarts[rank + 1] ?? 0;
  }

  nameOfUse(use: number): number {
    return this.nameByUse[use] ?? -1;
  }

  flagsOfUse(use: number): number {
    return this.flagsByUse[use] ?? 0;
  }

  coreOfUse(use: number): number {
    return this.columns.coreOfName.get(this.nameOfUse(use));
  }

  scriptOfUse(use: number): NameScript {
    return nameScripts[this.columns.scriptOfCore.get(this.coreOfUse(use))] ?? 'other';
  }

  /** Core of the name itself (not an alias), -1 when there is none. */
  mainCoreOf(rank: number): number {
    const use = this.firstUse(rank);
    return use < this.lastUse(rank) ? this.coreOfUse(use) : -1;
  }

  /** Accounts by core name, aliases included. */
  accountsByCore(): Buckets {
    const keys = new GrowingColumn();
    const members = new GrowingColumn();
    for (let rank = 0; rank < this.count; rank++) {
      for (let use = this.firstUse(rank); use < this.lastUse(rank); use++) {
        keys.push(this.coreOfUse(use));
        members.push(rank);
      }
    }
    return new Buckets(this.columns.coreTable.size, keys, members);
  }

  /** Accounts by each of their own domains. */
  accountsByDomain(): Buckets {
    const { domainTable, moreDomains } = this.columns;
    const more = this.bucketsOfPairs(moreDomains, domainTable.size);
    const main = this.bucketsOf(domainTable.size, (rank) => this.domainOf(rank));
    if (moreDomains.length === 0) return main;
    const keys = new GrowingColumn();
    const members = new GrowingColumn();
    for (let domain = 0; domain < domainTable.size; domain++) {
      const both =
        more.sizeOf(domain) === 0
          ? main.membersOf(domain)
          : Int32Array.from([...main.membersOf(domain), ...more.membersOf(domain)]).toSorted();
      for (const rank of both) {
        keys.push(domain);
        members.push(rank);
      }
    }
    return new Buckets(domainTable.size, keys, members);
  }

  /** Accounts by the value of a pair; values below `keyCount`. */
  bucketsOfPairs(pairs: PairColumns, keyCount: number): Buckets {
    // A number sorts faster than a comparison; rank and index fit one.
    const order = new Float64Array(pairs.length);
    let used = 0;
    for (let index = 0; index < pairs.length; index++) {
      const rank = this.rankOfRow(pairs.rows.get(index));
      if (rank >= 0) order[used++] = rank * pairs.length + index;
    }
    const keys = new GrowingColumn();
    const members = new GrowingColumn();
    for (const packed of order.subarray(0, used).toSorted()) {
      keys.push(pairs.values.get(packed % pairs.length));
      members.push(Math.floor(packed / pairs.length));
    }
    return new Buckets(keyCount, keys, members);
  }

  /** Accounts by one key each. */
  bucketsOf(keyCount: number, keyOf: (rank: number) => number): Buckets {
    const keys = new GrowingColumn();
    const members = new GrowingColumn();
    for (let rank = 0; rank < this.count; rank++) {
      const key = keyOf(rank);
      if (key < 0) continue;
      keys.push(key);
      members.push(rank);
    }
    return new Buckets(keyCount, keys, members);
  }

  private resolveLinks(): Int32Array {
    const { linkTable } = this.columns;
    const rankByLink = new Int32Array(linkTable.size).fill(-1);
    for (let rank = 0; rank < this.count; rank++) {
      const link = linkTable.find(this.idOf(rank));
      if (link >= 0) rankByLink[link] = rank;
    }
    return rankByLink;
  }

  private fileNames(): void {
    const { names, nameUseFlags } = this.columns;
    for (let index = 0; index < names.length; index++) {
      const rank = this.rankOfRow(names.rows.get(index));
      if (rank < 0) continue;
      this.nameStarts[rank + 1] = (this.nameStarts[rank + 1] ?? 0) + 1;
    }
    for (let rank = 0; rank < this.count; rank++)
      this.nameStarts[rank + 1] = (this.nameStarts[rank + 1] ?? 0) + (this.nameStarts[rank] ?? 0);
    const next = this.nameStarts.slice();
    for (let index = 0; index < names.length; index++) {
      const rank = this.rankOfRow(names.rows.get(index));
      if (rank < 0) continue;
      const use = next[rank] ?? 0;
      next[rank] = use + 1;
      this.nameByUse[use] = names.values.get(index);
      this.flagsByUse[use] = nameUseFlags.get(index);
    }
  }
}

const noRows = new Int32Array(0);

function sortRows({ accountIds, goneAccounts }: RecordColumns, sorted: Int32Array): Int32Array {
  const known = new Uint8Array(accountIds.size);
  for (const row of sorted) known[row] = 1;
  const compare = (a: number, b: number) => accountIds.compare(a, b) || a - b;
  const added: number[] = [];
  for (let row = 0; row < known.length; row++)
    if (known[row] === 0 && !goneAccounts.has(row)) added.push(row);
  const fresh = Int32Array.from(added).toSorted(compare);
  const held = sorted.filter((row) => !goneAccounts.has(row));
  const merged = new Int32Array(held.length + fresh.length);
  let next = 0;
  let at = 0;
  for (const row of held) {
    for (; next < fresh.length && compare(fresh[next] ?? 0, row) < 0; next++) merged[at++] = fresh[next] ?? 0;
    merged[at++] = row;
  }
  merged.set(fresh.subarray(next), at);
  return merged;
}
