// Attaches persons to the companies of the accounts: what people said first, the CRM's own link, then the domain of
// their e-mail, then the company name they typed. Free mail and junk names attach to nothing; persons whose company has no account
// are gathered among themselves.
import type { KeyAssignment } from './company-record.ts';
import { gatherStrangers } from './gather-strangers.ts';
import type { AccountGroups } from './group-accounts.ts';
import { type PersonJudgements, readPersonJudgements } from './person-judgements.ts';
import type { RecordColumns } from './record-columns.ts';
import type { SettledJudgements } from './settle-judgements.ts';

/** Why a record belongs to its group. */
export interface Grounds {
  readonly evidence: readonly string[];
  readonly confidence: number;
  readonly review: boolean;
}

const grounds = {
  nothing: { evidence: [], confidence: 1, review: false },
  doubtful: { evidence: [], confidence: 1, review: true },
  judgement: { evidence: ['judgement'], confidence: 1, review: false },
  account: { evidence: ['account'], confidence: 0.99, review: false },
  domainAndName: { evidence: ['domain', 'name'], confidence: 0.97, review: false },
  domain: { evidence: ['domain'], confidence: 0.9, review: false },
  domainOfSeveral: { evidence: ['domain'], confidence: 0.6, review: true },
  domainName: { evidence: ['domain-name'], confidence: 0.8, review: false },
  name: { evidence: ['name'], confidence: 0.8, review: false },
  colleaguesByDomain: { evidence: ['domain'], confidence: 0.85, review: false },
  colleaguesByName: { evidence: ['name'], confidence: 0.85, review: false },
} as const satisfies Record<string, Grounds>;
type Kind = keyof typeof grounds;
const kinds = Object.keys(grounds) as Kind[];
const ambiguous = kinds.indexOf('doubtful');

/** A name that more accounts bear decides nothing. */
const mostNamesakes = 64;
const shortestStem = 4;

interface Attachment {
  /** Any account of the company. */
  readonly rank: number;
  readonly kind: Kind;
}

/** Where the persons ended up, by row. */
export interface PersonPlaces {
  /** An account of the person's company, -1 when it has none. */
  rankOf: (row: number) => number;
  /** Of a person whose company has no account: the person that stands for it, -1 for no company. */
  strangerOf: (row: number) => number;
  groundsOf: (row: number) => Grounds;
}

export function attachPersons(
  columns: RecordColumns,
  groups: AccountGroups,
  settled: SettledJudgements,
): PersonPlaces {
  const find = createCompanyFinder(columns, groups);
  const found = findAll(columns, groups, find, readPersonJudgements(columns, groups, settled));
  const strangers = gatherStrangers(
    columns,
    (row) => (found.ranks[row] ?? -1) < 0 && found.kinds[row] !== ambiguous && !columns.gonePersons.has(row),
  );
  const rankOf = (row: number) => found.ranks[row] ?? -1;
  return {
    rankOf,
    strangerOf: (row) => strangers.firstOf(row),
    groundsOf: (row) => {
      const kind = found.kinds[row] ?? 0;
      if (rankOf(row) >= 0 || kind === ambiguous) return grounds[kinds[kind] ?? 'nothing'];
      if (strangers.firstOf(row) < 0 || strangers.isAlone(row)) return grounds.nothing;
      return strangers.hasDomain(row) ? grounds.colleaguesByDomain : grounds.colleaguesByName;
    },
  };
}

export function assignPerson(
  columns: RecordColumns,
  groups: AccountGroups,
  places: PersonPlaces,
  row: number,
): KeyAssignment {
  const rank = places.rankOf(row);
  const stranger = rank < 0 ? places.strangerOf(row) : -1;
  const colleague = stranger < 0 ? null : columns.personIds.textOf(stranger);
  return {
    id: columns.personIds.textOf(row),
    kind: 'person',
    group: rank < 0 ? colleague : groups.view.idOf(groups.groupOf(rank)),
    family: rank < 0 ? colleague : groups.view.idOf(groups.familyOf(rank)),
    ...places.groundsOf(row),
  };
}

type FindCompany = (domain: number, name: number, country: number) => Attachment | 'ambiguous' | null;

interface Found {
  /** An account of the person's company by row, -1 for none. */
  readonly ranks: Int32Array;
  readonly kinds: Uint8Array;
}

function findAll(
  columns: RecordColumns,
  { view }: AccountGroups,
  find: FindCompany,
  judgements: PersonJudgements,
): Found {
  const found = {
    ranks: new Int32Array(columns.personIds.size).fill(-1),
    kinds: new Uint8Array(columns.personIds.size),
  };
  const numbers = Object.fromEntries(kinds.map((kind, number) => [kind, number])) as Record<Kind, number>;
  for (let row = 0; row < found.ranks.length; row++) {
    if (columns.gonePersons.has(row)) continue;
    const judged = judgements.companyOf(row);
    const linked = judged >= 0 ? judged : view.rankOfLink(columns.personLink.get(row));
    const isLinked = linked >= 0 && (judged >= 0 || !judgements.isApart(row, linked));
    const attachment: Attachment | 'ambiguous' | null = isLinked
      ? { rank: linked, kind: judged >= 0 ? 'judgement' : 'account' }
      : find(columns.personDomain.get(row), columns.personName.get(row), columns.personCountry.get(row));
    if (attachment === 'ambiguous') found.kinds[row] = ambiguous;
    else if (attachment !== null && !judgements.isApart(row, attachment.rank)) {
      found.ranks[row] = attachment.rank;
      found.kinds[row] = numbers[attachment.kind];
    }
  }
  return found;
}

function createCompanyFinder(columns: RecordColumns, groups: AccountGroups): FindCompany {
  const { view, grouping, shortNames } = groups;
  const byDomain = view.accountsByDomain();
  const byStem = view.bucketsOf(columns.stemTable.size, (rank) => view.stemOf(rank));
  const byCore = view.accountsByCore();
  // Colleagues ask the same question, most of them by their domain alone.
  const ofDomain = Array.from<Attachment | 'ambiguous' | null | undefined>({
    length: columns.domainTable.size,
  });

  /** The one company of a typed name, -1 for none, -2 for several. */
  const findNamed = (name: number, country: number): number => {
    const core = columns.coreOfName.get(name);
    if (core < 0) return -1;
    if (byCore.sizeOf(core) > mostNamesakes) return severalCompanies;
    const namesakes = byCore
      .membersOf(core)
      .filter((rank) => country < 0 || view.placeOf(rank) < 0 || view.placeOf(rank) === country);
    const [first] = namesakes;
    if (first !== undefined)
      return namesakes.every((rank) => grouping.companies.areTogether(rank, first))
        ? first
        : severalCompanies;
    return shortNames.find(columns.coreTable.textOf(core), country);
  };

  const findOnDomain = (domain: number, named: number, country: number): Attachment | null => {
    const owners = byDomain.membersOf(domain);
    if (owners.length === 0) return null;
    const main = chooseMain(owners, groups, country);
    if (named >= 0 && groups.familyOf(named) === groups.familyOf(main.rank)) {
      return { rank: named, kind: 'domainAndName' };
    }
    return { rank: main.rank, kind: main.isClear ? 'domain' : 'domainOfSeveral' };
  };

  /** acme.com is acme.com.tw's when no other company has that label. */
  const findByStem = (domain: number): Attachment | null => {
    const stem = columns.stemOfDomain.get(domain);
    if (columns.stemTable.textOf(stem).length < shortestStem) return null;
    const place = columns.placeOfDomain.get(domain);
    const owners = byStem
      .membersOf(stem)
      .filter((rank) => place < 0 || view.placeOf(rank) < 0 || view.placeOf(rank) === place);
    const [first] = owners;
    if (first === undefined || !owners.every((rank) => grouping.companies.areTogether(rank, first)))
      return null;
    return { rank: first, kind: 'domainName' };
  };

  const decide: FindCompany = (domain, name, country) => {
    const named = name < 0 ? -1 : findNamed(name, country);
    const onDomain = domain < 0 ? null : findOnDomain(domain, named, country);
    if (onDomain !== null) return onDomain;
    if (named >= 0) return { rank: named, kind: 'name' };
    const ofLabel = domain < 0 ? null : findByStem(domain);
    // With a domain of their own they are that domain's, whoever else is called so.
    return ofLabel === null && domain < 0 && named === severalCompanies ? 'ambiguous' : ofLabel;
  };

  return (domain, name, country) => {
    if (domain < 0 && name < 0) return null;
    if (name >= 0 || country >= 0) return decide(domain, name, country);
    const known = ofDomain[domain];
    if (known !== undefined) return known;
    const decided = decide(domain, name, country);
    ofDomain[domain] = decided;
    return decided;
  };
}

const severalCompanies = -2;

/** Of the companies on a domain: the one in the person's country, else the one with most accounts; the lower rank on a tie. */
function chooseMain(
  owners: Int32Array,
  groups: AccountGroups,
  country: number,
): { rank: number; isClear: boolean } {
  const counts = new Map<number, number>();
  const compatriots = country < 0 ? [] : owners.filter((rank) => groups.view.countryOf(rank) === country);
  const candidates = compatriots.length > 0 ? compatriots : owners;
  for (const rank of candidates)
    counts.set(groups.groupOf(rank), (counts.get(groups.groupOf(rank)) ?? 0) + 1);
  let best = -1;
  let second = 0;
  for (const [group, count] of counts) {
    const leading = best < 0 ? 0 : (counts.get(best) ?? 0);
    if (count > leading || (count === leading && group < best)) {
      second = leading;
      best = group;
    } else second = Math.max(second, count);
  }
  return { rank: best, isClear: second === 0 || (counts.get(best) ?? 0) >= second * 2 };
}
