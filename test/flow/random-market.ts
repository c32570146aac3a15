// A market drawn at random of which every fact is known: what the CRMs hold of each company, what the sources say, who did
// what. The facts are kept beside the files made of them, so that a tier can be worked out again without the code under test.

import { createRandom, type Random } from '#sandbox/world/random.ts';
import type { CrmKind, World } from '#sandbox/world/world.ts';
import type { FlowSource } from './flow-fixture.ts';
import { createMarket, emailOf, type MarketCompany, type MarketPerson } from './market.ts';

export const TITLES = {
  'Chief Financial Officer': 'economic_buyer',
  'Vice President Operations': 'decision_maker',
  'Chief Technology Officer': 'technical_approver',
  'IT Manager': 'it_expert',
  'Warehouse Manager': 'influencer',
  'Purchasing Manager': 'procurement',
  'Executive Assistant': 'gatekeeper',
} as const;
export type Title = keyof typeof TITLES;

/** Cents on the dollar are the same for all; a currency without a rate makes an amount unknown. */
export const RATES = { EUR: 1.08 } as const;

export interface Firmographics {
  readonly industry: string | null;
  readonly country: string | null;
  readonly employees: number | null;
  readonly annualRevenue: number | null;
  readonly technologies: readonly string[] | null;
  readonly customers: number | null;
  readonly maturity: number | null;
  readonly budget: 'confirmed' | 'likely' | 'unknown' | 'frozen' | null;
}

export interface IntentFact {
  readonly topic: string;
  readonly score: number;
  readonly ageDays: number;
}

export interface SignalFact {
  readonly signal: 'category' | 'compare' | 'profile' | 'pricing';
  readonly ageDays: number;
}

export interface EventFact {
  readonly type: string;
  readonly ageHours: number;
  /** A contact by title, somebody whom no CRM knows, or nobody in particular. */
  readonly by: Title | 'stranger' | 'anonymous';
}

export interface CompanyFacts {
  readonly name: string;
  readonly domain: string;
  readonly crms: readonly CrmKind[];
  readonly type: 'Prospect' | 'Competitor';
  /** As the CRM holds it; what it lacks may stand in the source. */
  readonly inCrm: Pick<Firmographics, 'country' | 'employees' | 'annualRevenue'>;
  readonly inSource: (Firmographics & { readonly ageDays: number }) | null;
  readonly openDeal: { readonly amount: number; readonly currency: 'USD' | 'EUR' | 'XTS' } | null;
  readonly titles: readonly Title[];
  readonly topics: readonly IntentFact[];
  readonly signals: readonly SignalFact[];
  readonly events: readonly EventFact[];
}

export const TOPICS = [
  'erp migration',
  'warehouse automation',
  'e-invoicing',
  'demand planning',
  'order promising',
];

/** Far apart in spelling and sound, so that no two are taken for one company. */
const NAMES = `
  Abalone Bergamot Cobaltine Dovetail Elderwick Foxglove Gypsum Hazelmere Inkwell Juniper Kingfisher Lavender Marzipan Nutmeg
  Obsidian Pomelo Quicksilver Rutabaga Saffron Thimble Umbrella Verbena Wolfram Xylophone Yarrow Zinnia Almanac Buttercup
  Chinchilla Dragonfly Eucalyptus Flamingo Gooseberry Honeysuckle Iguana Jacaranda Kumquat Lighthouse Mandolin Nightingale
  Osprey Periwinkle Quartzite Rosewood Sandpiper Tamarind Upholster Vermilion Windmill Yellowtail Zeppelin`
  .trim()
  .split(/\s+/u);

export function drawCompanies(seed: number): readonly CompanyFacts[] {
  const random = createRandom(seed);
  return NAMES.map((name) => drawCompany(name, random.fork(name)));
}

/** How much of the profile a company is likely to meet. */
const KINDS = {
  ideal: {
    countries: ['US', 'DE', 'JP'],
    industries: ['Software', 'Manufacturing'],
    employees: [500, 9000],
    millions: [50, 400],
    technologies: [['SAP', 'Citrix'], ['oracle erp']],
    maturity: [4, 5],
    budgets: ['confirmed', 'confirmed', 'likely', 'frozen'],
    amounts: [100_000, 250_000],
    research: { share: 0.8, ageDays: 20 },
    activity: { share: 0.8, ageHours: 20 * 24 },
  },
  promising: {
    countries: ['US', 'DE', 'JP', 'FR'],
    industries: ['Software', 'Manufacturing', 'logistics'],
    employees: [300, 12_000],
    millions: [8, 400],
    technologies: [['SAP'], ['NetSuite'], ['Xero']],
    maturity: [3, 5],
    budgets: ['confirmed', 'likely', 'unknown', 'frozen'],
    amounts: [9000, 24_999, 25_000, 60_000, 99_999, 100_000],
    research: { share: 0.6, ageDays: 100 },
    activity: { share: 0.5, ageHours: 95 * 24 },
  },
  poor: {
    countries: ['US', 'GB', 'BR', 'IN'],
    industries: ['Banking', 'Retail'],
    employees: [10, 700],
    millions: [1, 30],
    technologies: [['Xero']],
    maturity: [1, 4],
    budgets: ['likely', 'unknown', 'frozen'],
    amounts: [9000, 60_000],
    research: { share: 0.2, ageDays: 100 },
    activity: { share: 0.4, ageHours: 95 * 24 },
  },
} as const;

function drawCompany(name: string, random: Random): CompanyFacts {
  const kind =
    KINDS[
      random.weighted<keyof typeof KINDS>([
        ['ideal', 3],
        ['promising', 5],
        ['poor', 4],
      ])
    ];
  const known = <Value>(share: number, value: Value): Value | null => (random.chance(share) ? value : null);
  const among = ([from, to]: readonly [number, number]) => random.int(from, to);
  const country = random.pick<string>(kind.countries);
  const employees = among(kind.employees);
  const annualRevenue = among(kind.millions) * 1_000_000;
  const titles = (Object.keys(TITLES) as Title[]).filter(() => random.chance(0.5));
  const { research, activity } = kind;
  return {
    name,
    domain: `${name.toLowerCase()}.com`,
    crms: random.weighted<readonly CrmKind[]>([
      [['salesforce', 'hubspot'], 2],
      [['salesforce'], 1],
      [['hubspot'], 1],
    ]),
    type: random.chance(0.1) ? 'Competitor' : 'Prospect',
    inCrm: {
      country: known(0.9, country),
      employees: known(0.6, employees),
      annualRevenue: known(0.4, annualRevenue),
    },
    inSource: random.chance(0.12)
      ? null
      : {
          // The fresher half year of what a vendor says is believed.
          ageDays: random.chance(0.1) ? random.int(181, 400) : random.int(0, 180),
          country: known(0.5, country),
          industry: known(0.9, random.pick<string>(kind.industries)),
          employees: known(0.8, employees + random.int(0, 5)),
          annualRevenue: known(0.8, annualRevenue),
          technologies: known(0.9, random.pick<readonly string[]>(kind.technologies)),
          customers: known(0.7, random.int(10, 3000)),
          maturity: known(0.9, among(kind.maturity)),
          budget: known(0.8, random.pick<NonNullable<Firmographics['budget']>>(kind.budgets)),
        },
    openDeal: random.chance(0.6)
      ? {
          amount: random.pick<number>(kind.amounts),
          currency: random.weighted<'USD' | 'EUR' | 'XTS'>([
            ['USD', 6],
            ['EUR', 2],
            ['XTS', 1],
          ]),
        }
      : null,
    titles,
    topics: TOPICS.flatMap((topic) =>
      random.chance(research.share)
        ? [{ topic, score: random.int(30, 100), ageDays: random.int(0, research.ageDays) }]
        : [],
    ),
    signals: Array.from({ length: random.chance(0.3) ? random.int(1, 4) : 0 }, () => ({
      signal: random.pick(['category', 'compare', 'profile', 'pricing'] as const),
      ageDays: random.int(0, 95),
    })),
    events: Array.from({ length: random.chance(activity.share) ? random.int(1, 14) : 0 }, () => ({
      type: random.weighted([
        ['page', 5],
        ['high_value_page', 4],
        ['download', 3],
        ['webinar', 3],
        ['event', 2],
        ['reply', 2],
        ['mail_open', 3],
        ['demo_request', 0.3],
      ]),
      ageHours: random.int(1, activity.ageHours),
      by: random.pick<EventFact['by']>([...titles, ...titles, 'stranger', 'anonymous']),
    })),
  };
}

/** The companies as both CRMs hold them. Contracts of three customers, closed long ago, set what an account is worth. */
export function toWorld(asOf: string, companies: readonly CompanyFacts[]): World {
  return createMarket(asOf, [...companies.map(toMarketCompany), ...CUSTOMERS]);
}

export const ORG_MEDIAN_ACV = 70_000;
const CUSTOMERS: readonly MarketCompany[] = [40_000, ORG_MEDIAN_ACV, 90_000].map((amount, index) => ({
  name: ['Mulberry', 'Persimmon', 'Tangerine'][index] ?? '',
  domain: ['mulberry.com', 'persimmon.com', 'tangerine.com'][index] ?? '',
  type: 'Customer',
  crms: ['salesforce'],
  deals: [{ amount, stage: 'won', closesInDays: -500 }],
}));

function toMarketCompany(facts: CompanyFacts): MarketCompany {
  return {
    name: facts.name,
    domain: facts.domain,
    crms: facts.crms,
    type: facts.type,
    country: facts.inCrm.country ?? '',
    employees: facts.inCrm.employees,
    annualRevenue: facts.inCrm.annualRevenue,
    people: facts.titles.map((title): MarketPerson => ({ name: localPart(title), title })),
    deals: facts.openDeal === null ? [] : [{ ...facts.openDeal, stage: 'open', closesInDays: 40 }],
  };
}

export function localPart(title: Title): string {
  return title.replaceAll(' ', '').toLowerCase();
}

const HOUR_MS = 3_600_000;

/** The facts as a vendor's and a website's files. */
export function toSources(asOf: string, companies: readonly CompanyFacts[]): readonly FlowSource[] {
  const before = (hours: number) => new Date(Date.parse(asOf) - hours * HOUR_MS).toISOString();
  return [
    {
      id: 'firmo',
      kind: 'firmographics',
      file: 'data/firmo.jsonl',
      settings: { fresh: '180d' },
      content: toJsonLines(
        companies.flatMap(({ domain, inSource }) => {
          if (inSource === null) return [];
          const { ageDays, annualRevenue, ...fields } = inSource;
          return [{ domain, ...fields, annual_revenue: annualRevenue, observed_on: before(ageDays * 24) }];
        }),
      ),
    },
    {
      id: 'surge',
      kind: 'intent-scores',
      file: 'data/surge.jsonl',
      settings: { method: 'coop_consented' },
      content: toJsonLines(
        companies.flatMap(({ domain, topics }) =>
          topics.flatMap(({ topic, score, ageDays }) => [
            // An older row of the same topic, which the newer one replaces.
            { domain, topic, score: 100 - score, observed_on: before(ageDays * 24 + 200) },
            { domain, topic, score, observed_on: before(ageDays * 24) },
          ]),
        ),
      ),
    },
    {
      id: 'g2',
      kind: 'intent-signals',
      file: 'data/g2.jsonl',
      settings: { method: 'review_site' },
      content: toJsonLines(
        companies.flatMap(({ domain, signals }) =>
          signals.map(({ signal, ageDays }) => ({ domain, signal, observed_on: before(ageDays * 24) })),
        ),
      ),
    },
    {
      id: 'web',
      kind: 'engagement',
      file: 'data/visits.jsonl',
      settings: { method: 'first_party' },
      content: toJsonLines(
        companies.flatMap(({ domain, events }) =>
          events.map(({ type, ageHours, by }) => ({
            type,
            occurred_at: before(ageHours),
            ...(by === 'anonymous' ? { domain, anonymous: true } : { email: addressOf(by, domain) }),
          })),
        ),
      ),
    },
  ];
}

const toJsonLines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

function addressOf(by: Title | 'stranger', domain: string): string {
  return emailOf(by === 'stranger' ? 'somebody' : localPart(by), domain);
}
