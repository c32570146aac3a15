// What every write needs beside its rows.
import type { ApplyRequest, ChangeOutcome, CrmChange, RowError } from '#ports/crm.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { SchemaReader } from '../schema/schema-reader.ts';

export interface WriteParts {
  readonly client: SalesforceClient;
  readonly schema: SchemaReader;
  readonly crmObject: string;
  readonly beforeSend: ApplyRequest['beforeSend'];
  readonly signal: AbortSignal | undefined;
}

export const changeIdsOf = (changes: readonly CrmChange[]): readonly string[] =>
  changes.map(({ changeId }) => changeId);

export const failed = ({ changeId }: CrmChange, error: RowError): ChangeOutcome => ({
  changeId,
  status: 'failed',
  error,
});
