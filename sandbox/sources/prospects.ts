// The companies a data vendor would see behind the account records: duplicates and both CRMs' spellings are one.
// What no record says about a company is invented here, once, so that all sources tell the same story.
import { countryByIso } from '#sandbox/world/countries.ts';
import { ROUGH_RATES } from '#sandbox/world/create-organisation.ts';
import { createRandom, type Random } from '#sandbox/world/random.ts';
import type { World, WorldCompany, WorldDeal, WorldPerson } from '#sandbox/world/world.ts';
import { type Behaviour, chooseBehaviour } from './behaviour.ts';

export interface Prospect {
  /** Domain, else name and country of its first record: what its generator is forked from. */
  readonly label: string;
  readonly domain: string | null;
  readonly name: string;
  readonly country: string;
  readonly industry: string;
  readonly employees: number;
  readonly revenueInDollars: number;
  readonly isCustomer: boolean;
  readonly people: readonly WorldPerson[];
  readonly deals: readonly WorldDeal[];
  readonly behaviour: Behaviour;
  /** Independent generators, one a source: a row added to one doesn't move the others. */
  randomFor(source: string): Random;
}

const SOURCES_SEED = 20_261_120;

export const collectProspects = (world: World): readonly Prospect[] => {
  const recordsOf = Map.groupBy(world.companies, labelOf);
  const peopleOf = Map.groupBy(world.people, (person) => person.companyIndex);
  const dealsOf = Map.groupBy(world.deals, (deal) => deal.companyIndex);
  const root = createRandom(SOURCES_SEED);
  return [...recordsOf].flatMap(([label, records]) => {
    const [first] = records;
    if (first === undefined || isJunk(records)) return [];
    const people = records.flatMap((record) => peopleOf.get(record.index) ?? []);
    const deals = records.flatMap((record) => dealsOf.get(record.index) ?? []);
    return [describeProspect(root.fork(label), { label, first, records, people, deals })];
  });
};

const labelOf = (company: WorldCompany): string =>
  company.domain ?? `${company.name.trim()} (${company.country})`;

// No vendor has data on "Test" or "asdf": no domain, no industry, no size.
const isJunk = (records: readonly WorldCompany[]): boolean =>
  records.every(
    ({ domain, industry, type, city }) =>
      domain === null && industry === null && type === null && city === null,
  );

interface Seen {
  readonly label: string;
  readonly first: WorldCompany;
  readonly records: readonly WorldCompany[];
  readonly people: readonly WorldPerson[];
  readonly deals: readonly WorldDeal[];
}

const describeProspect = (random: Random, { label, first, records, people, deals }: Seen): Prospect => {
  const known = <K extends keyof WorldCompany>(field: K): NonNullable<WorldCompany[K]> | null =>
    records.map((record) => record[field]).find((value) => value !== null) ?? null;

  const industry =
    known('industry') ??
    random.weighted([
      ['Manufacturing', 5],
      ['Software', 3],
      ['Logistics', 1],
      ['Retail', 3],
      ['Consulting', 3],
    ]);
  const isCore = isCoreIndustry(industry) && ['US', 'DE', 'JP', 'FR', 'GB'].includes(first.country);
  const employees =
    known('employees') ??
    Math.max(Math.round(isCore ? random.logNormal(900, 0.95) : random.logNormal(110, 1.5)), 1);
  const revenue = records.find((record) => record.annualRevenue !== null);
  return {
    label,
    domain: first.domain,
    name: first.name.trim(),
    country: first.country,
    industry,
    employees,
    revenueInDollars:
      revenue === undefined || revenue.annualRevenue === null
        ? Math.round(employees * random.logNormal(190_000, 0.4))
        : Math.round(revenue.annualRevenue / (ROUGH_RATES[revenue.currency] ?? 1)),
    isCustomer: known('type') === 'Customer' || deals.some((deal) => deal.stage === 'won'),
    people,
    deals,
    behaviour: chooseBehaviour(random, {
      isCore,
      employees,
      hasOpenDeal: deals.some((deal) => deal.stage === 'open'),
    }),
    randomFor: (source) => random.fork(source),
  };
};

export const isCoreIndustry = (industry: string): boolean =>
  industry === 'Manufacturing' || industry === 'Software';

/** A name a vendor's file would print for the country: the English one. */
export const countryNameOf = (prospect: Prospect): string =>
  countryByIso.get(prospect.country)?.spellings[0]?.[0] ?? prospect.country;
