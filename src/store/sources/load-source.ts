// Replaces a source's rows with those of a new file, all or nothing.
import type { Pool } from 'pg';
import type { RefusedSourceRow, SourceLoad, SourceLoadResult, SourceRow } from '#ports/store.ts';
import { sourceLoading } from '../advisory-locks.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';
import { toJsonText } from '../bulk/json-text.ts';
import { inTransaction } from '../transaction.ts';

const rowColumns = [
  'source',
  'row_number',
  'kind',
  'method',
  'ref_key',
  'ref_connection',
  'ref_crm_id',
  'ref_identifiers',
  'ref_domain',
  'ref_name_country',
  'email',
  'at',
  'fields',
];

/**
 * How many rows the source had when a run was last carried out with it. A load that only a plan or a held run has seen is
 * passed over: compared with it, a file that lost half its rows would look sound the night after.
 */
const acceptedRowsQuery = `
  select case
           when loaded_at <= (
             select case when status in ('done', 'stopped') then finished_at else started_at end
               from tierline.runs
              where mode <> 'dry-run' and status in ('done', 'failed', 'stopped', 'interrupted')
              order by number desc
              limit 1)
           then row_count
           else previous_row_count
         end as accepted_rows
    from tierline.source_loads
   where source = $1`;

export async function loadSource(
  pool: Pool,
  load: SourceLoad,
  rows: AsyncIterable<{ readonly row: SourceRow } | { readonly refused: RefusedSourceRow }>,
): Promise<SourceLoadResult> {
  const { source, kind, method, fingerprint, loadedAt } = load;
  return await inTransaction(pool, async (client) => {
    // Two loads of one source take turns.
    await client.query(`select pg_advisory_xact_lock(${sourceLoading})`, [source]);
    const before = await client.query<{ accepted_rows: number | null }>(acceptedRowsQuery, [source]);
    await client.query('delete from tierline.source_rows where source = $1', [source]);
    await client.query('delete from tierline.refused_source_rows where source = $1', [source]);

    const kept = new CopyWriter(client, 'tierline.source_rows', rowColumns);
    const refused = new CopyWriter(client, 'tierline.refused_source_rows', [
      'source',
      'row_number',
      'reason',
    ]);
    for await (const item of rows) {
      if ('refused' in item) {
        await refused.add([source, item.refused.rowNumber, item.refused.reason]);
        continue;
      }
      const { rowNumber, company, email, at, fields } = item.row;
      await kept.add([
        source,
        rowNumber,
        kind,
        method,
        company.companyKey,
        company.crm?.connection ?? null,
        company.crm?.id ?? null,
        company.identifiers,
        company.domain,
        company.nameCountry,
        email,
        at,
        toJsonText(fields),
      ]);
    }
    await kept.flush();
    await refused.flush();

    const previousRows = before.rows[0]?.accepted_rows ?? null;
    await client.query(
      `insert into tierline.source_loads (
         source, kind, method, fingerprint, loaded_at, row_count, refused_count, previous_row_count
       ) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (source) do update set
         kind = excluded.kind,
         method = excluded.method,
         fingerprint = excluded.fingerprint,
         loaded_at = excluded.loaded_at,
         row_count = excluded.row_count,
         refused_count = excluded.refused_count,
         previous_row_count = excluded.previous_row_count`,
      [source, kind, method, fingerprint, loadedAt, kept.rows, refused.rows, previousRows],
    );
    return { ...load, rows: kept.rows, refused: refused.rows, previousRows };
  });
}
