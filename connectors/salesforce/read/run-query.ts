// Runs one SOQL query for one page. A query too long for an address goes inside a composite call, which counts as one too.
import { z } from 'zod';
import { ContractError } from '#errors/errors.ts';
import type { CallKind } from '../../calls/usage-counter.ts';
import type { SalesforceAnswer, SalesforceClient } from '../call/salesforce-client.ts';
import type { CrmWindow } from '../call/vendor-clock.ts';
import { toVendorError, translateCallError } from '../errors.ts';

export interface QueryPage {
  readonly rows: readonly unknown[];
  /** Rows that match, on this page or later ones. */
  readonly totalSize: number;
  readonly done: boolean;
  readonly window: CrmWindow | null;
}

export interface QueryOptions {
  readonly kind: CallKind;
  /** Soft-deleted and archived rows too. */
  readonly withDeleted: boolean;
  readonly signal?: AbortSignal | undefined;
}

const QueryAnswer = z.object({ totalSize: z.number(), done: z.boolean(), records: z.array(z.unknown()) });
const CompositeAnswer = z.object({
  compositeResponse: z.tuple([z.object({ body: z.unknown(), httpStatusCode: z.number() })]),
});

// Salesforce takes 16,384 bytes of address and headers together, some proxies only 8,192.
const ADDRESS_LIMIT = 7500;

export const runQuery = async (
  client: SalesforceClient,
  soql: string,
  options: QueryOptions,
): Promise<QueryPage> => {
  const resource = options.withDeleted ? 'queryAll' : 'query';
  const path = `/${resource}?q=${encodeURIComponent(soql).replaceAll('%20', '+')}`;
  const { kind, signal } = options;
  const answer =
    path.length <= ADDRESS_LIMIT
      ? await client.call({ method: 'GET', path, kind, signal })
      : await queryInsideComposite(client, path, options);
  const parsed = QueryAnswer.safeParse(answer.body);
  if (!parsed.success)
    throw new ContractError(`${client.connection}: a query was answered in an unknown form`, {
      cause: parsed.error,
    });
  const { totalSize, done, records } = parsed.data;
  return { rows: records, totalSize, done, window: answer.window };
};

const queryInsideComposite = async (
  client: SalesforceClient,
  path: string,
  { kind, signal }: QueryOptions,
): Promise<SalesforceAnswer> => {
  const answer = await client.call({
    method: 'POST',
    path: '/composite',
    kind,
    body: {
      allOrNone: false,
      compositeRequest: [
        { method: 'GET', url: `/services/data/v${client.apiVersion}${path}`, referenceId: 'page' },
      ],
    },
    repeatable: true,
    deadlineMs: client.timings.readDeadlineMs,
    signal,
  });
  const parsed = CompositeAnswer.safeParse(answer.body);
  if (!parsed.success)
    throw new ContractError(`${client.connection}: a composite call was answered in an unknown form`, {
      cause: parsed.error,
    });
  const [{ body, httpStatusCode }] = parsed.data.compositeResponse;
  if (httpStatusCode >= 400) {
    const thrown = Array.isArray(body) ? toVendorError(body[0]) : null;
    throw translateCallError(
      thrown === null
        ? new ContractError(`${client.connection}: a query inside a composite call failed`)
        : { errorCode: thrown.code, message: thrown.message, fields: thrown.fields },
      { what: 'query', connection: client.connection, status: httpStatusCode, retryAfterMs: null },
    );
  }
  return { ...answer, body };
};
