// Removes a person from every table, in one transaction, with the audit entry of it. Which tables stands in places.ts.
import type { ClientBase, Pool, PoolClient } from 'pg';
import {
  FORGOTTEN_KINDS,
  type ForgettingReport,
  type ForgettingStore,
  type ForgottenKind,
  type NamedPerson,
  type PersonRecord,
} from '#ports/forgetting.ts';
import { recordsMoving } from '../advisory-locks.ts';
import { noteMatchChange } from '../keys/match-changes.ts';
import { addAuditEntry } from '../people/audit.ts';
import { demandDurableCommit, inRetriedTransaction, inTransaction } from '../transaction.ts';
import type { PersonInDocuments } from './clean-documents.ts';
import { cleanReports, cleanResults } from './documents-of-runs.ts';
import { namePerson, plainAddress } from './name-person.ts';
import { countOf, isAddressed, isQuoted, PLACES, removal } from './places.ts';

export function createForgettingStore(pool: Pool): ForgettingStore {
  return {
    preview: (person) =>
      inTransaction(pool, async (client) => {
        const found = await findPerson(client, person);
        return { ...found.where, removed: await countPerson(client, found.documents) };
      }),

    forget: (person, audit) =>
      inRetriedTransaction(pool, async (client) => {
        const report = await removePerson(client, person);
        await addAuditEntry(client, audit(report));
        return report;
      }),

    async note(person, audit) {
      await inTransaction(pool, async (client) => {
        await demandDurableCommit(client);
        await client.query(
          'insert into tierline.noted_forgettings (address) select distinct * from unnest($1::text[])',
          [person.addresses.map(plainAddress)],
        );
        await client.query(
          `insert into tierline.noted_forgettings (connection, object, id)
           select * from unnest($1::text[], $2::text[], $3::text[])`,
          [
            person.records.map(({ connection }) => connection),
            person.records.map(({ object }) => object),
            person.records.map(({ id }) => id),
          ],
        );
        await addAuditEntry(client, audit);
      });
    },

    forgetNoted: () => inRetriedTransaction(pool, forgetNoted),
  };
}

async function forgetNoted(client: PoolClient): Promise<ForgettingReport | null> {
  const { rows } = await client.query<NotedRow>(
    'delete from tierline.noted_forgettings returning address, connection, object, id',
  );
  if (rows.length === 0) return null;
  return await removePerson(client, {
    addresses: rows.flatMap(({ address }) => (address === null ? [] : [address])),
    records: rows.flatMap(({ address, ...record }) => (address === null ? [record] : [])),
  });
}

interface NotedRow extends PersonRecord {
  readonly address: string | null;
}

async function removePerson(client: PoolClient, person: NamedPerson): Promise<ForgettingReport> {
  await demandDurableCommit(client);
  await client.query(`select pg_advisory_xact_lock(${recordsMoving})`);
  const { where, documents } = await findPerson(client, person);
  const counts = noCounts();
  for (const place of PLACES) counts[place.kind] += (await client.query(removal(place))).rowCount ?? 0;
  counts.cleaned += await cleanResults(client, documents, true);
  counts.cleaned += await cleanReports(client, documents, true);
  if (counts.records > 0) await forgetMatching(client);
  return { ...where, removed: counts };
}

async function countPerson(client: ClientBase, documents: PersonInDocuments): Promise<Counts> {
  const counts = noCounts();
  for (const place of PLACES) {
    const { rows } = await client.query<{ count: number }>(countOf(place));
    counts[place.kind] += rows[0]?.count ?? 0;
  }
  // Their place comes after that of the roles, which are gone by then when something is removed.
  counts.records -= counts.opportunityRoles;
  counts.cleaned += await cleanResults(client, documents, false);
  counts.cleaned += await cleanReports(client, documents, false);
  return counts;
}

/** Matching remembers bytes of all contacts together: the next run reads every record and remembers anew. */
async function forgetMatching(client: ClientBase): Promise<void> {
  await client.query('truncate tierline.match_memory');
  await client.query('update tierline.key_state set memory_version = null, memory_parts = 0');
  await noteMatchChange(client);
}

interface FoundPerson {
  readonly where: Pick<ForgettingReport, 'stillIn' | 'sources'>;
  readonly documents: PersonInDocuments;
}

async function findPerson(client: ClientBase, person: NamedPerson): Promise<FoundPerson> {
  const addresses = await namePerson(client, person);
  const records = await client.query<PersonRecord & { readonly is_held: boolean }>(
    `select f.connection, f.object, f.id, r.id is not null as is_held
       from pg_temp.forgotten_records f
       left join tierline.records r
         on r.connection = f.connection and r.object = f.object and r.id = f.id and not r.deleted
      where f.object <> 'opportunity_role'
      order by 1, 2, 3`,
  );
  const sources = await client.query<{ source: string }>(
    `select t.source from tierline.source_rows t where ${isAddressed}
      union
     select t.source from tierline.refused_source_rows t where ${isQuoted}
      order by 1`,
  );
  return {
    where: {
      stillIn: records.rows
        .filter(({ is_held: isHeld }) => isHeld)
        .map(({ connection, object, id }) => ({ connection, object, id })),
      sources: sources.rows.map(({ source }) => source),
    },
    documents: { addresses, records: records.rows },
  };
}

type Counts = Record<ForgottenKind, number>;

function noCounts(): Counts {
  return Object.fromEntries(FORGOTTEN_KINDS.map((kind) => [kind, 0])) as Counts;
}
