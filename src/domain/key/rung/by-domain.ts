// Third rung: one own domain. Records of one domain are one company when their countries agree, they stand on one
// sub-host, and their names do not tell of two companies; whatever stays apart is one family.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import { Proposals } from '../group/proposals.ts';
import { relateNames } from '../name/relate-names.ts';
import { nameFlags } from '../record-columns.ts';

/** A domain with more unlike names than this is a portal's or a group's: there only the name decides. */
const maxUnlikeNames = 12;
const maxMembers = 400;

interface Part {
  readonly members: readonly number[];
  /** Names have to agree: nothing says that the members are in one country. */
  readonly isLoose: boolean;
}

export function groupByDomain(view: AccountView, grouping: AccountGrouping): void {
  const { domainTable } = view.columns;
  const byDomain = view.accountsByDomain();
  const proposals = new Proposals();
  for (let domain = 0; domain < domainTable.size; domain++) {
    if (byDomain.sizeOf(domain) < 2) continue;
    const members = [...byDomain.membersOf(domain)];
    const [first] = members;
    for (const rank of members) if (first !== undefined) grouping.joinFamilies(first, rank);
    for (const onHost of splitBy(members, (rank) =>
      view.domainOf(rank) === domain ? view.subHostOf(rank) : -1,
    )) {
      for (const part of splitByCountry(view, onHost)) proposeWithin(view, grouping, part, proposals);
    }
  }
  grouping.apply(proposals, (a, b) => grouping.companies.countriesClash(a, b));
}

function splitBy(members: readonly number[], keyOf: (rank: number) => number): number[][] {
  const parts = new Map<number, number[]>();
  for (const rank of members) {
    const part = parts.get(keyOf(rank));
    if (part === undefined) parts.set(keyOf(rank), [rank]);
    else part.push(rank);
  }
  return [...parts.values()];
}

/**
 * One part a country. Members without one go where their name stands, and only if it stands in one country; on a
 * domain of several countries the rest are held together by their names alone.
 */
function splitByCountry(view: AccountView, members: readonly number[]): Part[] {
  const located = splitBy(
    members.filter((rank) => view.countryOf(rank) >= 0),
    (rank) => view.countryOf(rank),
  );
  if (located.length < 2) return [{ members, isLoose: false }];
  const countriesOfCore = new Map<number, Set<number>>();
  located.forEach((part, index) => {
    for (const rank of part) {
      for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
        const core = view.coreOfUse(use);
        countriesOfCore.set(core, (countriesOfCore.get(core) ?? new Set<number>()).add(index));
      }
    }
  });
  const adrift: number[] = [];
  for (const rank of members) {
    if (view.countryOf(rank) >= 0) continue;
    const found = countriesOfCore.get(view.mainCoreOf(rank));
    const [only] = found ?? [];
    if (found?.size === 1 && only !== undefined) located[only]?.push(rank);
    else if (found === undefined) adrift.push(rank);
  }
  return [
    ...located.map((part) => ({ members: part.toSorted((a, b) => a - b), isLoose: false })),
    { members: adrift, isLoose: true },
  ];
}

function proposeWithin(view: AccountView, grouping: AccountGrouping, part: Part, proposals: Proposals): void {
  const { nameTable } = view.columns;
  const domainAndName = grouping.evidenceNumber('domain', 'name');
  const domainOnly = grouping.evidenceNumber('domain');
  // One account stands for each name of the part.
  const leaders = new Map<number, number>();
  const unnamed: number[] = [];
  for (const rank of part.members) {
    if (view.firstUse(rank) === view.lastUse(rank)) unnamed.push(rank);
    for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
      const leader = leaders.get(view.coreOfUse(use));
      if (leader === undefined) leaders.set(view.coreOfUse(use), use);
      else proposals.add(ownerOfUse(view, part.members, leader), rank, 0.98, domainAndName);
    }
  }
  const uses = [...leaders.values()].map((use) => ({
    use,
    rank: ownerOfUse(view, part.members, use),
    name: nameTable.textOf(view.nameOfUse(use)),
  }));
  const isPortal = uses.length > maxUnlikeNames || part.members.length > maxMembers;
  if (isPortal) grouping.omissions.portalDomains++;
  if (uses.length <= maxUnlikeNames * 4) {
    for (const [index, one] of uses.entries()) {
      for (const other of uses.slice(index + 1)) {
        const relation = relateNames(one.name, other.name);
        if (relation === 'other_number') continue;
        if (relation === 'equal' || relation === 'near')
          proposals.add(one.rank, other.rank, 0.96, domainAndName);
        else if (isPortal || part.isLoose) continue;
        else if (relation === 'other_script') proposals.add(one.rank, other.rank, 0.95, domainOnly);
        else if (bothHaveLegalForm(view, one.use, other.use))
          grouping.askForReview(one.rank, other.rank, 'unlike_names');
        else proposals.add(one.rank, other.rank, 0.86, domainOnly);
      }
    }
  }
  const [leader] = part.members;
  if (isPortal || part.isLoose || leader === undefined) return;
  for (const rank of unnamed) proposals.add(leader, rank, 0.9, domainOnly);
}

/** Two full legal names that are unlike are two companies of one house. */
function bothHaveLegalForm(view: AccountView, a: number, b: number): boolean {
  return (view.flagsOfUse(a) & view.flagsOfUse(b) & nameFlags.hasLegalForm) !== 0;
}

function ownerOfUse(view: AccountView, members: readonly number[], use: number): number {
  let low = 0;
  let high = members.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (view.firstUse(members[middle] ?? 0) <= use) low = middle;
    else high = middle - 1;
  }
  return members[low] ?? 0;
}
