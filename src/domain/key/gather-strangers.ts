// Persons whose company has no account: colleagues share an own domain, or the company name they typed. A typed name
// counts where it says one company; a domain takes the name that most of its persons typed.
import { GrowingColumn } from './group/growing-column.ts';
import type { RecordColumns } from './record-columns.ts';

export interface Strangers {
  /** Row of the person that stands for the company (the lowest id), -1 for no company. */
  firstOf: (row: number) => number;
  isAlone: (row: number) => boolean;
  /** Else the name that the person typed speaks. */
  hasDomain: (row: number) => boolean;
}

/** A name typed on more unlike domains than this is a word, not a company. */
const mostDomainsOfName = 3;
const shortestLatinName = 4;

/** Domains are nodes from 0, typed names the nodes after them. */
export function gatherStrangers(columns: RecordColumns, isStranger: (row: number) => boolean): Strangers {
  const domains = columns.domainTable.size;
  const nodeOf = new GrowingColumn();
  const nameOfDomain = electNames(columns, isStranger);
  const parents = Int32Array.from({ length: domains + columns.coreTable.size }, (_, node) => node);
  joinDomainsOfNames(columns, nameOfDomain, parents);
  const first = new Int32Array(parents.length).fill(-1);
  const counts = new Int32Array(parents.length);
  for (let row = 0; row < columns.personIds.size; row++) {
    const node = isStranger(row) ? findRoot(parents, nodeOfPerson(columns, row)) : -1;
    nodeOf.push(node);
    if (node < 0) continue;
    counts[node] = (counts[node] ?? 0) + 1;
    const lowest = first[node] ?? -1;
    if (lowest < 0 || columns.personIds.compare(row, lowest) < 0) first[node] = row;
  }
  return {
    // One free mail and a name that nobody else gave make no company.
    firstOf: (row) => {
      const node = nodeOf.get(row);
      return node < 0 || (counts[node] === 1 && columns.personDomain.get(row) < 0) ? -1 : (first[node] ?? -1);
    },
    isAlone: (row) => counts[nodeOf.get(row)] === 1,
    hasDomain: (row) => columns.personDomain.get(row) >= 0,
  };
}

function nodeOfPerson(columns: RecordColumns, row: number): number {
  const domain = columns.personDomain.get(row);
  if (domain >= 0) return domain;
  const core = tellingCore(columns, row);
  return core < 0 ? -1 : columns.domainTable.size + core;
}

/** The typed name, -1 when it is too short to say one company. */
function tellingCore(columns: RecordColumns, row: number): number {
  const core = columns.coreOfName.get(columns.personName.get(row));
  if (core < 0) return -1;
  const text = columns.coreTable.textOf(core);
  return text.length < 2 || (text.length < shortestLatinName && /^[a-z\d]+$/u.test(text)) ? -1 : core;
}

/** The name most typed by the persons of a domain, the first in order on a tie. */
function electNames(columns: RecordColumns, isStranger: (row: number) => boolean): Map<number, number> {
  const votes = new Map<number, Map<number, number>>();
  for (let row = 0; row < columns.personIds.size; row++) {
    const domain = columns.personDomain.get(row);
    if (domain < 0 || columns.personName.get(row) < 0 || !isStranger(row)) continue;
    const core = tellingCore(columns, row);
    if (core < 0) continue;
    const ofDomain = votes.get(domain) ?? new Map<number, number>();
    votes.set(domain, ofDomain.set(core, (ofDomain.get(core) ?? 0) + 1));
  }
  const elected = new Map<number, number>();
  for (const [domain, ofDomain] of votes) {
    let best = -1;
    for (const [core, count] of ofDomain) {
      const leading = best < 0 ? 0 : (ofDomain.get(best) ?? 0);
      const isFirst = count === leading && columns.coreTable.textOf(core) < columns.coreTable.textOf(best);
      if (count > leading || isFirst) best = core;
    }
    elected.set(domain, best);
  }
  return elected;
}

function joinDomainsOfNames(
  columns: RecordColumns,
  nameOfDomain: ReadonlyMap<number, number>,
  parents: Int32Array,
): void {
  const domainsOfName = new Map<number, number[]>();
  for (const [domain, core] of nameOfDomain) {
    const known = domainsOfName.get(core);
    if (known === undefined) domainsOfName.set(core, [domain]);
    else known.push(domain);
  }
  for (const [core, domains] of domainsOfName) {
    const labels = new Set(domains.map((domain) => columns.stemOfDomain.get(domain)));
    if (labels.size > mostDomainsOfName) continue;
    for (const domain of domains)
      parents[findRoot(parents, domain)] = findRoot(parents, columns.domainTable.size + core);
  }
}

function findRoot(parents: Int32Array, node: number): number {
  let root = node;
  while (root >= 0 && parents[root] !== root) root = parents[root] ?? -1;
  return root;
}
