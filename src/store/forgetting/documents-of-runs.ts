// Finds the results and reports that may speak of a person, and stores them without. What is taken out decides clean-documents.ts.
import type { ClientBase } from 'pg';
import type { Json } from '#ports/store.ts';
import { toJsonText } from '../bulk/json-text.ts';
import { cleanReport, cleanResult, type PersonInDocuments } from './clean-documents.ts';

/** Rows that differ without the person; `isMeant` false: counted, not stored. */
export async function cleanResults(
  client: ClientBase,
  person: PersonInDocuments,
  isMeant: boolean,
): Promise<number> {
  const { rows } = await client.query<{
    run: string;
    company_key: string;
    tier_state: Json;
    evaluation: Json;
  }>(
    `select r.run, r.company_key, r.tier_state, r.evaluation
       from tierline.results r
      cross join lateral (select lower((r.tier_state::text || r.evaluation::text) collate "C") as said offset 0) text
      where ${SPEAKS_OF}`,
    [needlesOf(person)],
  );
  let cleaned = 0;
  for (const { run, company_key: key, tier_state: state, evaluation } of rows) {
    const after = [toJsonText(cleanResult(state, person)), toJsonText(cleanResult(evaluation, person))];
    if (after[0] === toJsonText(state) && after[1] === toJsonText(evaluation)) continue;
    cleaned += 1;
    if (isMeant)
      await client.query(
        'update tierline.results set tier_state = $3, evaluation = $4 where run = $1 and company_key = $2',
        [run, key, ...after],
      );
  }
  return cleaned;
}

/** As `cleanResults`. */
export async function cleanReports(
  client: ClientBase,
  person: PersonInDocuments,
  isMeant: boolean,
): Promise<number> {
  const { rows } = await client.query<{ id: string; report: Json }>(
    `select r.id, r.report
       from tierline.runs r
      cross join lateral (select lower(r.report::text collate "C") as said offset 0) text
      where ${SPEAKS_OF}`,
    [needlesOf(person)],
  );
  let cleaned = 0;
  for (const { id, report } of rows) {
    const after = toJsonText(cleanReport(report, person));
    if (after === toJsonText(report)) continue;
    cleaned += 1;
    if (isMeant) await client.query('update tierline.runs set report = $2 where id = $1', [id, after]);
  }
  return cleaned;
}

/** More than the person's: HubSpot gives a contact and a company one number. In lower case, as what is searched. */
function needlesOf({ addresses, records }: PersonInDocuments): readonly string[] {
  const inner = addresses.map((address) => JSON.stringify(address).slice(1, -1));
  return [...inner, ...records.map(({ id }) => `"id":${JSON.stringify(id)}`)].map((each) =>
    each.toLowerCase(),
  );
}

/** Once for a document, however many needles: results are the largest table, and lowering a text costs more than searching it. */
const SPEAKS_OF = 'exists (select from unnest($1::text[]) as needle where strpos(text.said, needle) > 0)';
