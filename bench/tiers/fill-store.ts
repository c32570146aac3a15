// Fills an empty store with invented companies by COPY, past the store's own doors: what a pull would have left there.
import { Client } from 'pg';
import { CopyWriter } from '#store/bulk/copy-writer.ts';
import { ConnectionLane } from '#store/connection-lane.ts';
import { AS_OF, inventCompany } from './invent-company.ts';

/** @returns rows written */
export async function fillStore(databaseUrl: string, companies: number): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await dropIndexes(client);
    await client.query('begin');
    // One COPY at a time on a connection.
    const lane = new ConnectionLane();
    const records = new CopyWriter(
      client,
      'tierline.records',
      ['connection', 'object', 'id', 'fields', 'deleted', 'account_id', 'company_key', 'put_run'],
      lane,
    );
    const rows = new CopyWriter(
      client,
      'tierline.source_rows',
      ['source', 'row_number', 'kind', 'method', 'ref_identifiers', 'email', 'at', 'fields', 'company_key'],
      lane,
    );
    let rowNumber = 0;
    for (let number = 0; number < companies; number += 1) {
      const { key, account, contact, opportunity, firmographics, intent, events } = inventCompany(number);
      const record = (object: string, it: { id: string; fields: object }, accountId: string | null) =>
        records.add(['sf', object, it.id, JSON.stringify(it.fields), false, accountId, key, 'bench']);
      await record('account', account, null);
      await record('contact', contact, account.id);
      if (opportunity !== null) await record('opportunity', opportunity, account.id);
      const row = (
        source: string,
        kind: string,
        method: string,
        at: string,
        fields: object,
        email: string | null,
      ) => rows.add([source, (rowNumber += 1), kind, method, '{}', email, at, JSON.stringify(fields), key]);
      await row('firmo', 'firmographics', 'publisher', firmographics.at, firmographics.fields, null);
      if (intent !== null) {
        await row(
          'surge',
          'intent-scores',
          'coop_consented',
          intent.at,
          { topic: 'erp', score: intent.score },
          null,
        );
      }
      for (const { at, type, email } of events) {
        await row('web', 'engagement', 'first_party', at, { type, anonymous: email === null }, email);
      }
    }
    await records.flush();
    await rows.flush();
    for (const [source, kind] of [
      ['firmo', 'firmographics'],
      ['surge', 'intent-scores'],
      ['web', 'engagement'],
    ]) {
      await client.query(
        `insert into tierline.source_loads (source, kind, fingerprint, loaded_at, row_count, refused_count)
         values ($1, $2, 'bench', $3, 0, 0)`,
        [source, kind, AS_OF],
      );
    }
    await client.query('commit');
    await client.query('analyze');
    return records.rows + rows.rows;
  } finally {
    await client.end();
  }
}

/** Filling is not what is measured, and a sequential read uses none of these. */
async function dropIndexes(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(indexname) as name from pg_indexes
      where schemaname = 'tierline' and tablename in ('records', 'source_rows') and indexdef not like '%UNIQUE%'`,
  );
  for (const { name } of rows) await client.query(`drop index tierline.${name}`);
}
