// Runs the rows of a collection as one transaction and prints one result a row, in the order sent.

import { rolledBack } from '../dml/dml-error.ts';
import type { DmlOutcome } from '../dml/dml-outcome.ts';
import type { Org } from '../org/org.ts';
import { ApiError } from './api-error.ts';
import { type ApiResponse, jsonAnswer } from './api-message.ts';

export const answerCollection = (
  org: Org,
  allOrNone: boolean,
  kind: 'save' | 'upsert',
  work: () => readonly DmlOutcome[],
): ApiResponse => {
  const { outcomes, wholeCallError } = org.transaction(() => {
    const done = work();
    const error = findWholeCallError(org, done);
    const failed = done.some((outcome) => !outcome.success);
    return {
      commit: error === null && !(allOrNone && failed),
      value: { outcomes: done, wholeCallError: error },
    };
  });
  if (wholeCallError !== null) throw wholeCallError;
  const someFailed = outcomes.some((outcome) => !outcome.success);
  return jsonAnswer(
    outcomes.map((outcome) =>
      printOutcome(
        allOrNone && someFailed && outcome.success
          ? { success: false, id: null, errors: [rolledBack()] }
          : outcome,
        kind,
      ),
    ),
  );
};

const printOutcome = (outcome: DmlOutcome, kind: 'save' | 'upsert'): Record<string, unknown> =>
  outcome.success
    ? {
        id: outcome.id,
        success: true,
        errors: [],
        ...(kind === 'upsert' ? { created: outcome.created } : {}),
      }
    : { success: false, errors: outcome.errors };

// Values of the wrong JSON kind fail while the call is being read, before any row is.
const findWholeCallError = (org: Org, outcomes: readonly DmlOutcome[]): ApiError | null => {
  for (const outcome of outcomes) {
    if (outcome.success) continue;
    const error = outcome.errors.find(
      ({ statusCode, message }) =>
        statusCode === 'JSON_PARSER_ERROR' ||
        (org.quirks.collectionUnknownField === 'call' &&
          statusCode === 'INVALID_FIELD' &&
          message.startsWith('No such column')),
    );
    if (error !== undefined) {
      return new ApiError(400, [{ message: error.message, errorCode: error.statusCode }]);
    }
  }
  return null;
};
