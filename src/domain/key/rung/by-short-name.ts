// Fifth rung: a short Han name (中鋼) is a company's when its characters stand in one legal name only (中國鋼鐵), in order
// and from the first. Han alone: in kana and Hangul every short string is inside another. Japan uses full names.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import { Buckets } from '../group/buckets.ts';
import { GrowingColumn } from '../group/growing-column.ts';
import { Proposals } from '../group/proposals.ts';
import { StringTable } from '../group/string-table.ts';
import { isSubsequence } from '../name/relate-names.ts';
import { nameFlags } from '../record-columns.ts';

const shortNameLengths = { from: 2, to: 5 } as const;
const longestLegalName = 20;
/** A pair of characters that begins more legal names than this distinguishes nothing. */
const maxCandidates = 64;

export interface ShortNameIndex {
  /** Rank of the one account whose legal name the short name stands for, -1 for none or several. */
  find: (shortName: string, country: number) => number;
}

interface Claim {
  readonly rank: number;
  readonly core: string;
  readonly legal: number;
}

export function groupByShortName(view: AccountView, grouping: AccountGrouping): ShortNameIndex {
  const names = new LegalNames(view);
  const find = (shortName: string, country: number) =>
    findLegalName(names, view, grouping, shortName, country);
  const proposals = new Proposals();
  const evidence = grouping.evidenceNumber('short-name+country');
  const japan = view.columns.countryTable.find('JP');
  const claims = new Map<number, Claim[]>();
  for (let rank = 0; rank < view.count; rank++) {
    if (view.countryOf(rank) === japan && japan >= 0) continue;
    for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
      if ((view.flagsOfUse(use) & nameFlags.hasLegalForm) !== 0) continue;
      const core = view.columns.coreTable.textOf(view.coreOfUse(use));
      if (!isShortHanName(core)) continue;
      const legal = find(core, view.placeOf(rank));
      if (legal < 0) continue;
      const root = grouping.companies.find(legal);
      const claim = { rank, core, legal };
      const known = claims.get(root);
      if (known === undefined) claims.set(root, [claim]);
      else known.push(claim);
    }
  }
  for (const rivals of claims.values()) {
    const longest = rivals.reduce(
      (best, { core }) =>
        core.length > best.length || (core.length === best.length && core < best) ? core : best,
      '',
    );
    // Two short names of one legal name have to be one inside the other (台積, 台積電).
    for (const { rank, core, legal } of rivals) {
      if (isSubsequence(core, longest)) proposals.add(legal, rank, 0.92, evidence);
      else grouping.askForReview(legal, rank, 'several_candidates');
    }
  }
  grouping.apply(
    proposals,
    (a, b) => grouping.companies.countriesClash(a, b) || grouping.companies.domainsClash(a, b),
  );
  return {
    find: (shortName, country) => (isShortHanName(shortName) ? find(shortName, country) : -1),
  };
}

export function isShortHanName(core: string): boolean {
  return (
    core.length >= shortNameLengths.from &&
    core.length <= shortNameLengths.to &&
    /^\p{Script=Han}+$/u.test(core)
  );
}

/** Legal names by their first character and each of the following ones. */
class LegalNames {
  private readonly pairs = new StringTable();
  private readonly buckets: Buckets;
  private readonly rankByUse: GrowingColumn;

  constructor(view: AccountView) {
    const keys = new GrowingColumn();
    const uses = new GrowingColumn();
    this.rankByUse = new GrowingColumn();
    for (let rank = 0; rank < view.count; rank++) {
      for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
        this.rankByUse.push(rank);
        if ((view.flagsOfUse(use) & nameFlags.hasLegalForm) === 0) continue;
        const core = view.columns.coreTable.textOf(view.coreOfUse(use));
        if (
          core.length <= shortNameLengths.from ||
          core.length > longestLegalName ||
          !/^\p{Script=Han}/u.test(core)
        )
          continue;
        for (const character of new Set(core.slice(1))) {
          keys.push(this.pairs.numberOf(`${core[0] ?? ''}${character}`));
          uses.push(use);
        }
      }
    }
    this.buckets = new Buckets(this.pairs.size, keys, uses);
  }

  /** Uses of names that begin with the character and hold the rarest of the others; none when even that is common. */
  candidates(shortName: string): Int32Array {
    let rarest = -1;
    for (const character of shortName.slice(1)) {
      const pair = this.pairs.find(`${shortName[0] ?? ''}${character}`);
      if (pair < 0) return noUses;
      if (rarest < 0 || this.buckets.sizeOf(pair) < this.buckets.sizeOf(rarest)) rarest = pair;
    }
    return this.buckets.sizeOf(rarest) > maxCandidates ? noUses : this.buckets.membersOf(rarest);
  }

  rankOfUse(use: number): number {
    return this.rankByUse.get(use);
  }
}

const noUses = new Int32Array(0);

/** Rank of an account of the only company that fits, -1 for none or several. */
function findLegalName(
  names: LegalNames,
  view: AccountView,
  grouping: AccountGrouping,
  shortName: string,
  country: number,
): number {
  const fitting: number[] = [];
  const beginning: number[] = [];
  for (const use of names.candidates(shortName)) {
    const rank = names.rankOfUse(use);
    const place = view.placeOf(rank);
    const core = view.columns.coreTable.textOf(view.coreOfUse(use));
    if (core.length <= shortName.length || (country >= 0 && place >= 0 && place !== country)) continue;
    // A name that begins with the short one fits better than one that only holds its characters.
    if (core.startsWith(shortName)) beginning.push(rank);
    else if (isSubsequence(shortName, core)) fitting.push(rank);
  }
  const candidates = beginning.length > 0 ? beginning : fitting;
  const [first] = candidates;
  if (first === undefined) return -1;
  return candidates.every((rank) => grouping.companies.areTogether(rank, first)) ? first : -1;
}
