// A market written by hand: just the companies, people and deals that a test says something about, as the world that both
// sandboxes are seeded from. Everything a test leaves out is plain and the same for all.
import type {
  CrmKind,
  World,
  WorldCompany,
  WorldDeal,
  WorldPerson,
  WorldUser,
} from '#sandbox/world/world.ts';

export interface MarketPerson {
  /** Local part of the address and last name. */
  readonly name: string;
  readonly title?: string | null;
  readonly email?: string | null;
}

export interface MarketDeal {
  readonly amount: number | null;
  readonly currency?: string;
  readonly stage: 'open' | 'won' | 'lost';
  /** Days from the market's moment; negative lies before it. */
  readonly closesInDays: number;
}

export interface MarketCompany {
  readonly name: string;
  readonly domain: string | null;
  readonly country?: string;
  readonly industry?: string | null;
  readonly employees?: number | null;
  readonly annualRevenue?: number | null;
  readonly type?: string | null;
  /** Position among the users; null has nobody, which only HubSpot allows. */
  readonly owner?: number | null;
  readonly crms?: readonly CrmKind[];
  readonly people?: readonly MarketPerson[];
  readonly deals?: readonly MarketDeal[];
}

export const BOTH_CRMS: readonly CrmKind[] = ['salesforce', 'hubspot'];

const DAY_MS = 86_400_000;
const AGE_DAYS = 400;
const UNTOUCHED_DAYS = 60;

/** @param inactiveUsers positions of users who have left */
export function createMarket(
  asOf: string,
  companies: readonly MarketCompany[],
  { users = 4, inactiveUsers = [] }: { users?: number; inactiveUsers?: readonly number[] } = {},
): World {
  const moment = new Date(asOf);
  const dated = {
    createdAt: daysFrom(moment, -AGE_DAYS),
    modifiedAt: daysFrom(moment, -UNTOUCHED_DAYS),
  };
  const people: WorldPerson[] = [];
  const deals: WorldDeal[] = [];
  const placed = companies.map((company, index): WorldCompany => {
    const crms = company.crms ?? BOTH_CRMS;
    for (const person of company.people ?? [])
      people.push({
        ...dated,
        ...toPerson(person, company.domain),
        index: people.length,
        companyIndex: index,
        crms,
      });
    for (const deal of company.deals ?? []) {
      deals.push({
        ...dated,
        index: deals.length,
        companyIndex: index,
        name: `${company.name} ${deals.length}`,
        amount: deal.amount,
        currency: deal.currency ?? 'USD',
        stage: deal.stage,
        closeOn: daysFrom(moment, deal.closesInDays),
        peopleIndexes: [],
        crms,
      });
    }
    return { ...dated, ...toCompany(company), index, crms };
  });
  return {
    asOf: moment,
    users: Array.from({ length: users }, (_, index) => toUser(index, !inactiveUsers.includes(index))),
    companies: placed,
    people,
    deals,
  };
}

function toCompany(
  company: MarketCompany,
): Omit<WorldCompany, 'index' | 'crms' | 'createdAt' | 'modifiedAt'> {
  const { name, domain, country = 'US' } = company;
  return {
    name,
    domain,
    website: domain === null ? null : `https://www.${domain}`,
    country,
    countryName: country,
    city: null,
    phone: null,
    industry: company.industry ?? null,
    employees: company.employees ?? null,
    annualRevenue: company.annualRevenue ?? null,
    currency: 'USD',
    type: company.type ?? null,
    ownerIndex: company.owner === undefined ? 0 : company.owner,
    parentIndex: null,
  };
}

function toPerson({ name, title, email }: MarketPerson, domain: string | null) {
  return {
    firstName: 'Kim',
    lastName: name,
    title: title ?? null,
    email: email === undefined && domain !== null ? emailOf(name, domain) : (email ?? null),
    optedOut: false,
  };
}

export function emailOf(name: string, domain: string): string {
  return `${name.toLowerCase()}@${domain}`;
}

function toUser(index: number, active: boolean): WorldUser {
  const name =
    ['Ana Ruiz', 'Ben Okafor', 'Chloe Martin', 'Dai Sato', 'Eva Novak', 'Finn Berg'][index] ??
    `User ${index}`;
  return { index, name, email: `${name.toLowerCase().replaceAll(' ', '.')}@seller.example`, active };
}

function daysFrom(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * DAY_MS);
}
