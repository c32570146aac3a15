// Sixth rung: a Latin name that is the label of exactly one company's domain ("AzureWave", azurewave.com). The record
// itself has no domain; letters too few to mean one company need an equal country on both sides. The first words of a
// name are enough where the domain's company is only known by names in another script.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import type { Buckets } from '../group/buckets.ts';
import { Proposals } from '../group/proposals.ts';
import type { StringTable } from '../group/string-table.ts';

const shortest = { withCountry: 3, firstWords: 5, alone: 5 } as const;

export function groupByDomainStem(view: AccountView, grouping: AccountGrouping): void {
  const { stemTable, nameTable } = view.columns;
  const byStem = view.bucketsOf(stemTable.size, (rank) => view.stemOf(rank));
  const evidence = {
    withCountry: grouping.evidenceNumber('domain-name+country'),
    alone: grouping.evidenceNumber('domain-name'),
  };
  const isLabel = hashesOfLabels(stemTable, byStem);
  const proposals = new Proposals();
  const claims = new Map<number, { owner: number; rank: number }[]>();
  for (let rank = 0; rank < view.count; rank++) {
    if (grouping.companies.hasDomain(rank)) continue;
    for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
      if (view.scriptOfUse(use) !== 'latin' || !nameTable.someBeginning(view.nameOfUse(use), isLabel))
        continue;
      const words = nameTable.textOf(view.nameOfUse(use)).split(' ');
      const whole = words.join('');
      const owner = findOwner(view, grouping, byStem, whole, rank);
      if (owner >= 0) {
        if (isSamePlace(view, owner, rank)) proposals.add(owner, rank, 0.91, evidence.withCountry);
        else if (whole.length >= shortest.alone) proposals.add(owner, rank, 0.88, evidence.alone);
        else grouping.askForReview(owner, rank, 'weak_evidence');
        continue;
      }
      for (const beginning of [words[0] ?? '', words.slice(0, 2).join('')]) {
        if (beginning.length < shortest.firstWords) continue;
        const namesake = findOwner(view, grouping, byStem, beginning, rank);
        if (namesake < 0 || !isSamePlace(view, namesake, rank) || hasLatinName(view, namesake)) continue;
        const root = grouping.companies.find(namesake);
        claims.set(root, [...(claims.get(root) ?? []), { owner: namesake, rank }]);
      }
    }
  }
  for (const rivals of claims.values()) {
    // Acme Bank and Acme Foods cannot both be the acme of the domain.
    const [first] = rivals;
    const isOne = rivals.every(
      ({ rank }) => first !== undefined && grouping.companies.areTogether(rank, first.rank),
    );
    if (isOne) for (const { owner, rank } of rivals) proposals.add(owner, rank, 0.83, evidence.withCountry);
  }
  grouping.apply(
    proposals,
    (a, b) => grouping.companies.countriesClash(a, b) || grouping.companies.domainsClash(a, b),
  );
}

/** Says of a hash whether it may be a label's: most names begin with nobody's, and need not be taken apart to know it. */
function hashesOfLabels(stems: StringTable, byStem: Buckets): (hash: number) => boolean {
  const mask = 2 ** Math.ceil(Math.log2(Math.max(stems.size, 1) * 16)) - 1;
  const known = new Uint8Array(mask + 1);
  for (let stem = 0; stem < stems.size; stem++)
    if (byStem.sizeOf(stem) > 0) known[stems.hashOf(stem) & mask] = 1;
  return (hash) => known[hash & mask] === 1;
}

/** An account of the only company with this label, -1 for none or several. */
function findOwner(
  view: AccountView,
  grouping: AccountGrouping,
  byStem: Buckets,
  label: string,
  rank: number,
): number {
  if (label.length < shortest.withCountry) return -1;
  const owners = byStem
    .membersOf(view.columns.stemTable.find(label))
    .filter((owner) => !isElsewhere(view, owner, rank));
  const [owner] = owners;
  return owner !== undefined && owners.every((other) => grouping.companies.areTogether(other, owner))
    ? owner
    : -1;
}

function isSamePlace(view: AccountView, a: number, b: number): boolean {
  return view.placeOf(a) >= 0 && view.placeOf(a) === view.placeOf(b);
}

function isElsewhere(view: AccountView, a: number, b: number): boolean {
  return view.placeOf(a) >= 0 && view.placeOf(b) >= 0 && view.placeOf(a) !== view.placeOf(b);
}

function hasLatinName(view: AccountView, rank: number): boolean {
  for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
    if (view.scriptOfUse(use) === 'latin') return true;
  }
  return false;
}
