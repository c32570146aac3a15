// Reads the JSON a call carries, with the error the vendor gives for JSON that does not parse.
import { isJsonObject, type JsonObject } from '../org/json.ts';
import { apiError } from './api-error.ts';
import type { ApiRequest } from './api-message.ts';

export const readJson = (request: ApiRequest): JsonObject => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body);
  } catch {
    throw apiError(400, 'JSON_PARSER_ERROR', describeProblem(request.body));
  }
  if (!isJsonObject(parsed)) {
    throw apiError(400, 'JSON_PARSER_ERROR', 'Unexpected parser error at [line:1, column:1]');
  }
  return parsed;
};

const describeProblem = (body: string): string =>
  body.trim() === ''
    ? 'No content to map to Object due to end of input'
    : `Unexpected character ('${body.charAt(0)}' (code ${body.charCodeAt(0)})): expected a valid value at [line:1, column:2]`;

export const isTrue = (value: unknown): boolean => value === true || value === 'true';
