// The peer that most scripts are: everything read into arrays, grouped by company, and the same judgement over it.
import { Client } from 'pg';
import { judgeCompany } from '#pipeline/plan/judge-company.ts';
import { prepareScoring } from '#pipeline/score/scoring.ts';
import { storedSources } from '#pipeline/stored-sources.ts';
import type { CompanyDossier, KeyedSourceRow, LedgeredRecord } from '#ports/store.ts';
import { benchSession } from '../bench-session.ts';
import { AS_OF } from '../invent-company.ts';
import { countTiers, type TierCounter } from '../tier-counts.ts';
import { withStore } from '../with-store.ts';

interface RecordRow {
  readonly company_key: string;
  readonly object: LedgeredRecord['object'];
  readonly id: string;
  readonly fields: LedgeredRecord['fields'];
}

export async function tierInMemory(databaseUrl: string): Promise<TierCounter> {
  return withStore(databaseUrl, async (store) => {
    const session = benchSession(store);
    const scoring = await prepareScoring(session, AS_OF, await storedSources(session));
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const records = await client.query<RecordRow>(
      'select company_key, object, id, fields from tierline.records',
    );
    const rows = await client.query<{ company_key: string } & KeyedSourceRow>(
      'select company_key, source, kind, method, row_number, email, at, fields from tierline.source_rows',
    );
    await client.end();
    const dossiers = new Map<string, Mutable>();
    const of = (key: string): Mutable => {
      const known = dossiers.get(key) ?? emptyDossier(key);
      dossiers.set(key, known);
      return known;
    };
    for (const { company_key: key, object, id, fields } of records.rows) {
      const record = {
        connection: 'sf',
        object,
        id,
        fields,
        modifiedAt: null,
        deleted: false,
        companyKey: key,
        lastWritten: {},
      };
      if (object === 'account') of(key).accounts.push(record);
      else if (object === 'contact') of(key).contacts.push(record);
      else of(key).opportunities.push(record);
    }
    for (const { company_key: key, ...row } of rows.rows) of(key).sourceRows.push(row);
    const counts = countTiers();
    for (const dossier of dossiers.values()) {
      const judged = judgeCompany(dossier, scoring);
      if (judged !== null) counts.add(judged.step.tier);
    }
    return counts;
  });
}

type Mutable = CompanyDossier & {
  readonly accounts: LedgeredRecord[];
  readonly contacts: LedgeredRecord[];
  readonly opportunities: LedgeredRecord[];
  readonly sourceRows: KeyedSourceRow[];
};

function emptyDossier(companyKey: string): Mutable {
  return {
    companyKey,
    accounts: [],
    contacts: [],
    opportunities: [],
    opportunityRoles: [],
    tasks: [],
    programs: [],
    sourceRows: [],
    usedKeys: [],
    tierState: null,
  };
}
