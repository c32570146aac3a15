// The only translator of Salesforce's failures into ours: calls refused or unanswered, logins, single rows.
// Messages carry codes, objects and fields; never a value, a name or a secret.
import {
  AuthError,
  BudgetError,
  ConfigError,
  ContractError,
  RateLimitedError,
  TierlineError,
  UnavailableError,
} from '#errors/errors.ts';
import type { RowError } from '#ports/crm.ts';
import { OutcomeUnknownError } from '../calls/outcome-unknown.ts';
import { loginAdviceFor } from './login-advice.ts';
import { adviceFor } from './row-advice.ts';

/** Salesforce understood the call and refused it as a whole. */
export class RefusedCallError extends ContractError {
  readonly code: string;
  readonly field: string | null;

  constructor(message: string, code: string, field: string | null, next?: string) {
    super(message, next === undefined ? {} : { next });
    this.code = code;
    this.field = field;
  }
}

/** The access token no longer works; renewed once, then it is an AuthError like any other. */
export class SessionExpiredError extends AuthError {}

/** One error as REST (`errorCode`), collections (`statusCode`) or SOAP (`faultcode`) give it. */
export interface VendorError {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export interface CallContext {
  /** Method and path without the query, for messages. */
  readonly what: string;
  readonly connection: string;
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;
}

const CONCURRENT_PAUSE_MS = 5000;
const GATEWAY_STATUSES = new Set([500, 502, 503, 504]);

/** Reads what the client threw, or an answer's body, into a vendor error; null when it is none. */
export const toVendorError = (thrown: unknown): VendorError | null => {
  if (!isObject(thrown)) return null;
  const list = thrown['errorCode'] === 'MULTIPLE_API_ERRORS' ? thrown['data'] : undefined;
  const first: unknown = Array.isArray(list) ? list[0] : thrown;
  if (!isObject(first)) return null;
  const code = first['errorCode'] ?? first['statusCode'];
  const message = first['message'];
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  const detail = isObject(first['data']) ? first['data'] : first;
  const fields = Array.isArray(detail['fields']) ? detail['fields'] : [];
  return {
    // SOAP puts a namespace before the code: `sf:INVALID_SESSION_ID`.
    code: code.replace(/^[a-z]+:/i, ''),
    message,
    fields: fields.filter((field): field is string => typeof field === 'string'),
  };
};

/** Translates whatever a call threw. Our own errors pass unchanged. */
export const translateCallError = (thrown: unknown, context: CallContext): Error => {
  if (thrown instanceof TierlineError) return thrown;
  const vendor = toVendorError(thrown) ?? errorByStatus(context.status);
  if (vendor === null) return thrown instanceof Error ? thrown : new Error(String(thrown));
  return translateVendorError(vendor, context);
};

/** An error answer that says nothing, such as an empty list, still has its status. */
const errorByStatus = (status: number | null): VendorError | null =>
  status === null || status < 400 ? null : { code: `ERROR_HTTP_${status}`, message: '', fields: [] };

const translateVendorError = (vendor: VendorError, context: CallContext): TierlineError => {
  const { what, connection, status, retryAfterMs } = context;
  // Whatever its code says: the day's allowance ends with a 403.
  if (status === 420 || status === 429)
    return new RateLimitedError(
      `${connection}: Salesforce asks to slow down`,
      retryAfterMs ?? CONCURRENT_PAUSE_MS,
    );
  switch (vendor.code) {
    case 'INVALID_SESSION_ID':
    case 'INVALID_AUTH_HEADER':
      return new SessionExpiredError(`${connection}: the session is no longer valid`);
    case 'REQUEST_LIMIT_EXCEEDED':
      if (/concurrent/i.test(vendor.message))
        return new RateLimitedError(
          `${connection}: too many long calls at once in this org`,
          retryAfterMs ?? CONCURRENT_PAUSE_MS,
        );
      return new BudgetError(`${connection}: the org has used up its API calls of the last 24 hours`, {
        next: 'Run again when the allowance has recovered; what is stored is kept.',
      });
    case 'SERVER_UNAVAILABLE':
      return new UnavailableError(`${connection}: Salesforce is too busy or under maintenance`, {
        next: 'Run again later; see status.salesforce.com.',
      });
    case 'UNABLE_TO_LOCK_ROW':
      return new UnavailableError(`${connection}: ${what} met a locked record`, { next: 'Run again later.' });
    case 'API_DISABLED_FOR_ORG':
    case 'API_CURRENTLY_DISABLED':
      return new AuthError(`${connection}: the API is not enabled for the connected user or the org`, {
        next: 'Give the connected user the permission "API Enabled"; the edition must include the API.',
      });
    default:
      break;
  }
  if (status === 401)
    return new SessionExpiredError(`${connection}: Salesforce does not accept the session (${vendor.code})`);
  if (status !== null && GATEWAY_STATUSES.has(status) && !isRefusalOnServerError(vendor.code))
    return new OutcomeUnknownError(`${connection}: ${what} was answered ${status} (${vendor.code})`, {
      next: 'Run again later; see status.salesforce.com.',
    });
  const field = fieldOf(vendor);
  return new RefusedCallError(
    `${connection}: ${what} was refused: ${vendor.code}${field === null ? '' : ` (${field})`}`,
    vendor.code,
    field,
    adviceFor(vendor.code).next,
  );
};

// SOAP answers every fault with 500, and a long query may end so too; a code we know says more than the status.
const isRefusalOnServerError = (code: string): boolean =>
  !code.startsWith('ERROR_HTTP_') && code !== 'UNKNOWN_EXCEPTION';

/** A web page in place of data: a gateway, a login page, a maintenance notice. */
export const unexpectedPage = ({ what, connection }: CallContext): OutcomeUnknownError =>
  new OutcomeUnknownError(`${connection}: ${what} was answered by a web page instead of data`, {
    next: 'Check that loginUrl is the My Domain address and that no proxy stands between; else try later.',
  });

// ── logins ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Translates an answer of the token endpoint that is not a token. */
export const translateLoginAnswer = (
  connection: string,
  loginUrl: string,
  status: number,
  body: string,
): TierlineError => {
  if (status >= 500)
    return new UnavailableError(`${connection}: the login at ${loginUrl} was answered ${status}`, {
      next: 'Run again later; see status.salesforce.com.',
    });
  const { error, description } = readOauthError(body);
  if (error === null)
    return new AuthError(
      `${connection}: ${loginUrl} does not answer as a Salesforce login (HTTP ${status})`,
      {
        next: 'Set loginUrl to the My Domain address, https://YOUR-DOMAIN.my.salesforce.com (Setup > My Domain).',
      },
    );
  if (status === 429 || /rate_limit|login rate exceeded/i.test(`${error} ${description}`))
    return new RateLimitedError(`${connection}: too many logins in the last hour`, null, {
      next: 'Wait an hour; other tools that log in as this user count too.',
    });
  const { problem, next } = loginAdviceFor(`${error}: ${description}`);
  return new AuthError(`${connection}: login refused (${error}): ${problem}`, { next });
};

const readOauthError = (body: string): { error: string | null; description: string } => {
  try {
    const parsed: unknown = JSON.parse(body);
    if (isObject(parsed) && typeof parsed['error'] === 'string') {
      const description = parsed['error_description'];
      return { error: parsed['error'], description: typeof description === 'string' ? description : '' };
    }
  } catch {
    // A web page: not a login endpoint.
  }
  return { error: null, description: '' };
};

// ── rows ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const toRowError = (vendor: VendorError): RowError => {
  const advice = adviceFor(vendor.code);
  const quoted = advice.quote === true ? redact(vendor.message) : '';
  return {
    code: vendor.code,
    message: quoted === '' ? advice.message : `${advice.message} Salesforce says: ${quoted}`,
    field: fieldOf(vendor),
    retry: advice.retry,
    next: advice.next,
  };
};

/** A row error of our own making, with the advice of that code. */
export const rowErrorOf = (code: string, field: string | null = null): RowError =>
  toRowError({ code, message: '', fields: field === null ? [] : [field] });

const FIELD_IN_MESSAGE = [
  /No such column '(\w+(?:\.\w+)*)'/,
  /Unable to create\/update fields: (\w+(?:\.\w+)*)/,
  /Required fields are missing: \[(\w+(?:\.\w+)*)/,
  /external ID field does not exist or is not accessible: (\w+(?:\.\w+)*)/i,
  /Field name not found : (\w+(?:\.\w+)*)/,
] as const;

const fieldOf = ({ fields, message }: VendorError): string | null => {
  const [named] = fields;
  if (named !== undefined) return named;
  for (const pattern of FIELD_IN_MESSAGE) {
    const found = pattern.exec(message)?.[1];
    if (found !== undefined) return found;
  }
  return null;
};

const QUOTE_LENGTH = 200;

// Admins write validation texts and picklist values, yet a formula may put a name's address or number into them.
const redact = (text: string): string =>
  text
    .replaceAll(/[^\s@]+@[^\s@]+/g, '(address)')
    .replaceAll(/\+?\d[\d\s().-]{6,}\d/g, '(number)')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, QUOTE_LENGTH);

// ── setup faults ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The fields that a mapping names and Salesforce does not show us. */
export const missingFields = (
  connection: string,
  crmObject: string,
  fields: readonly string[],
): ConfigError =>
  new ConfigError(
    `${connection}: ${crmObject} has no field ${fields.join(', ')}, or the connected user may not see ${fields.length === 1 ? 'it' : 'them'}`,
    {
      next: 'Run setup, or grant read on it by a permission set assigned to the connected user (Setup > Permission Sets > Object Settings > Field Permissions), or take it out of the mapping.',
    },
  );

export const missingObject = (connection: string, crmObject: string): ConfigError =>
  new ConfigError(`${connection}: there is no object ${crmObject}, or the connected user may not see it`, {
    next: 'Run setup, or grant read on the object by a permission set assigned to the connected user.',
  });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
