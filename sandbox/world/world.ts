// What an invented market looks like, in no vendor's words: users, companies, people and deals.
// An index is the position in its own list; the CRM sandboxes turn indexes into record ids.

export const CRM_KINDS = ['salesforce', 'hubspot'] as const;
export type CrmKind = (typeof CRM_KINDS)[number];

export interface World {
  readonly asOf: Date;
  readonly users: readonly WorldUser[];
  readonly companies: readonly WorldCompany[];
  readonly people: readonly WorldPerson[];
  readonly deals: readonly WorldDeal[];
}

export interface WorldUser {
  readonly index: number;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
}

/** One account record. Duplicates of a company, and its spelling in the other CRM, are companies of their own. */
export interface WorldCompany {
  readonly index: number;
  readonly name: string;
  readonly website: string | null;
  readonly domain: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The country as a CRM user typed it; '' where nobody did. */
  readonly countryName: string;
  readonly city: string | null;
  readonly phone: string | null;
  readonly industry: string | null;
  readonly employees: number | null;
  /** In `currency`, whole units. */
  readonly annualRevenue: number | null;
  /** ISO 4217. */
  readonly currency: string;
  /** Prospect, Customer, Competitor or Partner. */
  readonly type: string | null;
  readonly ownerIndex: number | null;
  readonly parentIndex: number | null;
  readonly crms: readonly CrmKind[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

export interface WorldPerson {
  readonly index: number;
  readonly companyIndex: number | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string | null;
  readonly email: string | null;
  readonly optedOut: boolean;
  readonly crms: readonly CrmKind[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

export interface WorldDeal {
  readonly index: number;
  readonly companyIndex: number;
  readonly name: string;
  /** In `currency`, whole units. */
  readonly amount: number | null;
  /** ISO 4217. */
  readonly currency: string;
  readonly stage: 'open' | 'won' | 'lost';
  readonly closeOn: Date;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly peopleIndexes: readonly number[];
  readonly crms: readonly CrmKind[];
}
