// Answers that refuse a whole call: a status and an array of messages with codes, as every REST resource gives them.
import type { DmlError } from '../dml/dml-error.ts';
import type { Quirks } from '../org/quirks.ts';
import { SoqlError } from '../soql/soql-error.ts';
import type { ApiResponse } from './api-message.ts';

export interface ApiErrorItem {
  readonly message: string;
  readonly errorCode: string;
  readonly fields?: readonly string[];
}

export class ApiError extends Error {
  readonly status: number;
  readonly items: readonly ApiErrorItem[];

  constructor(status: number, items: readonly ApiErrorItem[]) {
    super(items[0]?.message ?? `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.items = items;
  }
}

export const apiError = (status: number, errorCode: string, message: string): ApiError =>
  new ApiError(status, [{ message, errorCode }]);

export const notFound = (message = 'The requested resource does not exist'): ApiError =>
  apiError(404, 'NOT_FOUND', message);

export const invalidSession = (): ApiError =>
  apiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

export const toApiResponse = (error: ApiError): ApiResponse => ({ status: error.status, json: error.items });

/** What a thrown value answers; anything unknown is a fault of the sandbox itself. */
export const answerError = (error: unknown): ApiResponse => {
  if (error instanceof ApiError) return toApiResponse(error);
  if (error instanceof SoqlError) {
    return toApiResponse(apiError(400, error.errorCode, error.message));
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return toApiResponse(
    apiError(500, 'UNKNOWN_EXCEPTION', `An unexpected error occurred in the sandbox: ${detail}`),
  );
};

const ACCESS_CODES = new Set([
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
]);

/** Status and body of a lone row that was refused. */
export const refuseRow = (
  errors: readonly DmlError[],
  operation: 'insert' | 'update' | 'delete',
  quirks: Quirks,
): ApiError => {
  const [first] = errors;
  return new ApiError(
    statusOf(first?.statusCode ?? '', operation, quirks),
    errors.map(({ message, statusCode, fields }) => ({
      message,
      errorCode: statusCode,
      // JSON that does not parse has no field to blame.
      ...(statusCode === 'JSON_PARSER_ERROR' || statusCode === 'NOT_FOUND' ? {} : { fields }),
    })),
  );
};

const statusOf = (code: string, operation: 'insert' | 'update' | 'delete', quirks: Quirks): number => {
  if (code === 'ENTITY_IS_DELETED' || code === 'NOT_FOUND') return 404;
  if (code === 'INVALID_CROSS_REFERENCE_KEY' && operation !== 'insert') return 404;
  if (ACCESS_CODES.has(code)) return quirks.accessDeniedStatus;
  return 400;
};
