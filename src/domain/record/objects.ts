// The kinds of CRM record that Tierline reads or writes, and the canonical fields each has. Knows no vendor's name for them.

/** In the order in which they are pulled: what others point at comes first. */
export const CRM_OBJECTS = [
  'account',
  'contact',
  'lead',
  'opportunity',
  'opportunity_role',
  'task',
  'program',
] as const;
export type CrmObject = (typeof CRM_OBJECTS)[number];

/**
 * How a canonical value is held: `text`, `id` and `choice` as string, `number` and `money` as number, `boolean`,
 * `date` as `YYYY-MM-DD`, `datetime` as ISO 8601 UTC with milliseconds, `list` as array of strings,
 * `country` as ISO 3166-1 alpha-2.
 */
export const FIELD_TYPES = [
  'text',
  'id',
  'choice',
  'number',
  'money',
  'boolean',
  'date',
  'datetime',
  'list',
  'country',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export type CanonicalValue = string | number | boolean | readonly string[] | null;
export type CanonicalFields = Readonly<Record<string, CanonicalValue>>;

const FIRMOGRAPHICS = {
  industry: 'text',
  country: 'country',
  region: 'text',
  employees: 'number',
  annualRevenue: 'money',
  revenueCurrency: 'text',
  technologies: 'list',
  customers: 'number',
  maturity: 'number',
  budget: 'choice',
} as const satisfies Record<string, FieldType>;

const IDENTIFIERS = {
  lei: 'text',
  duns: 'text',
  jpCorporateNumber: 'text',
  twUbn: 'text',
  krBrn: 'text',
  cnUscc: 'text',
  vat: 'text',
  ukCompanyNumber: 'text',
  siren: 'text',
} as const satisfies Record<string, FieldType>;

/** Canonical name → type. A name outside this catalogue is a field of the user's own and needs `type:` in the mapping. */
export const CANONICAL_FIELDS = {
  account: {
    name: 'text',
    website: 'text',
    domain: 'text',
    phone: 'text',
    city: 'text',
    type: 'text',
    lifecycleStage: 'text',
    ownerId: 'id',
    parentId: 'id',
    createdAt: 'datetime',
    ...FIRMOGRAPHICS,
    ...IDENTIFIERS,
    companyKey: 'text',
    tier: 'choice',
    tierReason: 'text',
    tierSince: 'date',
    reviewDate: 'date',
    fit: 'number',
    intent: 'number',
    engagement: 'number',
    nextStep: 'text',
    overrideTier: 'choice',
    overrideReason: 'text',
    overrideUntil: 'date',
    marketer: 'text',
    renewalOn: 'date',
    deadlineOn: 'date',
    trigger: 'text',
    triggerOn: 'date',
    ready: 'number',
    willing: 'number',
    able: 'number',
    successPotential: 'number',
    programsRequested: 'list',
    programsStatus: 'text',
  },
  contact: {
    firstName: 'text',
    lastName: 'text',
    email: 'text',
    title: 'text',
    phone: 'text',
    companyName: 'text',
    accountId: 'id',
    ownerId: 'id',
    optedOut: 'boolean',
    crmRole: 'list',
    createdAt: 'datetime',
    companyKey: 'text',
    tier: 'choice',
    buyingRole: 'choice',
  },
  lead: {
    firstName: 'text',
    lastName: 'text',
    email: 'text',
    companyName: 'text',
    website: 'text',
    country: 'country',
    isConverted: 'boolean',
    createdAt: 'datetime',
    companyKey: 'text',
  },
  opportunity: {
    name: 'text',
    accountId: 'id',
    amount: 'money',
    currency: 'text',
    termMonths: 'number',
    type: 'text',
    stage: 'text',
    isClosed: 'boolean',
    isWon: 'boolean',
    closeDate: 'date',
    createdAt: 'datetime',
  },
  opportunity_role: {
    opportunityId: 'id',
    contactId: 'id',
    role: 'text',
  },
  task: {
    taskKey: 'text',
    accountId: 'id',
    ownerId: 'id',
    subject: 'text',
    body: 'text',
    dueOn: 'date',
    status: 'choice',
    priority: 'choice',
    kind: 'choice',
  },
  program: {
    programKey: 'text',
    accountId: 'id',
    program: 'text',
    tier: 'choice',
    requested: 'boolean',
    status: 'choice',
    dueOn: 'date',
    cost: 'money',
  },
} as const satisfies Record<CrmObject, Record<string, FieldType>>;

export function canonicalTypeOf(object: CrmObject, field: string): FieldType | undefined {
  return (CANONICAL_FIELDS[object] as Readonly<Record<string, FieldType>>)[field];
}
