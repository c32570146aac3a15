// Invents one company as it really is, before any CRM user typed anything: name, home, size, and what it is to us.

import { COUNTRIES, type Country } from './countries.ts';
import { type CompanyName, createCompanyName } from './create-company-name.ts';
import { INDUSTRIES, type Industry } from './industries.ts';
import type { Random } from './random.ts';

const RELATIONS = ['prospect', 'customer', 'competitor', 'partner'] as const;
type Relation = (typeof RELATIONS)[number];

export interface Organisation {
  readonly index: number;
  readonly name: CompanyName;
  readonly country: Country;
  readonly industry: Industry;
  readonly employees: number;
  /** In `currency`. */
  readonly annualRevenue: number;
  /** What its records and deals are kept in. */
  readonly currency: string;
  /** Its own registrable domain, which no other organisation has; null for the few without any. */
  readonly domain: string | null;
  readonly relation: Relation;
}

/** Rough rates to the US dollar: good enough to invent amounts of the right size. */
export const ROUGH_RATES: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.92,
  JPY: 150,
  GBP: 0.79,
  CAD: 1.36,
  CHF: 0.88,
  MXN: 18,
  SEK: 10.5,
  KRW: 1350,
  TWD: 32,
  CNY: 7.2,
  BRL: 5.5,
  INR: 84,
  SGD: 1.34,
  AUD: 1.5,
};

// Sales teams collect the market they sell to: almost half the accounts lie in it, the rest is everybody else.
const CORE_MARKET_SHARE = 0.5;
const CORE_COUNTRIES = COUNTRIES.filter(({ iso }) => ['US', 'DE', 'JP', 'FR', 'GB'].includes(iso));
const CORE_INDUSTRIES: readonly (readonly [Industry, number])[] = [
  ['Manufacturing', 6],
  ['Software', 4],
  ['Logistics', 1.5],
];

const byWeight = (countries: readonly Country[]): readonly (readonly [Country, number])[] =>
  countries.map((country) => [country, country.weight]);

export interface OrganisationOptions {
  readonly random: Random;
  readonly index: number;
  /** The parent, when it is to be a subsidiary. */
  readonly parent?: Organisation;
  /** Domains other organisations have; the new one is added. */
  readonly takenDomains: Set<string>;
}

export const createOrganisation = ({
  random,
  index,
  parent,
  takenDomains,
}: OrganisationOptions): Organisation => {
  const isCore = random.chance(CORE_MARKET_SHARE);
  const country = random.weighted(byWeight(isCore ? CORE_COUNTRIES : COUNTRIES));
  const industry = parent?.industry ?? (isCore ? random.weighted(CORE_INDUSTRIES) : random.pick(INDUSTRIES));
  const employees = Math.min(
    Math.max(Math.round(isCore ? random.logNormal(900, 0.95) : random.logNormal(110, 1.5)), 1),
    180_000,
  );
  const currency = chooseCurrency(random, country);
  const revenueInDollars = employees * random.logNormal(190_000, 0.4);
  const { name, domain } = chooseNameAndDomain({ random, country, industry, parent, takenDomains });
  return {
    index,
    name,
    country,
    industry,
    employees,
    annualRevenue: roundToTwoDigits(revenueInDollars * (ROUGH_RATES[currency] ?? 1)),
    currency,
    domain,
    relation: random.weighted([
      ['prospect', 83],
      ['customer', isCore ? 13 : 11],
      ['competitor', 2.5],
      ['partner', 3],
    ]),
  };
};

export const roundToTwoDigits = (amount: number): number => {
  const step = 10 ** Math.max(Math.floor(Math.log10(Math.max(amount, 1))) - 1, 0);
  return Math.round(amount / step) * step;
};

const chooseCurrency = (random: Random, { currency }: Country): string => {
  if (currency === 'EUR' || currency === 'JPY') return random.chance(0.65) ? currency : 'USD';
  return random.chance(0.2) ? currency : 'USD';
};

interface NameOptions {
  readonly random: Random;
  readonly country: Country;
  readonly industry: Industry;
  readonly parent: Organisation | undefined;
  readonly takenDomains: Set<string>;
}

const chooseNameAndDomain = (options: NameOptions): { name: CompanyName; domain: string | null } => {
  const { random, country, industry, parent, takenDomains } = options;
  // A taken domain means a taken name: invent another, as a founder would.
  for (let attempt = 0; ; attempt += 1) {
    const name = createCompanyName(random, country, industry, parent?.name.stem);
    const glue = random.weighted([
      ['-', 3],
      ['', 2],
    ]);
    // After many clashes (a family with more daughters than trades) a number settles it.
    const number = attempt < 20 ? '' : String(attempt);
    const domain = `${name.stem}${glue}${name.trade}${number}.${random.pick(country.topLevelDomains)}`;
    const label = `${name.stem}${name.trade}${number}.${country.iso}`;
    if (takenDomains.has(domain) || takenDomains.has(label)) continue;
    takenDomains.add(domain).add(label);
    return { name, domain: random.chance(0.04) ? null : domain };
  }
};
