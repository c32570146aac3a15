// A market with a cast: each company plays a tier, by facts that stay true for months, so that a test can say what changes.
import type { FlowSource } from './flow-fixture.ts';
import { createMarket, emailOf, type MarketCompany } from './market.ts';

export const PLAYS = ['tier_1', 'tier_2', 'tier_3', 'not_tiered'] as const;
export type Play = (typeof PLAYS)[number];

export interface CastMember {
  /** One word; its domain is made of it. */
  readonly name: string;
  readonly plays: Play;
  /** Days before the market's moment on which a decision maker asked for a demo. */
  readonly demoDaysAgo?: number;
  readonly company?: Partial<MarketCompany>;
}

export interface Cast {
  readonly world: ReturnType<typeof createMarket>;
  readonly sources: readonly FlowSource[];
}

const DAY_MS = 86_400_000;
const DECISION_MAKER = { name: 'Lindqvist', title: 'Vice President Operations' } as const;
const COLLEAGUE = { name: 'Moreau', title: 'IT Manager' } as const;

/** Whom the shipped profile wants: a fit of 100. */
const WANTED = {
  industry: 'Software',
  employees: 2000,
  annual_revenue: 200_000_000,
  technologies: 'SAP',
  customers: 2000,
  maturity: 5,
  budget: 'confirmed',
} as const;
const UNWANTED = {
  industry: 'Banking',
  employees: 20,
  annual_revenue: 900_000,
  technologies: 'Xero',
  customers: 5,
  maturity: 1,
  budget: 'frozen',
} as const;

export function castMarket(
  asOf: string,
  members: readonly CastMember[],
  options: Parameters<typeof createMarket>[2] = {},
): Cast {
  const day = (daysAgo: number) => new Date(Date.parse(asOf) - daysAgo * DAY_MS).toISOString().slice(0, 10);
  return {
    world: createMarket(asOf, members.map(toCompany), options),
    sources: [
      {
        id: 'firmo',
        kind: 'firmographics',
        file: 'data/firmo.jsonl',
        content: jsonLines(members.map((member) => firmographicsOf(member, day(10)))),
      },
      {
        id: 'surge',
        kind: 'intent-scores',
        file: 'data/surge.jsonl',
        settings: { method: 'coop_consented' },
        content: jsonLines(members.filter(isResearching).map((member) => surgeOf(member, day(2)))),
      },
      {
        id: 'web',
        kind: 'engagement',
        file: 'data/visits.jsonl',
        settings: { method: 'first_party' },
        content: jsonLines(members.flatMap((member) => eventsOf(member, day))),
      },
    ],
  };
}

export function domainOf({ name, company }: CastMember): string {
  return company?.domain ?? `${name.toLowerCase()}.com`;
}

export function firmographicsOf(member: CastMember, observedOn: string): object {
  const profile = member.plays === 'not_tiered' ? UNWANTED : WANTED;
  return { domain: domainOf(member), ...profile, observed_on: observedOn };
}

export function surgeOf(member: CastMember, observedOn: string): object {
  return { domain: domainOf(member), topic: 'erp migration', score: 95, observed_on: observedOn };
}

export function jsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function toCompany(member: CastMember): MarketCompany {
  const { name, plays, company } = member;
  // A large deal in the making, a medium one, or none.
  const amount = { tier_1: 150_000, tier_2: 60_000, tier_3: null, not_tiered: null }[plays];
  return {
    name,
    domain: domainOf(member),
    people: [DECISION_MAKER, COLLEAGUE],
    deals: amount === null ? [] : [{ amount, stage: 'open', closesInDays: 60 }],
    ...company,
  };
}

function isResearching({ plays }: CastMember): boolean {
  return plays === 'tier_1' || plays === 'tier_2';
}

function eventsOf(member: CastMember, day: (daysAgo: number) => string): readonly object[] {
  const at = (person: { readonly name: string }) => emailOf(person.name, domainOf(member));
  const events = [];
  if (member.plays === 'tier_1') {
    for (const person of [DECISION_MAKER, COLLEAGUE])
      for (const type of ['webinar', 'reply', 'event', 'download'])
        events.push({ type, occurred_at: day(3), email: at(person) });
  }
  if (member.demoDaysAgo !== undefined)
    events.push({ type: 'demo_request', occurred_at: day(member.demoDaysAgo), email: at(DECISION_MAKER) });
  return events;
}
