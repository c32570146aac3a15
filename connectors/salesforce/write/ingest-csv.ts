// Writes updates as the CSV of a bulk job. One header for all rows: an empty cell leaves a field alone, #N/A clears it.
import { stringify } from 'csv-stringify/sync';
import type { CrmChange, CrmValue } from '#ports/crm.ts';
import { toLongId } from '../salesforce-id.ts';

const CLEAR = '#N/A';

/** False for a row whose own text would be read as a command. */
export const fitsCsv = ({ fields }: CrmChange): boolean =>
  Object.values(fields).every((value) => typeof value !== 'string' || value.trim() !== CLEAR);

export const toIngestCsv = (changes: readonly CrmChange[]): string => {
  const fields = [...new Set(changes.flatMap((change) => Object.keys(change.fields)))];
  const rows = changes.map((change) => [
    toLongId(change.recordId ?? ''),
    ...fields.map((field) => (field in change.fields ? toCell(change.fields[field] ?? null) : '')),
  ]);
  return stringify([['Id', ...fields], ...rows], { record_delimiter: '\n' });
};

const toCell = (value: CrmValue): string => (value === null || value === '' ? CLEAR : String(value));
