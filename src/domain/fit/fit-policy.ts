// What an admin may set about fit: weights, what the unknown counts, bands with their gaps. Decides nothing itself.

export const FIT_TEMPLATES = ['general', 'ecommerce'] as const;
export type FitTemplate = (typeof FIT_TEMPLATES)[number];

/** The names a criterion may have, in the order in which people read them. */
export const FIT_CRITERIA = {
  general: ['industry', 'geo', 'employees', 'tech', 'customerBase', 'revenue', 'maturity', 'budget'],
  ecommerce: [
    'industry',
    'companySize',
    'shipmentVolume',
    'productCategory',
    'fulfilment',
    'location',
    'revenuePotential',
    'origin',
  ],
} as const satisfies Record<FitTemplate, readonly string[]>;

/** Criterion → weight. They need not add up to 100 here: fit is a share of their sum. */
export type FitWeights = Readonly<Record<string, number>>;

/** A value switches on at `enter` and, once on, stays on down to `stay`; both inclusive. */
export interface Gap {
  readonly enter: number;
  readonly stay: number;
}

export const FIT_BANDS = ['strong', 'high', 'medium', 'low'] as const;
export type FitBand = (typeof FIT_BANDS)[number];

export interface FitPolicy {
  readonly weights: Readonly<Record<FitTemplate, FitWeights>>;
  /** What an unknown criterion counts, between a miss (0) and a match (1). */
  readonly unknownCounts: number;
  /** The most fit an account can have that misses a must-have. */
  readonly mustHaveMissCap: number;
  /** Below this share of known weight the account is Unscored. */
  readonly minimumCompleteness: number;
  /** Values older than this are unknown, unless their source says otherwise. */
  readonly freshDays: number;
  readonly strong: Gap;
  readonly high: Gap;
  /** Medium from here up to the edge of high, low below. */
  readonly mediumFrom: number;
}
