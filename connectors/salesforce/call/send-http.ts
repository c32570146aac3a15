// One HTTP exchange, whole body or an error. It tells apart what surely never arrived from what may have been acted upon.
// Knows nothing of Salesforce. Node's own fetch: the client's transport repeats calls on its own, waits half an hour, and
// never settles when a connection is cut in the middle of a body.
import { UnavailableError } from '#errors/errors.ts';
import { OutcomeUnknownError } from '../../calls/outcome-unknown.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No host of that name: a wrong address, or no network at all. */
export class HostNotFoundError extends UnavailableError {}

const NEVER_ARRIVED = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);
// Node joins names by underscores for every refused certificate: CERT_HAS_EXPIRED, DEPTH_ZERO_SELF_SIGNED_CERT, …
const CERTIFICATE = /CERT|TLS|SSL/;

export const sendHttp = async (request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> => {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === null ? {} : { body: request.body }),
      redirect: 'manual',
      signal,
    });
    const body = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    throw translateNetworkError(error, request);
  }
};

const translateNetworkError = (error: unknown, { method, url }: HttpRequest): Error => {
  const code = codeOf(error) ?? 'no code';
  const { host, pathname } = new URL(url);
  const what = `${method} ${pathname}`;
  if (code === 'ENOTFOUND')
    return new HostNotFoundError(`there is no host ${host}`, {
      cause: error,
      next: `Check the address ${host} and the network.`,
    });
  if (NEVER_ARRIVED.has(code) || CERTIFICATE.test(code))
    return new UnavailableError(`${host} cannot be reached (${code})`, {
      cause: error,
      next: `Check that ${host} can be reached from here: network, proxy, certificates.`,
    });
  return new OutcomeUnknownError(`the connection to ${host} broke during ${what} (${code})`, {
    cause: error,
    next: 'Run again later.',
  });
};

const codeOf = (error: unknown): string | null => {
  // fetch wraps the socket's error once or twice; an address with several IPs fails with a list of errors.
  for (let current: unknown = error, depth = 0; depth < 5 && isObject(current); depth += 1) {
    if (typeof current['code'] === 'string') return current['code'];
    const errors = current['errors'];
    current = Array.isArray(errors) && errors.length > 0 ? errors[0] : current['cause'];
  }
  return null;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
