// What a refusal of HubSpot's says, taken apart without believing that any field is there: all of them are optional.
// Texts of HubSpot's are read for codes and property names only; they may quote values, so they are shown to nobody.

export interface HubspotProblem {
  readonly status: number;
  /** `VALIDATION_ERROR`, `CONFLICT`, `MISSING_SCOPES`, …; empty when the answer has none. */
  readonly category: string;
  /** The most telling code there is: of the property, else of the refusal, else `HTTP_<status>`. */
  readonly code: string;
  readonly property: string | null;
  /** Of a 429: `TEN_SECONDLY_ROLLING`, `SECONDLY`, `DAILY`. */
  readonly policy: string | null;
  readonly scopes: readonly string[];
  /** Inputs of a batch that this is about, by the trace id we sent along. */
  readonly traceIds: readonly string[];
  /** Record ids that this is about. */
  readonly ids: readonly string[];
}

export function readProblem(status: number, body: unknown): HubspotProblem {
  const answer = asObject(body);
  const context = asObject(answer['context']);
  const details = asList(answer['errors']).map(asObject);
  const message = asText(answer['message']);
  const category = asText(answer['category']);
  const refusal = firstPropertyRefusal(message);
  const detail = details.find((each) => asText(each['code']) !== '');
  const detailContext = asObject(detail?.['context']);

  return {
    status,
    category,
    code:
      refusal?.code ??
      textOrNull(detail?.['code']) ??
      codeOfMessage(message) ??
      lastPart(asText(answer['subCategory'])) ??
      textOrNull(category) ??
      textOrNull(answer['status'] === 'error' ? null : answer['status']) ??
      `HTTP_${status}`,
    property: refusal?.property ?? firstText(detailContext['propertyName']) ?? propertyOfMessage(message),
    policy: textOrNull(answer['policyName']) ?? policyOfMessage(message),
    scopes: details.flatMap((each) => texts(asObject(each['context'])['requiredGranularScopes'])),
    traceIds: texts(context['objectWriteTraceId']),
    ids: texts(context['ids']),
  };
}

// "Property values were not valid: [{…,"error":"INVALID_OPTION","name":"industry",…}]"
const firstPropertyRefusal = (message: string): { code: string; property: string | null } | null => {
  const start = message.indexOf('[{');
  if (start < 0) return null;
  try {
    const entries = asList(JSON.parse(message.slice(start, message.lastIndexOf(']') + 1)));
    const entry = entries.map(asObject).find((each) => asText(each['error']) !== '');
    return entry === undefined ? null : { code: asText(entry['error']), property: textOrNull(entry['name']) };
  } catch {
    return null;
  }
};

// "Cannot set PropertyValueCoordinates{…, propertyName=email, value=…} on 12. 34 already has that value."
const codeOfMessage = (message: string): string | null => {
  if (message.startsWith('Cannot set PropertyValueCoordinates')) return 'VALUE_NOT_UNIQUE';
  if (/^Property "[^"]*" does not exist/.test(message)) return 'PROPERTY_DOESNT_EXIST';
  return null;
};

// "crm.associations.NO_ASSOCIATIONS_FOUND"
const lastPart = (subCategory: string): string | null => textOrNull(subCategory.split('.').at(-1));

const propertyOfMessage = (message: string): string | null =>
  /\bpropertyName=(\w+)/.exec(message)?.[1] ?? /^Property "(\w+)"/.exec(message)?.[1] ?? null;

const policyOfMessage = (message: string): string | null => {
  if (/\bdaily limit\b/.test(message)) return 'DAILY';
  if (/\bten_secondly_rolling limit\b/.test(message)) return 'TEN_SECONDLY_ROLLING';
  return /\bsecondly limit\b/.test(message) ? 'SECONDLY' : null;
};

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const textOrNull = (value: unknown): string | null => {
  const text = asText(value);
  return text === '' ? null : text;
};

/** HubSpot's contexts hold lists of strings, and now and then one string. */
const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((each) =>
    typeof each === 'string' && each !== '' ? [each] : typeof each === 'number' ? [String(each)] : [],
  );

const firstText = (value: unknown): string | null => texts(value)[0] ?? null;
