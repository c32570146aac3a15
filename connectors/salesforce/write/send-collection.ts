// Sends up to 200 rows in one call and gives one answer a row, in order. Well-formed calls are answered 200 whatever the rows do.
import { z } from 'zod';
import { OutcomeUnknownError } from '../../calls/outcome-unknown.ts';
import type { CallKind } from '../../calls/usage-counter.ts';
import type { SalesforceAnswer, SalesforceClient } from '../call/salesforce-client.ts';
import type { CrmWindow } from '../call/vendor-clock.ts';
import type { VendorError } from '../errors.ts';

export const ROWS_A_COLLECTION = 200;

export interface RowAnswer {
  /** 15 or 18 characters; null when the row failed. */
  readonly id: string | null;
  /** Null when the row was written. */
  readonly error: VendorError | null;
}

export interface CollectionAnswer {
  readonly rows: readonly RowAnswer[];
  readonly window: CrmWindow | null;
}

export interface CollectionCall {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly rows: number;
  /** Left out: rows of ours, counted as a write. */
  readonly kind?: CallKind;
  readonly repeatable: boolean;
  readonly signal: AbortSignal | undefined;
}

// Assignment rules would give accounts and tasks new owners. Rules that only alert about duplicates must not stop a tier.
export const WRITE_HEADERS = {
  'Sforce-Auto-Assign': 'FALSE',
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
} as const;

const RowErrorAnswer = z.object({
  statusCode: z.string().optional(),
  errorCode: z.string().optional(),
  message: z.string().default(''),
  fields: z
    .array(z.string())
    .nullish()
    .transform((fields) => fields ?? []),
});
const RowsAnswer = z.array(
  z.object({ id: z.string().nullish(), success: z.boolean(), errors: z.array(RowErrorAnswer).default([]) }),
);

export const sendCollection = async (
  client: SalesforceClient,
  { method, path, body, rows, kind = 'write', repeatable, signal }: CollectionCall,
): Promise<CollectionAnswer> => {
  const answer = await client.call({
    method,
    path,
    kind,
    headers: WRITE_HEADERS,
    repeatable,
    signal,
    ...(body === undefined ? {} : { body }),
  });
  return { rows: readRowAnswers(client, answer, rows), window: answer.window };
};

const readRowAnswers = (
  client: SalesforceClient,
  answer: SalesforceAnswer,
  rows: number,
): readonly RowAnswer[] => {
  const parsed = RowsAnswer.safeParse(answer.body);
  // Which row an answer belongs to is known by its place alone: with a place missing nothing is known.
  if (!parsed.success || parsed.data.length !== rows)
    throw new OutcomeUnknownError(
      `${client.connection}: a write of ${rows} rows was answered in an unknown form`,
    );
  return parsed.data.map(({ id, success, errors }) => {
    if (success) return { id: id ?? null, error: null };
    const [error] = errors;
    return {
      id: null,
      error: {
        // Documentation and older versions disagree on the name of the code.
        code: error?.statusCode ?? error?.errorCode ?? 'UNKNOWN_EXCEPTION',
        message: error?.message ?? '',
        fields: error?.fields ?? [],
      },
    };
  });
};
