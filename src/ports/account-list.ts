// The companies with their present tier, page by page: what a list of accounts shows.
import type { Tier } from '#domain/tier/tier.ts';

/** The last row of the page before: pages follow the order, whatever was added meanwhile. */
export interface AccountPosition {
  readonly rank: number;
  readonly priority: number;
  readonly companyKey: string;
}

export interface AccountQuery {
  readonly tier: Tier | null;
  /** Part of a name, or exactly a domain, a CRM id or a company key. */
  readonly search: string | null;
  readonly after: AccountPosition | null;
  readonly limit: number;
}

export interface ListedAccount extends AccountPosition {
  readonly name: string | null;
  readonly tier: Tier;
  readonly reason: string | null;
  readonly nextStep: string | null;
  readonly since: string | null;
  readonly reviewDate: string | null;
  readonly fit: number | null;
  readonly intent: number | null;
  readonly engagement: number | null;
  /** The run that computed it. */
  readonly run: string;
  readonly records: readonly {
    readonly connection: string;
    readonly id: string;
    readonly name: string | null;
  }[];
}

export interface AccountListStore {
  /** By tier from the best down, then by priority, then by company key. */
  page(query: AccountQuery): Promise<readonly ListedAccount[]>;
  /** How many companies have each tier. */
  tiers(): Promise<Readonly<Partial<Record<Tier, number>>>>;
}
