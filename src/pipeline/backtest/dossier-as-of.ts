// A company as it may have stood on a day gone by: what has a date is taken back to it, what has none stays as it is today.
// Judges nothing; says nothing of what cannot be known.
import type { CanonicalFields } from '#domain/record/objects.ts';
import { isOpenOpportunity } from '#domain/value/opportunity.ts';
import type { CompanyDossier, KeyedRecord, KeyedSourceRow } from '#ports/store.ts';

/** What moves too fast to be taken back: who has a budget today may have it because they bought. */
const TOO_FAST = ['budget'] as const;

/** Null when the company was not there yet. Its tier state of today is left out. */
export function dossierAsOf(dossier: CompanyDossier, asOfMs: number): CompanyDossier | null {
  const was = (record: KeyedRecord) => existed(record.fields, asOfMs);
  const accounts = dossier.accounts.filter(was);
  if (accounts.length === 0) return null;
  return {
    ...dossier,
    accounts,
    contacts: dossier.contacts.filter(was),
    opportunities: dossier.opportunities.flatMap((record) => {
      const fields = opportunityAsOf(record.fields, asOfMs);
      return fields === null ? [] : [{ ...record, fields }];
    }),
    tasks: [],
    programs: [],
    usedKeys: [],
    sourceRows: dossier.sourceRows.map((row) => rowAsOf(row, asOfMs)),
    tierState: null,
  };
}

/** A record without a day of its making has always been there. */
function existed({ createdAt }: CanonicalFields, asOfMs: number): boolean {
  return typeof createdAt !== 'string' || Date.parse(createdAt) <= asOfMs;
}

/** Null for a deal that had not begun; one that closed later is open. */
function opportunityAsOf(fields: CanonicalFields, asOfMs: number): CanonicalFields | null {
  if (!existed(fields, asOfMs)) return null;
  const { closeDate } = fields;
  if (isOpenOpportunity(fields) || typeof closeDate !== 'string' || Date.parse(closeDate) <= asOfMs)
    return fields;
  return { ...fields, isClosed: false, isWon: false, stage: null };
}

/** Firmographics observed later are taken for what was true before, as the CRM's own fields are. */
function rowAsOf(row: KeyedSourceRow, asOfMs: number): KeyedSourceRow {
  if (row.kind !== 'firmographics') return row;
  if (row.at !== null && Date.parse(row.at) <= asOfMs) return row;
  const fields: Record<string, KeyedSourceRow['fields'][string]> = { ...row.fields };
  for (const field of TOO_FAST) fields[field] = null;
  return { ...row, at: new Date(asOfMs).toISOString(), fields };
}
