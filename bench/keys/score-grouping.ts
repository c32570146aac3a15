// Scores a grouping against labels: pairs, B-cubed (each record's own precision and recall, averaged), and whether
// persons stand with the company that most accounts of their group belong to.
import type { LabelledRecord } from './labelled-set.ts';

export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface GroupingScore {
  readonly pairwise: Rates;
  readonly bcubed: Rates;
  /** Null for a set without persons. */
  readonly contacts: Rates | null;
}

/** A record without a group is a company of its own. */
export function scoreGrouping(
  labelled: readonly LabelledRecord[],
  groupOf: ReadonlyMap<string, string | null>,
): GroupingScore {
  const known = labelled.filter(({ cluster }) => cluster !== null);
  const clusters = new Map<string, number>();
  const groups = new Map<string, number>();
  const shared = new Map<string, number>();
  const nameOf = ({ record }: LabelledRecord) => groupOf.get(record.id) ?? `alone ${record.id}`;
  for (const each of known) {
    count(clusters, each.cluster ?? '');
    count(groups, nameOf(each));
    count(shared, `${each.cluster}\n${nameOf(each)}`);
  }
  let precision = 0;
  let recall = 0;
  for (const [both, size] of shared) {
    const [cluster = '', group = ''] = both.split('\n');
    precision += (size * size) / (groups.get(group) ?? size);
    recall += (size * size) / (clusters.get(cluster) ?? size);
  }
  const truePairs = pairsIn(shared);
  return {
    pairwise: toRates(share(truePairs, pairsIn(groups)), share(truePairs, pairsIn(clusters))),
    bcubed: toRates(share(precision, known.length), share(recall, known.length)),
    contacts: scoreContacts(labelled, nameOf),
  };
}

function scoreContacts(
  labelled: readonly LabelledRecord[],
  nameOf: (each: LabelledRecord) => string,
): Rates | null {
  const persons = labelled.filter(({ record }) => record.kind === 'person');
  if (persons.length === 0) return null;
  const votes = new Map<string, Map<string, number>>();
  const withAccount = new Set<string>();
  for (const each of labelled) {
    if (each.record.kind === 'person' || each.cluster === null) continue;
    withAccount.add(each.cluster);
    const group = nameOf(each);
    const byCluster = votes.get(group) ?? new Map<string, number>();
    votes.set(group, byCluster);
    count(byCluster, each.cluster);
  }
  let attached = 0;
  let right = 0;
  let attachable = 0;
  for (const each of persons) {
    const byCluster = votes.get(nameOf(each));
    const [elected] = byCluster === undefined ? [] : [...byCluster].toSorted((a, b) => b[1] - a[1]);
    if (each.cluster !== null && withAccount.has(each.cluster)) attachable++;
    if (elected === undefined) continue;
    attached++;
    if (elected[0] === each.cluster) right++;
  }
  return toRates(share(right, attached), share(right, attachable));
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairsIn(counts: ReadonlyMap<string, number>): number {
  let pairs = 0;
  for (const size of counts.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function toRates(precision: number, recall: number): Rates {
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}
