// Several calls in one: /composite with references between them and one transaction, /composite/batch without.
// Graphs and trees are not offered.
import { isJsonObject, type JsonObject, printJson, textIn } from '../org/json.ts';
import type { Org } from '../org/org.ts';
import { answerError, apiError } from './api-error.ts';
import { type ApiHandler, type ApiRequest, type ApiResponse, jsonAnswer } from './api-message.ts';
import { type Dispatch, type Route, route } from './api-router.ts';
import { fillReferences, isUnresolved } from './composite-references.ts';
import { isTrue, readJson } from './read-body.ts';

const MAX_SUBREQUESTS = 25;
const MAX_QUERIES = 5;
const QUERY_OR_COLLECTION = /^\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/i;

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: JsonObject;
}

interface Answered {
  readonly referenceId: string;
  readonly response: ApiResponse;
}

export const createCompositeRoutes = (org: Org, dispatch: () => Dispatch): Route[] => {
  const composite: ApiHandler = (request) => {
    const body = readJson(request);
    const allOrNone = isTrue(body['allOrNone']);
    const subrequests = readSubrequests(body['compositeRequest'], request);
    const answers = org.transaction(() => {
      const done = runAll(request, subrequests, allOrNone, dispatch());
      const failed = done.some(({ response }) => hasFailed(response));
      return { commit: !(allOrNone && failed), value: done };
    });
    const rolledBack = allOrNone && answers.some(({ response }) => hasFailed(response));
    return jsonAnswer({
      compositeResponse: answers.map((answer) =>
        printAnswer(rolledBack && !hasFailed(answer.response) ? halted(answer.referenceId) : answer),
      ),
    });
  };

  const batch: ApiHandler = (request) => {
    const body = readJson(request);
    const list = Array.isArray(body['batchRequests']) ? body['batchRequests'] : [];
    const subrequests = list.map((one: unknown, index) =>
      isJsonObject(one)
        ? toSubrequest({ ...one, referenceId: String(index), body: one['richInput'] }, request, 'batch')
        : null,
    );
    if (subrequests.length > MAX_SUBREQUESTS) throw tooMany();
    const answers = subrequests
      .filter((one) => one !== null)
      .map((one) => runOne(request, one, false, dispatch()));
    return jsonAnswer({
      hasErrors: answers.some(hasFailed),
      results: answers.map((response) => ({ statusCode: response.status, result: response.json ?? null })),
    });
  };

  return [route('POST', '/composite', composite), route('POST', '/composite/batch', batch)];
};

const tooMany = () => apiError(400, 'INVALID_INPUT', `Limit of ${MAX_SUBREQUESTS} subrequests exceeded`);

const readSubrequests = (value: unknown, request: ApiRequest): Subrequest[] => {
  if (!Array.isArray(value)) {
    throw apiError(400, 'JSON_PARSER_ERROR', 'The compositeRequest list is missing at [line:1, column:2]');
  }
  if (value.length > MAX_SUBREQUESTS) throw tooMany();
  const subrequests = value.map((one: unknown) => toSubrequest(one, request, 'composite'));
  const ids = new Set(subrequests.map((one) => one.referenceId));
  if (ids.size < subrequests.length) {
    throw apiError(400, 'INVALID_INPUT', 'Duplicate referenceIds provided');
  }
  const heavy = subrequests.filter((one) => QUERY_OR_COLLECTION.test(one.url)).length;
  if (heavy > MAX_QUERIES) {
    throw apiError(
      400,
      'INVALID_INPUT',
      `Limit of ${MAX_QUERIES} query and sObject Collections subrequests exceeded`,
    );
  }
  return subrequests;
};

const toSubrequest = (value: unknown, request: ApiRequest, kind: 'composite' | 'batch'): Subrequest => {
  if (!isJsonObject(value)) throw apiError(400, 'JSON_PARSER_ERROR', 'a subrequest must be an object');
  const method = textIn(value, 'method');
  const url = textIn(value, 'url');
  const referenceId = textIn(value, 'referenceId');
  if (method === null || url === null || referenceId === null) {
    throw apiError(400, 'INVALID_INPUT', 'method, url and referenceId are required in every subrequest');
  }
  // Batch urls start at the version, composite urls at the root.
  const root = kind === 'batch' && !url.startsWith('/') ? `/services/data/${url}` : url;
  const path = /^\/services\/data\/v\d+\.0(\/.*)$/.exec(root)?.[1];
  if (path === undefined) {
    throw apiError(400, 'INVALID_INPUT', `The url ${url} must start with ${request.basePath}`);
  }
  const headers = value['httpHeaders'];
  return {
    method: method.toUpperCase(),
    url: path,
    referenceId,
    body: value['body'],
    headers: isJsonObject(headers) ? headers : {},
  };
};

const runAll = (
  request: ApiRequest,
  subrequests: readonly Subrequest[],
  allOrNone: boolean,
  dispatch: Dispatch,
): Answered[] => {
  const done: Answered[] = [];
  for (const subrequest of subrequests) {
    const { referenceId } = subrequest;
    if (allOrNone && done.some(({ response }) => hasFailed(response))) {
      done.push(halted(referenceId));
      continue;
    }
    const results = new Map(done.map((one) => [one.referenceId, one.response]));
    const filled = fillReferences({ url: subrequest.url, body: subrequest.body }, results);
    if (isUnresolved(filled)) {
      const response: ApiResponse = {
        status: 400,
        json: [{ errorCode: 'PROCESSING_HALTED', message: filled.problem }],
      };
      done.push({ referenceId, response });
      continue;
    }
    done.push({ referenceId, response: runOne(request, { ...subrequest, ...filled }, allOrNone, dispatch) });
  }
  return done;
};

const runOne = (
  request: ApiRequest,
  subrequest: Subrequest,
  allOrNone: boolean,
  dispatch: Dispatch,
): ApiResponse => {
  const [path, search] = splitOnce(subrequest.url, '?');
  const headers = Object.fromEntries(
    Object.entries(subrequest.headers).map(([name, value]) => [name.toLowerCase(), printJson(value)]),
  );
  try {
    return dispatch({
      ...request,
      method: subrequest.method,
      path,
      query: new URLSearchParams(search),
      headers,
      body: subrequest.body === undefined ? '' : JSON.stringify(subrequest.body),
      allOrNone,
    });
  } catch (error) {
    return answerError(error);
  }
};

const splitOnce = (text: string, separator: string): [string, string] => {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

const hasFailed = (response: ApiResponse): boolean =>
  response.status >= 400 ||
  // A collection that is all or none answers 200 and fails in its rows.
  (Array.isArray(response.json) &&
    response.json.some(
      (row: unknown) =>
        isJsonObject(row) &&
        Array.isArray(row['errors']) &&
        row['errors'].some(
          (error: unknown) =>
            isJsonObject(error) && error['statusCode'] === 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        ),
    ));

const halted = (referenceId: string): Answered => ({
  referenceId,
  response: {
    status: 400,
    json: [
      {
        errorCode: 'PROCESSING_HALTED',
        message: 'The transaction was rolled back since another operation in the same transaction failed.',
      },
    ],
  },
});

const printAnswer = ({ referenceId, response }: Answered): Record<string, unknown> => ({
  body: response.json ?? null,
  httpHeaders: response.headers ?? {},
  httpStatusCode: response.status,
  referenceId,
});
