// Companies as the scoring steps read them.
import { sql } from 'kysely';
import type { DossierStore } from '#ports/store.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';
import { streamDossiers } from './stream-dossiers.ts';

export function createDossierStore({ db, pool }: Database): DossierStore {
  return {
    stream: (query) => streamDossiers(pool, query?.keys),

    async *wonOpportunities() {
      const query = db
        .selectFrom('records as opportunity')
        .innerJoin('records as account', (join) =>
          join
            .onRef('account.connection', '=', 'opportunity.connection')
            .on('account.object', '=', 'account')
            .onRef('account.id', '=', 'opportunity.account_id'),
        )
        .select([
          'opportunity.company_key',
          'opportunity.connection',
          'opportunity.fields as opportunity_fields',
          'account.fields as account_fields',
        ])
        .where('opportunity.object', '=', 'opportunity')
        .where('opportunity.deleted', '=', false)
        .where('opportunity.company_key', 'is not', null)
        .where(sql<boolean>`opportunity.fields @> '{"isWon": true}'`)
        .orderBy('opportunity.company_key')
        .orderBy('opportunity.connection')
        .orderBy('opportunity.id')
        .$narrowType<{ company_key: string }>()
        .compile();
      for await (const row of streamRows(pool, query)) {
        yield {
          companyKey: row.company_key,
          connection: row.connection,
          opportunity: row.opportunity_fields,
          account: row.account_fields,
        };
      }
    },
  };
}
