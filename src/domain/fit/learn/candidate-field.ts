// Which fields of an account may say what a good customer looks like. Knows names, no values.

/** What a company is called or where it is found: true of one company each. */
const IDENTITY = new Set([
  'name',
  'website',
  'domain',
  'phone',
  'ownerId',
  'parentId',
  'createdAt',
  'lei',
  'duns',
  'jpCorporateNumber',
  'twUbn',
  'krBrn',
  'cnUscc',
  'vat',
  'ukCompanyNumber',
  'siren',
  // Says in which money the revenue was written down.
  'revenueCurrency',
]);

/** What Tierline computed, or people said about that. */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  'companyKey',
  'tier',
  'tierReason',
  'tierSince',
  'reviewDate',
  'fit',
  'intent',
  'engagement',
  'nextStep',
  'overrideTier',
  'overrideReason',
  'overrideUntil',
  'programsRequested',
  'programsStatus',
]);

/** They say that somebody is a customer: the question itself, not an answer. */
const OUTCOMES = new Set(['type', 'lifecycleStage']);

/** Any other field may, those of the user's own included. A name that begins with `_` is Tierline's memory, no CRM's field. */
export function isCandidateField(field: string): boolean {
  return !field.startsWith('_') && !IDENTITY.has(field) && !OWN_FIELDS.has(field) && !OUTCOMES.has(field);
}
