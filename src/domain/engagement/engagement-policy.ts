// What an admin may set about engagement, and the closed lists of event types and roles. Decides nothing itself.

export const EVENT_TYPES = [
  'page',
  'high_value_page',
  'click',
  'download',
  'webinar',
  'event',
  'reply',
  'call',
  'meeting',
  'demo_request',
  'trial',
  'ad_click',
  'mail_open',
  'ad_impression',
  'outbound',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The buying roles, and what may stand in the place of one. */
export const PERSON_ROLES = [
  'economic_buyer',
  'decision_maker',
  'champion',
  'influencer',
  'technical_approver',
  'it_expert',
  'user',
  'procurement',
  'gatekeeper',
  'blocker',
  'unknown',
  'excluded',
] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

/** A size class of staff: from the class before up to, not including, `below`; null has no upper end. */
interface SizeClass {
  readonly below: number | null;
  readonly factor: number;
}

export interface EngagementPolicy {
  readonly points: Readonly<Record<EventType, number>>;
  readonly roleFactors: Readonly<Record<PersonRole, number>>;
  readonly halfLifeDays: number;
  /** Inclusive: an event of exactly this age still counts. */
  readonly lookBackDays: number;
  readonly personCap: number;
  readonly anonymous: { readonly factor: number; readonly cap: number };
  /** Each person after the first adds `perPerson`, up to `maxPeople`. */
  readonly breadth: { readonly perPerson: number; readonly maxPeople: number };
  /** A person counts from this many points, after role and decay, before the cap. */
  readonly personCountsFrom: number;
  /** Points at size factor 1, and the people they have to come from. */
  readonly threshold: { readonly enter: number; readonly stay: number; readonly people: number };
  /** Ascending; the last has no upper end. */
  readonly sizes: readonly SizeClass[];
  /** The size factor of a company whose staff is unknown. */
  readonly unknownSizeFactor: number;
  readonly actNow: { readonly types: readonly EventType[]; readonly withinDays: number };
}
