// Reads versions of the configuration and what is or was in force.
import type { Pool } from 'pg';
import type { Author } from '#ports/audit.ts';
import type {
  ConfigurationInForce,
  ConfigurationStore,
  HeldVersionFile,
  StoredVersion,
  StoredVersionFile,
  VersionStatus,
  VersionSummary,
} from '#ports/configuration.ts';

const selectVersions = `
  select v.number, v.status, v.author_kind, v.author_id, v.request_id, v.person, v.reason, v.created_at, v.rolls_back_to,
         v.decided_by_kind, v.decided_by_id, v.decided_request_id, v.decided_at, v.decision_reason, v.in_force_at,
         (select array_agg(f.path order by f.path) from tierline.configuration_files f where f.version = v.number) as paths
    from tierline.configuration_versions v`;

/** One statement, so that revision and files are of one moment. */
export async function readInForce(pool: Pool): Promise<ConfigurationInForce> {
  const { rows } = await pool.query<{
    revision: number;
    path: string | null;
    version: number;
    content: string | null;
  }>(
    `select s.revision, f.path, f.version, c.content
       from tierline.configuration_state s
       left join tierline.configuration_in_force f on true
       left join tierline.configuration_files c on c.version = f.version and c.path = f.path
      order by f.path`,
  );
  const files = rows.flatMap(({ path, version, content }) =>
    path === null ? [] : [{ path, version, content }],
  );
  return { revision: rows[0]?.revision ?? 0, files };
}

export async function readRevision(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ revision: number }>(
    'select revision from tierline.configuration_state',
  );
  return rows[0]?.revision ?? 0;
}

export async function findVersion(pool: Pool, number: number): Promise<StoredVersion | null> {
  const { rows } = await pool.query<VersionRow>(`${selectVersions} where v.number = $1`, [number]);
  const [row] = rows;
  if (row === undefined) return null;
  const found = await pool.query<StoredVersionFile>(
    `select f.path, f.content, f.base, b.content as "baseContent"
       from tierline.configuration_files f
       left join tierline.configuration_files b on b.version = f.base and b.path = f.path
      where f.version = $1
      order by f.path`,
    [number],
  );
  return { ...toSummary(row), files: found.rows };
}

export async function listVersions(
  pool: Pool,
  { limit, before, path }: Parameters<ConfigurationStore['list']>[0],
): Promise<readonly VersionSummary[]> {
  const { rows } = await pool.query<VersionRow>(
    `${selectVersions}
      where ($1::bigint is null or v.number < $1)
        and ($2::text is null or exists (
          select from tierline.configuration_files f where f.version = v.number and f.path = $2))
      order by v.number desc
      limit $3`,
    [before ?? null, path ?? null, limit],
  );
  return rows.map(toSummary);
}

export async function readInForceAfter(
  pool: Pool,
  number: number,
): Promise<readonly HeldVersionFile[] | null> {
  if (number !== 0) {
    const { rowCount } = await pool.query(
      'select from tierline.configuration_versions where number = $1 and revision is not null',
      [number],
    );
    if (rowCount === 0) return null;
  }
  const { rows } = await pool.query<HeldVersionFile>(
    `select distinct on (f.path) f.path, f.version, f.content
       from tierline.configuration_files f
       join tierline.configuration_versions v on v.number = f.version
      where v.revision <= (select revision from tierline.configuration_versions where number = $1)
      order by f.path, v.revision desc`,
    [number],
  );
  return rows;
}

interface VersionRow {
  readonly number: number;
  readonly status: VersionStatus;
  readonly author_kind: Author['kind'];
  readonly author_id: string;
  readonly request_id: string | null;
  readonly person: string;
  readonly reason: string;
  readonly created_at: string;
  readonly rolls_back_to: number | null;
  readonly decided_by_kind: Author['kind'] | null;
  readonly decided_by_id: string | null;
  readonly decided_request_id: string | null;
  readonly decided_at: string | null;
  readonly decision_reason: string | null;
  readonly in_force_at: string | null;
  readonly paths: readonly string[];
}

function toSummary(row: VersionRow): VersionSummary {
  return {
    number: row.number,
    status: row.status,
    author: { kind: row.author_kind, id: row.author_id, requestId: row.request_id },
    person: row.person,
    reason: row.reason,
    createdAt: row.created_at,
    rollsBackTo: row.rolls_back_to,
    decision:
      row.decided_by_kind === null || row.decided_at === null
        ? null
        : {
            by: { kind: row.decided_by_kind, id: row.decided_by_id ?? '', requestId: row.decided_request_id },
            at: row.decided_at,
            reason: row.decision_reason ?? '',
          },
    inForceAt: row.in_force_at,
    paths: row.paths,
  };
}
