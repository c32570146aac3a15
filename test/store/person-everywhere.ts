// A person in every table that can hold one, beside another whose address contains theirs; and the whole database as text.
import { Client } from 'pg';
import type { OpenedStore } from '#store/open-store.ts';
import { recordOf } from './records-of.ts';

export const ANA = 'ana@acme.example';
/** Whatever must not be found afterwards. */
export const TRACES = [
  ANA,
  'Ana',
  'Quintanilla',
  '555 0123',
  '003ANA',
  '003OLD',
  '77001',
  '00QANA',
  '00KANA',
];

/** `[table, columns and values]`; whoever adds a table that holds persons adds a row here. */
const ROWS: readonly (readonly [table: string, row: Readonly<Record<string, unknown>>])[] = [
  ['aliases', { connection: 'sf', object: 'contact', old_id: '003OLD', new_id: '003ANA' }],
  ['seen_records', { run: 'r1', connection: 'sf', object: 'contact', id: '003ANA' }],
  [
    'refused_records',
    { run: 'r1', connection: 'sf', object: 'contact', id: '003ANA', field: 'X', reason: 'X is not a date' },
  ],
  ['touched_records', { connection: 'hs', object: 'contact', id: '77001' }],
  ['entered_keys', { connection: 'sf', object: 'contact', id: '003ANA' }],
  ['match_changes', { connection: 'sf', object: 'contact', id: '003ANA' }],
  ['match_memory', { name: 'persons', number: 0, data: Buffer.from('Ana') }],
  ...['memberships', 'membership_history'].flatMap((table) =>
    ['003ANA', '003OTHER'].map(
      (id) =>
        [
          table,
          { connection: 'sf', object: 'contact', id, key: 'co_1', evidence: [], ...certain(table) },
        ] as const,
    ),
  ),
  [
    'proposed_memberships',
    {
      run: 'r1',
      connection: 'sf',
      object: 'contact',
      id: '003ANA',
      key: 'co_1',
      evidence: [],
      ...certain('memberships'),
    },
  ],
  ['key_judgements', { ...pair('003ANA'), verdict: 'same', made_by: 'ada', origin: 'review' }],
  [
    'key_judgements',
    { ...pair('003OTHER'), verdict: 'same', made_by: 'ada', origin: 'review', reason: `as ${ANA} wrote` },
  ],
  ['key_reviews', { ...pair('003ANA'), pair: 'p1', reason: 'name' }],
  [
    'key_changes',
    { run: 'r1', kind: 'move', connection: 'sf', object: 'contact', record_id: '003ANA', reason: 'domain' },
  ],
  ...(['003ANA', '003OTHER'] as const).map(
    (id) =>
      ['ledger', { connection: 'sf', object: 'contact', id, written: { tier: 'Tier 1' }, runs: {} }] as const,
  ),
  ['changes', change('contact', '003ANA', 'Ana Quintanilla')],
  ['changes', change('lead', '00QANA', 'Ana Quintanilla')],
  ['changes', change('contact', '003OTHER', 'Dora Other')],
  ['changes', change('account', '77001A', 'Acme')],
  ['source_rows', sourceRow(1, ANA)],
  ['source_rows', sourceRow(2, `di${ANA}`)],
  ['source_rows', sourceRow(3, null)],
  ['refused_source_rows', { source: 'web', row_number: 4, reason: `type is none of page (read "${ANA}")` }],
  ['refused_source_rows', { source: 'web', row_number: 5, reason: `type is none of page (read "di${ANA}")` }],
  ['results', result('r1', 'co_1')],
  ['runs', run('r1')],
  ['noted_forgettings', { connection: 'sf', object: 'contact', id: '003ANA' }],
];

export async function putEverywhere(store: OpenedStore): Promise<void> {
  const person = { firstName: 'Ana', lastName: 'Quintanilla', phone: '+1 555 0123', accountId: '001A' };
  await store.records.put('r1', [
    recordOf('account', '001A', { name: 'Acme', domain: 'acme.example' }),
    recordOf('contact', '003ANA', { ...person, email: 'Ana@Acme.example' }),
    recordOf('contact', '003OLD', { ...person, email: null }),
    recordOf('lead', '00QANA', { ...person, email: ANA }),
    recordOf('opportunity', '006A', { name: 'Deal', accountId: '001A' }),
    recordOf('opportunity_role', '00KANA', { opportunityId: '006A', contactId: '003ANA', role: 'Sponsor' }),
    recordOf('contact', '77001', { ...person, email: ANA }, { connection: 'hs' }),
    // HubSpot gives an account and a contact one number.
    recordOf('account', '77002', { name: 'Acme' }, { connection: 'hs' }),
    recordOf('contact', '003OTHER', { lastName: 'Other', email: `di${ANA}`, accountId: '001A' }),
    recordOf('opportunity_role', '00KOTHER', { opportunityId: '006A', contactId: '003OTHER' }),
  ]);
  await store.records.put('r2', [recordOf('contact', '003OLD', {}, { deleted: true })]);
  await withClient(store, async (client) => {
    for (const [table, row] of ROWS) {
      const values = Object.values(row).map(toParameter);
      const places = values.map((_, index) => `$${index + 1}`);
      await client.query(
        `insert into tierline.${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')})`,
        values,
      );
    }
  });
}

/** Each row of each table of the schema as text, by table. */
export async function dump(
  store: Pick<OpenedStore, 'databaseUrl'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  return withClient(store, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
        where table_schema = 'tierline' and table_type = 'BASE TABLE' order by 1`,
    );
    const rows = new Map<string, readonly string[]>();
    for (const { name } of tables.rows) {
      const { rows: found } = await client.query<{ row: string }>(
        name === 'match_memory'
          ? `select encode(data, 'escape') as row from tierline.match_memory`
          : `select row_to_json(t)::text as row from tierline.${name} t order by 1`,
      );
      rows.set(
        name,
        found.map(({ row }) => row),
      );
    }
    return rows;
  });
}

export function showsAna(row: string): boolean {
  // The other one's address holds hers, and an account's number begins with one of hers.
  const rest = row.replaceAll(`di${ANA}`, '').replaceAll('77001A', '').toLowerCase();
  return TRACES.some((trace) => rest.includes(trace.toLowerCase()));
}

async function withClient<Result>(
  store: Pick<OpenedStore, 'databaseUrl'>,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: store.databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function toParameter(value: unknown): unknown {
  const isDocument =
    typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
  return isDocument ? JSON.stringify(value) : value;
}

function certain(table: string) {
  return table === 'memberships' ? { confidence: 1, review: false } : {};
}

function pair(id: string) {
  const b = { b_connection: 'sf', b_object: 'contact', b_id: id };
  return { a_connection: 'sf', a_object: 'account', a_id: '001A', ...b };
}

function change(object: string, id: string, name: string) {
  const fields = JSON.stringify([{ field: 'tier', now: null, after: 'Tier 1', why: `${name} is at Acme` }]);
  const about = { connection: 'sf', object, verb: 'update', record_id: id, account_id: '001A' };
  return {
    run: 'r1',
    id: `r1:sf:${object}:${id}`,
    ...about,
    company_key: 'co_1',
    name,
    fields,
    in_doubt: false,
    status: 'written',
  };
}

function sourceRow(row: number, email: string | null) {
  return {
    source: 'web',
    row_number: row,
    kind: 'engagement',
    ref_identifiers: [],
    email,
    at: '2026-11-01',
    fields: { type: 'page' },
    company_key: 'co_1',
  };
}

function event(person: string | null) {
  return { type: 'page', ageDays: 3, person };
}

function role(id: string, connection = 'sf') {
  return { connection, id, role: 'user' };
}

function result(runId: string, key: string) {
  return {
    run: runId,
    company_key: key,
    tier_state: { known: { facts: { events: [event(ANA), event(`di${ANA}`), event(null)] } } },
    evaluation: {
      tier: 'Tier 1',
      name: 'Acme',
      records: [{ connection: 'hs', id: '77002', name: 'Acme' }],
      roles: [role('003ANA'), role('77001', 'hs'), role('003OTHER')],
      buyingGroup: { champions: [{ connection: 'sf', id: '003ANA', by: 'crm' }], depth: { engaged: 2 } },
    },
  };
}

function run(id: string) {
  const failure = { connection: 'sf', object: 'contact', id: '003ANA', message: 'contact 003ANA is locked' };
  return {
    id,
    mode: 'live',
    as_of: '2026-11-22',
    started_at: '2026-11-22',
    policy_hash: 'p',
    connections: ['sf'],
    options: {},
    status: 'done',
    report: { connections: [{ id: 'sf', failed: 1 }], failures: [failure] },
  };
}
