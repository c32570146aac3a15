// SOQL over REST: /query, /queryAll, and the pages behind nextRecordsUrl.
import { isLongText } from '../objects/field.ts';
import type { Org } from '../org/org.ts';
import { runQuery } from '../soql/run-query.ts';
import { apiError } from './api-error.ts';
import { type ApiHandler, type ApiRequest, type ApiResponse, jsonAnswer } from './api-message.ts';
import { type Route, route } from './api-router.ts';
import type { Cursor, QueryCursors } from './query-cursors.ts';

const DEFAULT_PAGE = 2_000;
const MIN_PAGE = 200;
/** Wide rows come in smaller pages: the batch size is a wish. */
const LONG_TEXT_PAGE = 1_000;

export const createQueryRoutes = (org: Org, cursors: QueryCursors): Route[] => {
  const query =
    (includeDeleted: boolean): ApiHandler =>
    (request) => {
      const soql = request.query.get('q');
      if (soql === null || soql.trim() === '') {
        throw apiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
      }
      const result = runQuery({ org, access: request.caller.access, soql, includeDeleted });
      if (result.kind === 'count') return jsonAnswer({ totalSize: result.count, done: true, records: [] });
      if (result.kind === 'aggregate') {
        return jsonAnswer({ totalSize: result.records.length, done: true, records: result.records });
      }
      const hasLongText = result.columns.some(({ path }) => isLongText(path.field));
      const cursor: Cursor = {
        rows: result.rows,
        print: result.createPrinter(request.basePath),
        pageSize: Math.min(wishedPageSize(request), hasLongText ? LONG_TEXT_PAGE : DEFAULT_PAGE),
      };
      const id = cursor.rows.length > cursor.pageSize ? cursors.open(request.caller.userId, cursor) : '';
      return answerPage(request, cursor, id, 0);
    };

  const more: ApiHandler = (request, params) => {
    const [id = '', position = ''] = (params['locator'] ?? '').split('-');
    const cursor = cursors.find(request.caller.userId, id);
    const from = Number(position);
    if (cursor === null || !Number.isInteger(from) || from < 0 || from >= cursor.rows.length) {
      throw apiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return answerPage(request, cursor, id, from);
  };

  return [
    route('GET', '/query', query(false)),
    route('GET', '/queryAll', query(true)),
    route('GET', '/query/:locator', more),
    route('GET', '/queryAll/:locator', more),
  ];
};

const wishedPageSize = (request: ApiRequest): number => {
  const wish = /batchSize\s*=\s*(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1];
  return wish === undefined ? DEFAULT_PAGE : Math.max(MIN_PAGE, Math.min(DEFAULT_PAGE, Number(wish)));
};

const answerPage = (request: ApiRequest, cursor: Cursor, id: string, from: number): ApiResponse => {
  const until = from + cursor.pageSize;
  const done = until >= cursor.rows.length;
  return jsonAnswer({
    totalSize: cursor.rows.length,
    done,
    ...(done ? {} : { nextRecordsUrl: `${request.basePath}/query/${id}-${until}` }),
    records: cursor.rows.slice(from, until).map((row) => cursor.print(row)),
  });
};
