// Versions of the configuration. What comes into force does so one at a time, and only over what its author had seen.
import type { Pool, PoolClient } from 'pg';
import type { AuditEntry } from '#ports/audit.ts';
import type { ConfigurationStore, NewVersion, VersionDecision, VersionStatus } from '#ports/configuration.ts';
import { addAuditEntry } from '../people/audit.ts';
import { inTransaction } from '../transaction.ts';
import { findVersion, listVersions, readInForce, readInForceAfter, readRevision } from './read-versions.ts';

export function createConfigurationStore(pool: Pool): ConfigurationStore {
  return {
    inForce: () => readInForce(pool),
    revision: () => readRevision(pool),

    add: (version, waits, seen) =>
      inTransaction(pool, async (client) => {
        if ((await lockRevision(client)) !== seen.revision) return null;
        const number = await insertVersion(client, version);
        const superseded = waits ? [] : await putInForce(client, number, version.createdAt);
        await addAuditEntry(client, seen.entry(number, superseded));
        return { number, superseded };
      }),

    approve: (number, decision, seen) =>
      inTransaction(pool, async (client) => {
        if ((await lockRevision(client)) !== seen.revision) return { outcome: 'moved' };
        if (!(await decide(client, number, 'in-force', decision))) return { outcome: 'decided-before' };
        const superseded = await putInForce(client, number, decision.at);
        await addAuditEntry(client, seen.entry(number, superseded));
        return { outcome: 'done', superseded };
      }),

    dismiss: (number, status, decision, entry: AuditEntry) =>
      inTransaction(pool, async (client) => {
        if (!(await decide(client, number, status, decision))) return 'decided-before';
        await addAuditEntry(client, entry);
        return 'done';
      }),

    find: (number) => findVersion(pool, number),
    list: (query) => listVersions(pool, query),
    inForceAfter: (number) => readInForceAfter(pool, number),
  };
}

/** Until the transaction ends nobody else puts anything in force. */
async function lockRevision(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ revision: number }>(
    'select revision from tierline.configuration_state for update',
  );
  return rows[0]?.revision ?? 0;
}

async function insertVersion(client: PoolClient, version: NewVersion): Promise<number> {
  const { author, person, reason, createdAt, rollsBackTo, files } = version;
  const { rows } = await client.query<{ number: number }>(
    `insert into tierline.configuration_versions
       (status, author_kind, author_id, request_id, person, reason, created_at, rolls_back_to)
     values ('proposed', $1, $2, $3, $4, $5, $6, $7)
     returning number`,
    [author.kind, author.id, author.requestId, person, reason, createdAt, rollsBackTo],
  );
  const number = rows[0]?.number ?? 0;
  await client.query(
    `insert into tierline.configuration_files (version, path, content, base)
     select $1, f.* from unnest($2::text[], $3::text[], $4::bigint[]) as f`,
    [
      number,
      files.map(({ path }) => path),
      files.map(({ content }) => content),
      files.map(({ base }) => base),
    ],
  );
  return number;
}

/** False: it no longer waits. */
async function decide(
  client: PoolClient,
  number: number,
  status: VersionStatus,
  { by, at, reason }: VersionDecision,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update tierline.configuration_versions
        set status = $2, decided_by_kind = $3, decided_by_id = $4, decided_request_id = $5, decided_at = $6,
            decision_reason = $7
      where number = $1 and status = 'proposed'`,
    [number, status, by.kind, by.id, by.requestId, at, reason],
  );
  return rowCount === 1;
}

/** Versions that waited with one of its files: their base is outdated. */
async function putInForce(client: PoolClient, number: number, at: string): Promise<readonly number[]> {
  await client.query(
    `with counted as (update tierline.configuration_state set revision = revision + 1 returning revision)
     update tierline.configuration_versions v
        set status = 'in-force', in_force_at = $2, revision = counted.revision
       from counted
      where v.number = $1`,
    [number, at],
  );
  await client.query(
    `insert into tierline.configuration_in_force (path, version)
     select path, version from tierline.configuration_files where version = $1
     on conflict (path) do update set version = excluded.version`,
    [number],
  );
  await client.query(
    `update tierline.configuration_versions v set status = 'superseded'
      where v.status = 'in-force'
        and not exists (select from tierline.configuration_in_force f where f.version = v.number)`,
  );
  const { rows } = await client.query<{ number: number }>(
    `update tierline.configuration_versions v set status = 'superseded'
      where v.status = 'proposed' and v.number <> $1
        and exists (
          select from tierline.configuration_files mine
            join tierline.configuration_files theirs on theirs.path = mine.path
           where mine.version = $1 and theirs.version = v.number)
     returning number`,
    [number],
  );
  return rows.map((row) => row.number).toSorted((a, b) => a - b);
}
