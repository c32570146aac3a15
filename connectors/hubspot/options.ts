// What a HubSpot connection is told from outside, and every number it keeps to, with where the number comes from.
import type { RateRule } from '#connectors/calls/rate-limiter.ts';
import { DEFAULT_RETRY, type RetryPolicy } from '#connectors/calls/retry.ts';

export type HubspotAuth =
  /** A service key or a legacy private app's token. */
  | { readonly flow: 'access-token'; readonly token: string }
  | {
      readonly flow: 'refresh-token';
      readonly clientId: string;
      readonly clientSecret: string;
      /** Left out when the app is connected in the browser: the stored one is used. */
      readonly refreshToken?: string;
      /** Where people consent in the browser, when it is not HubSpot's own page. */
      readonly consentPage?: string;
    };

export interface HubspotOptions {
  readonly connection: string;
  readonly auth: HubspotAuth;
  readonly baseUrl: string;
  /** A dated version such as `2026-03`. */
  readonly apiVersion: string;
  /** 0 to 1: we stop before the portal has used this share of its daily calls. */
  readonly dailyShare: number;
  readonly timings?: Partial<HubspotTimings>;
}

export interface HubspotTimings {
  /** For one call, its body included. */
  readonly deadlineMs: number;
  readonly retry: RetryPolicy;
  /** How long a change may take to show in search: each cursor starts so much before its pull did. */
  readonly searchLagMs: number;
  /** Without a `Date` header the portal's clock is ours give or take this much. */
  readonly clockSkewMs: number;
  /** Every call but searches; the answers tell the true limit, this one holds until the first did. */
  readonly burst: RateRule;
  /** Searches, all apps of the portal together. */
  readonly search: RateRule;
  /** Batches of writes under way at once. More would meet HubSpot's record locks (423) rather than be faster. */
  readonly writesAtOnce: number;
}

export const DEFAULT_TIMINGS: HubspotTimings = {
  deadlineMs: 60_000,
  retry: DEFAULT_RETRY,
  // HubSpot says "a few moments"; a minute is what connectors in the field found to be enough.
  searchLagMs: 60_000,
  clockSkewMs: 300_000,
  // Free and Starter portals have 100 in 10 s, Professional and Enterprise 190, marketplace apps 110.
  burst: { limit: 100, intervalMs: 10_000 },
  search: { limit: 5, intervalMs: 1_000 },
  writesAtOnce: 3,
};

/** Rows a page of a list may hold. */
export const LIST_PAGE_ROWS = 100;
/** Rows a page of a search may hold. */
export const SEARCH_PAGE_ROWS = 200;
/** Inputs a batch read, create, update or archive may hold. */
export const BATCH_ROWS = 100;
/** Inputs a batch read of associations may hold. */
export const ASSOCIATION_BATCH_ROWS = 1_000;
/** A search takes so many groups of filters, joined by OR, of six each at most … */
export const SEARCH_FILTER_GROUPS = 5;
/** … and so many filters in all. */
export const SEARCH_FILTERS = 18;
/** A search body beyond 3,000 characters is answered with 400, its property names included. */
export const SEARCH_BODY_CHARACTERS = 3_000;
/** Query strings beyond 8,000 characters were answered with 414; we stay well below. */
export const QUERY_CHARACTERS = 6_000;
