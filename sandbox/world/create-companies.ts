// Turns organisations into account records: which CRM holds them, how often, and what people typed.
// Every CRM ends with exactly the number of accounts asked for.

import { type Country, countryByIso } from './countries.ts';
import { createOrganisation, type Organisation } from './create-organisation.ts';
import { respellName, socialPage, typeWebsite } from './misspell-company.ts';
import { JUNK_NAMES } from './name-parts.ts';
import type { Random } from './random.ts';
import { momentBetween, secondsBefore } from './time.ts';
import type { CrmKind, WorldCompany } from './world.ts';

/** An account record together with the organisation it stands for; null for records that stand for none. */
export interface PlacedCompany {
  readonly company: WorldCompany;
  readonly organisation: Organisation | null;
}

type Draft = Omit<WorldCompany, 'createdAt' | 'modifiedAt'>;
type PlacedDraft = { readonly draft: Draft; readonly organisation: Organisation | null };

// Of 100 accounts in a CRM 45 are in it alone, 25 are one synced record in both, 30 are spelled differently in both.
interface Place {
  /** One entry a record. */
  readonly records: readonly (readonly [CrmKind, ...CrmKind[]])[];
  readonly weight: number;
}
const PLACES: readonly Place[] = [
  { records: [['salesforce']], weight: 45 },
  { records: [['hubspot']], weight: 45 },
  { records: [['salesforce', 'hubspot']], weight: 25 },
  { records: [['salesforce'], ['hubspot']], weight: 30 },
];

const DUPLICATE_SHARE = 0.035;
const SUBSIDIARY_SHARE = 0.045;
const JUNK_SHARE = 0.008;

export const createCompanies = (
  random: Random,
  { accounts, users, asOf }: { readonly accounts: number; readonly users: number; readonly asOf: Date },
): readonly PlacedCompany[] => {
  const room: Record<CrmKind, number> = { salesforce: accounts, hubspot: accounts };
  const placed: PlacedDraft[] = [];
  const takenDomains = new Set<string>();
  let organisations = 0;

  const place = (organisation: Organisation, crms: readonly CrmKind[], parentIndex: number | null): void => {
    const draft = typeAccount(random, { index: placed.length, organisation, crms, users, parentIndex });
    placed.push({ draft, organisation });
    for (const crm of crms) room[crm] -= 1;
  };

  while (room.salesforce > 0 || room.hubspot > 0) {
    const choices = PLACES.filter(({ records }) => records.flat().every((crm) => room[crm] > 0));
    const { records } = random.weighted(choices.map((choice) => [choice, choice.weight]));
    const [firstRecord = []] = records;

    if (records.length === 1 && random.chance(JUNK_SHARE)) {
      placed.push({ draft: typeJunk(random, placed.length, firstRecord, users), organisation: null });
      for (const crm of firstRecord) room[crm] -= 1;
      continue;
    }
    const parent = random.chance(SUBSIDIARY_SHARE) ? findParent(random, placed, records.flat()) : null;
    const organisation = createOrganisation({
      random: random.fork(`organisation ${organisations}`),
      index: organisations,
      takenDomains,
      ...(parent === null ? {} : { parent: parent.organisation }),
    });
    organisations += 1;
    for (const crms of records) {
      const isLinked = parent !== null && crms.every((crm) => parent.draft.crms.includes(crm));
      place(organisation, crms, isLinked ? parent.draft.index : null);
    }
    const [duplicateIn] = random.pick(records);
    if (room[duplicateIn] > 0 && random.chance(DUPLICATE_SHARE)) place(organisation, [duplicateIn], null);
  }
  return stampTimes(random, placed, asOf);
};

const findParent = (
  random: Random,
  placed: readonly PlacedDraft[],
  crms: readonly CrmKind[],
): { readonly draft: Draft; readonly organisation: Organisation } | null => {
  if (placed.length === 0) return null;
  const { draft, organisation } = random.pick(placed);
  // Groups of the invented market are two levels deep, no deeper.
  if (organisation === null || draft.parentIndex !== null) return null;
  return crms.some((crm) => draft.crms.includes(crm)) ? { draft, organisation } : null;
};

interface TypingOptions {
  readonly index: number;
  readonly organisation: Organisation;
  readonly crms: readonly CrmKind[];
  readonly users: number;
  readonly parentIndex: number | null;
}

const typeAccount = (
  random: Random,
  { index, organisation, crms, users, parentIndex }: TypingOptions,
): Draft => {
  const { name, country, relation } = organisation;
  const filled = <T>(value: T, share: number): T | null => (random.chance(share) ? value : null);
  return {
    index,
    name: random.chance(0.5) ? name.legal : respellName(random, name, name.legal),
    ...typeWebsiteAndDomain(random, organisation),
    country: country.iso,
    countryName: random.chance(0.04) ? '' : random.weighted(country.spellings),
    city: filled(random.pick(country.cities), 0.6),
    phone: filled(typePhone(random, country), 0.55),
    industry: filled(organisation.industry, 0.72),
    employees: filled(typeHeadcount(random, organisation.employees), 0.62),
    annualRevenue: filled(organisation.annualRevenue, 0.45),
    currency: organisation.currency,
    // That somebody competes is the one thing sales always writes down.
    type: relation === 'competitor' ? 'Competitor' : filled(TYPE_OF_RELATION[relation], 0.65),
    ownerIndex: filled(random.int(0, users - 1), 0.92),
    parentIndex,
    crms,
  };
};

// One headcount in six is years old.
const typeHeadcount = (random: Random, employees: number): number =>
  random.chance(0.16) ? Math.max(Math.round(employees * (0.7 + random.next() * 0.4)), 1) : employees;

const TYPE_OF_RELATION = { prospect: 'Prospect', customer: 'Customer', partner: 'Partner' } as const;

const typeWebsiteAndDomain = (
  random: Random,
  { domain, name }: Organisation,
): { readonly website: string | null; readonly domain: string | null } => {
  const kind = random.weighted([
    ['own', 80],
    ['none', 17],
    ['social', 3],
  ]);
  if (kind === 'social') return { website: socialPage(random, name.stem).website, domain: null };
  if (kind === 'none' || domain === null) return { website: null, domain: null };
  return { website: typeWebsite(random, domain), domain };
};

const typePhone = (random: Random, country: Country): string =>
  country.phone.replaceAll('#', () => String(random.int(2, 9)));

const typeJunk = (random: Random, index: number, crms: readonly CrmKind[], users: number): Draft => {
  const country =
    countryByIso.get(random.pick(['US', 'DE', 'JP', 'KR'])) ?? random.pick([...countryByIso.values()]);
  return {
    index,
    name: random.pick(JUNK_NAMES),
    website: random.chance(0.2) ? random.pick(['test.com', 'www.example.com', 'http://none', 'n/a']) : null,
    domain: null,
    country: country.iso,
    countryName: random.chance(0.6) ? '' : random.weighted(country.spellings),
    city: null,
    phone: random.chance(0.3) ? '000-0000-0000' : null,
    industry: null,
    employees: random.chance(0.1) ? 1 : null,
    annualRevenue: null,
    currency: 'USD',
    type: null,
    ownerIndex: random.chance(0.7) ? random.int(0, users - 1) : null,
    parentIndex: null,
    crms,
  };
};

// Imports and month-end jobs stamp many records with one instant: cursors must survive that.
const stampTimes = (random: Random, placed: readonly PlacedDraft[], asOf: Date): readonly PlacedCompany[] => {
  const importedAt = [
    secondsBefore(asOf, { days: 1200, hours: 9 }),
    secondsBefore(asOf, { days: 410, hours: 7 }),
  ];
  const jobRanAt = secondsBefore(asOf, { days: 21, hours: 22 });
  // Record ids rise with creation in both CRMs, and ids follow indexes: so do these dates.
  const createdAt = placed
    .map(() =>
      random.chance(0.2)
        ? random.pick(importedAt)
        : secondsBefore(asOf, { days: random.int(1, 1800), hours: random.int(0, 23) }),
    )
    .toSorted((a, b) => a.getTime() - b.getTime());
  return placed.map(({ draft, organisation }, index) => {
    const created = createdAt[index] ?? asOf;
    const modified =
      created < jobRanAt && random.chance(0.3)
        ? jobRanAt
        : momentBetween(random, created, secondsBefore(asOf, { hours: 1 }));
    return { company: { ...draft, createdAt: created, modifiedAt: modified }, organisation };
  });
};
