// Labelled records of a JSON Lines file: what `keys match` takes, with the true company in `cluster`.
import { readFileSync } from 'node:fs';
import type { CompanyRecord } from '#domain/key/company-record.ts';
import { parseKeyLine } from '#mapping/key/parse-key-line.ts';

export interface LabelledRecord {
  readonly record: CompanyRecord;
  /** Null: belongs to no company. */
  readonly cluster: string | null;
}

export function readLabelledSet(path: string): LabelledRecord[] {
  const labelled: LabelledRecord[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const parsed = parseKeyLine(line);
    if ('error' in parsed) throw new Error(`${path}: ${parsed.error}`);
    const { cluster } = JSON.parse(line) as { cluster?: string | null };
    labelled.push({ record: parsed.record, cluster: cluster ?? null });
  }
  return labelled;
}
