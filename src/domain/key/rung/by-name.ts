// Fourth rung: equal core names. A name alone is weak: the countries have to agree, own domains must not contradict,
// and a short bare acronym ("NEO") names too many companies to decide anything.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import { Buckets } from '../group/buckets.ts';
import { GrowingColumn } from '../group/growing-column.ts';
import { Proposals } from '../group/proposals.ts';
import { nameFlags } from '../record-columns.ts';

const shortestName = 4;

export function groupByName(view: AccountView, grouping: AccountGrouping): void {
  const keys = new GrowingColumn();
  const uses = new GrowingColumn();
  const ranks: number[] = [];
  for (let rank = 0; rank < view.count; rank++) {
    for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
      keys.push(view.coreOfUse(use));
      uses.push(use);
      ranks[use] = rank;
    }
  }
  const buckets = new Buckets(view.columns.coreTable.size, keys, uses);
  const proposals = new Proposals();
  for (let core = 0; core < view.columns.coreTable.size; core++) {
    if (buckets.sizeOf(core) < 2) continue;
    const members = Array.from(buckets.membersOf(core), (use) => ({
      rank: ranks[use] ?? 0,
      flags: view.flagsOfUse(use),
    }));
    const isAcronym = isAcronymLike(view.columns.coreTable.textOf(core));
    proposeWithin(view, grouping, isAcronym ? withoutLoneAcronyms(view, members) : members, proposals);
  }
  grouping.apply(
    proposals,
    (a, b) => grouping.companies.countriesClash(a, b) || grouping.companies.domainsClash(a, b),
  );
}

interface Member {
  readonly rank: number;
  readonly flags: number;
}

function proposeWithin(
  view: AccountView,
  grouping: AccountGrouping,
  members: readonly Member[],
  proposals: Proposals,
): void {
  const places = new Set(members.map(({ rank }) => view.placeOf(rank)).filter((place) => place >= 0));
  const [onlyPlace] = places;
  const parts = new Map<number, Member[]>();
  for (const member of members) {
    const place = view.placeOf(member.rank);
    if (place < 0 && places.size > 1) continue;
    const key = place < 0 ? (onlyPlace ?? -1) : place;
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [member]);
    else part.push(member);
  }
  const nameAndCountry = grouping.evidenceNumber('name+country');
  const nameOnly = grouping.evidenceNumber('name');
  for (const part of parts.values()) {
    for (const same of splitByKind(part)) {
      const [first] = same;
      const isAmbiguous = ownDomains(view, same) > 1;
      for (const { rank } of same) {
        if (first === undefined || rank === first.rank) continue;
        if (isAmbiguous) {
          grouping.askForReview(first.rank, rank, 'several_candidates');
          continue;
        }
        const isLocated = view.countryOf(rank) >= 0 && view.countryOf(first.rank) >= 0;
        proposals.add(first.rank, rank, isLocated ? 0.95 : 0.9, isLocated ? nameAndCountry : nameOnly);
      }
    }
  }
}

/** A partnership is not the corporation of the same name; a name without a legal form may be either, if only one is there. */
function splitByKind(members: readonly Member[]): Member[][] {
  const partnerships = members.filter(({ flags }) => (flags & nameFlags.isPartnership) !== 0);
  const others = members.filter(({ flags }) => (flags & nameFlags.isPartnership) === 0);
  if (partnerships.length === 0) return [others];
  return others.some(({ flags }) => (flags & nameFlags.hasLegalForm) !== 0)
    ? [partnerships, others]
    : [[...members]];
}

function ownDomains(view: AccountView, members: readonly Member[]): number {
  return new Set(members.map(({ rank }) => view.stemOf(rank)).filter((stem) => stem >= 0)).size;
}

/** "neo", "h20", "sbi": too short to be one company's. "Acme" and "Nike" are words. */
function isAcronymLike(core: string): boolean {
  if (!/^[a-z\d]+$/u.test(core)) return false;
  const vowels = core.match(/[aeiou]/gu)?.length ?? 0;
  return core.length < shortestName || (core.length === shortestName && vowels < 2);
}

/** A bare acronym counts where the same letters stand with a legal form in the same known country. */
function withoutLoneAcronyms(view: AccountView, members: readonly Member[]): readonly Member[] {
  const places = new Set<number>();
  for (const { rank, flags } of members)
    if ((flags & nameFlags.hasLegalForm) !== 0) places.add(view.placeOf(rank));
  places.delete(-1);
  return members.filter(
    ({ rank, flags }) => (flags & nameFlags.hasLegalForm) !== 0 || places.has(view.placeOf(rank)),
  );
}
