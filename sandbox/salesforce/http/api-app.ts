// Puts the org on HTTP: counts, breaks and answers calls. What a call means is decided in rest/, bulk/, metadata/
// and auth/.
import { Readable } from 'node:stream';
import express, { type Express, type Request, type Response, type Router } from 'express';
import type { CallLog } from '#sandbox/http/call-log.ts';
import type { Faults } from '#sandbox/http/faults.ts';
import type { Sessions } from '../auth/sessions.ts';
import { printFault, type SoapAnswer } from '../metadata/soap-endpoint.ts';
import type { Org } from '../org/org.ts';
import { answerError, apiError, invalidSession } from '../rest/api-error.ts';
import type { ApiRequest, ApiResponse } from '../rest/api-message.ts';
import type { Dispatch } from '../rest/api-router.ts';
import type { ApiUsage } from '../rest/api-usage.ts';
import type { CallFacts } from './classify-call.ts';

export interface ApiAppParts {
  readonly org: Org;
  readonly sessions: Sessions;
  readonly usage: ApiUsage;
  readonly dispatch: Dispatch;
  readonly soap: (body: string) => SoapAnswer;
  readonly oauth: Router;
  readonly control: Router;
  readonly faults: Faults;
  readonly calls: CallLog;
  /** Told about each call before it is logged, body included. */
  readonly onCall: (facts: CallFacts) => void;
  readonly latencyMs: number;
}

/** Uploads of Bulk jobs may have 150 MB. */
const MAX_BODY = '150mb';
const MAX_URI_AND_HEADERS = 16_384;
const OLDEST_VERSION = 50;
const NEWEST_VERSION = 67;
const NEWEST_RELEASE_YEAR = 26;
const VERSION_PATH = /^\/v(\d+)\.0(\/.*)?$/;
const SEASONS = ['Winter', 'Spring', 'Summer'] as const;

export const createApiApp = (parts: ApiAppParts): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/_sandbox', parts.control);
  app.use(express.text({ type: () => true, limit: MAX_BODY }));
  app.use((request, _response, next) => {
    const { pathname, searchParams } = urlOf(request);
    parts.onCall({ method: request.method, path: pathname, query: searchParams, body: bodyOf(request) });
    next();
  });
  app.use(parts.calls.middleware);
  app.use(parts.faults.middleware);
  // Clients take the org's clock from this header.
  app.use((_request, response, next) => {
    response.setHeader('Date', parts.org.now().toUTCString());
    next();
  });
  if (parts.latencyMs > 0) {
    app.use((_request, _response, next) => {
      setTimeout(next, parts.latencyMs);
    });
  }
  app.use(parts.oauth);

  app.post('/services/Soap/m/:version', (request, response) => {
    const hasCallLeft = parts.usage.take();
    const { status, xml } = hasCallLeft
      ? parts.soap(bodyOf(request))
      : { status: 500, xml: printFault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') };
    response.status(status).type('text/xml').send(xml);
  });

  app.get('/services/data', (_request, response) => {
    response.json(listVersions());
  });

  app.use('/services/data', (request, response) => {
    let answer: ApiResponse;
    try {
      answer = parts.dispatch(toApiRequest(parts, request));
    } catch (error) {
      answer = answerError(error);
    }
    send(parts.usage, request, response, answer);
  });

  app.use((_request, response) => {
    response.status(404).json([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
  });
  return app;
};

const urlOf = (request: Request): URL => new URL(request.originalUrl, 'http://sandbox.invalid');

const bodyOf = (request: Request): string => {
  const body: unknown = request.body;
  return typeof body === 'string' ? body : '';
};

const toApiRequest = ({ org, sessions, usage }: ApiAppParts, request: Request): ApiRequest => {
  checkSize(request);
  const match = VERSION_PATH.exec(request.path);
  const version = Number(match?.[1]);
  if (match === null || version < OLDEST_VERSION || version > NEWEST_VERSION) {
    throw apiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  }
  const token = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const userId = sessions.findUser(token);
  const user = userId === null ? undefined : org.table('User').get(userId);
  if (userId === null || user?.['IsActive'] !== true) throw invalidSession();
  if (!usage.take()) throw apiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  return {
    method: request.method,
    path: match[2] ?? '/',
    query: urlOf(request).searchParams,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: bodyOf(request),
    version: `${version}.0`,
    basePath: `/services/data/v${version}.0`,
    caller: { userId, access: org.access(userId) },
  };
};

/** URI and headers share one budget. */
const checkSize = (request: Request): void => {
  const uri = request.originalUrl.length;
  if (uri > MAX_URI_AND_HEADERS) throw apiError(414, 'URI_TOO_LONG', 'URI Too Long');
  const headers = request.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (uri + headers > MAX_URI_AND_HEADERS) {
    throw apiError(431, 'REQUEST_HEADER_FIELDS_TOO_LARGE', 'Request Header Fields Too Large');
  }
};

const send = (usage: ApiUsage, request: Request, response: Response, answer: ApiResponse): void => {
  response.status(answer.status);
  if (answer.status !== 401) response.setHeader('Sforce-Limit-Info', `api-usage=${usage.used}/${usage.max}`);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.text !== undefined) {
    response.setHeader('Content-Type', answer.text.contentType);
    Readable.from(answer.text.chunks).pipe(response);
  } else if (answer.json === undefined) {
    response.end();
  } else {
    response.setHeader('Content-Type', 'application/json;charset=UTF-8');
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(answer.json));
  }
};

/** Three releases a year: v67.0 is Summer '26. */
const listVersions = (): { readonly label: string; readonly url: string; readonly version: string }[] => {
  const versions = [];
  for (let version = OLDEST_VERSION; version <= NEWEST_VERSION; version += 1) {
    const releasesAgo = NEWEST_VERSION - version;
    // Going back a release goes back a season, which is two forward in a circle of three.
    const season = SEASONS[(2 + 2 * releasesAgo) % 3] ?? 'Summer';
    const year = NEWEST_RELEASE_YEAR - Math.floor(releasesAgo / 3);
    versions.push({
      label: `${season} '${year}`,
      url: `/services/data/v${version}.0`,
      version: `${version}.0`,
    });
  }
  return versions;
};
