// firmo.csv: what a data vendor knows of companies: size, technology, customers, maturity, budget.
import type { Random } from '#sandbox/world/random.ts';
import { dayFrom } from '#sandbox/world/time.ts';
import { createIdentifiers } from './identifiers.ts';
import { countryNameOf, isCoreIndustry, type Prospect } from './prospects.ts';
import { type RawLine, type Row, toDay } from './rows.ts';

export const FIRMOGRAPHICS_COLUMNS = [
  'domain',
  'name',
  'country',
  'duns',
  'lei',
  'jp_corporate_number',
  'tw_ubn',
  'industry',
  'region',
  'employees',
  'annual_revenue',
  'revenue_currency',
  'technologies',
  'customers',
  'maturity',
  'budget',
  'observed_on',
] as const;

const REGIONS: Readonly<Record<string, string>> = {
  US: 'AMER',
  CA: 'AMER',
  MX: 'AMER',
  BR: 'AMER',
  JP: 'APAC',
  KR: 'APAC',
  TW: 'APAC',
  CN: 'APAC',
  IN: 'APAC',
  SG: 'APAC',
  AU: 'APAC',
};

const OTHER_TECHNOLOGIES = [
  'AWS',
  'Azure',
  'Snowflake',
  'SharePoint',
  'Kubernetes',
  'AutoCAD',
  'Citrix',
] as const;

/** The vendor knows most companies of the core industries and fewer of the rest. */
const isCovered = (random: Random, prospect: Prospect): boolean =>
  random.chance(isCoreIndustry(prospect.industry) ? 0.92 : 0.7);

export const writeFirmographics = (
  prospects: readonly Prospect[],
  asOf: Date,
): readonly (Row | RawLine)[] => {
  const rows = prospects.flatMap((prospect) => {
    const random = prospect.randomFor('firmographics');
    return isCovered(random, prospect) ? [describe(random, prospect, asOf)] : [];
  });
  return [...rows, ...brokenRows(asOf)];
};

const describe = (random: Random, prospect: Prospect, asOf: Date): Row => {
  const { duns, lei, jp_corporate_number, tw_ubn } = createIdentifiers(
    prospect.randomFor('identifiers'),
    prospect.country,
  );
  // One profile in twelve is older than the half year for which the demo trusts this vendor.
  const observedDaysAgo = random.chance(0.08) ? random.int(190, 500) : random.int(3, 170);
  const isLarge = prospect.employees >= 250;
  return {
    domain: prospect.domain,
    name: prospect.name,
    country: countryNameOf(prospect),
    duns: random.chance(0.7) ? duns : null,
    lei: random.chance(isLarge ? 0.4 : 0.05) ? lei : null,
    jp_corporate_number,
    tw_ubn,
    industry: prospect.industry,
    region: REGIONS[prospect.country] ?? 'EMEA',
    employees: prospect.employees,
    annual_revenue: random.chance(0.85) ? prospect.revenueInDollars : null,
    revenue_currency: 'USD',
    technologies: random.chance(0.88) ? technologiesOf(random, isLarge) : null,
    customers: random.chance(0.7) ? Math.round(random.logNormal(isLarge ? 2200 : 300, 1.1)) : null,
    maturity: random.chance(0.85)
      ? random.weighted([
          [5, isLarge ? 4 : 1],
          [4, isLarge ? 6 : 2],
          [3, 3],
          [2, 2],
          [1, 1],
        ])
      : null,
    budget: random.chance(0.7)
      ? random.weighted([
          ['confirmed', 2],
          ['likely', 4],
          ['unknown', 6],
          ['frozen', 0.6],
        ])
      : null,
    observed_on: random.chance(0.9) ? toDay(dayFrom(asOf, -observedDaysAgo)) : null,
  };
};

const technologiesOf = (random: Random, isLarge: boolean): string => {
  const erp = isLarge
    ? random.weighted([
        ['SAP', 6],
        ['Oracle ERP', 3],
        ['NetSuite', 2],
        ['Infor', 1],
        [null, 2],
      ])
    : random.weighted([
        ['NetSuite', 3],
        ['SAP', 1],
        ['Xero', 3],
        [null, 4],
      ]);
  const others = OTHER_TECHNOLOGIES.filter(() => random.chance(0.25));
  return [...(erp === null ? [] : [erp]), ...others].join(';');
};

const brokenRows = (asOf: Date): readonly Row[] => {
  const observed_on = toDay(dayFrom(asOf, -30));
  return [
    { domain: 'kesivra-motion.com', employees: 'many', observed_on },
    { domain: 'norivaquist-foods.com', maturity: 9, observed_on },
    { domain: 'pelenomora.de', budget: 'perhaps', observed_on },
    { industry: 'Manufacturing', employees: 900, observed_on },
  ];
};
