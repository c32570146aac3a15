// Finds everything that names a person: from addresses or records to what a CRM merged with them and what bears their addresses.
import type { ClientBase } from 'pg';
import type { NamedPerson } from '#ports/forgetting.ts';

/** Makes `pg_temp.forgotten_records` and `pg_temp.forgotten_addresses`, which go with the transaction. */
export async function namePerson(
  client: ClientBase,
  { addresses, records }: NamedPerson,
): Promise<readonly string[]> {
  await client.query(`create temp table forgotten_records (
    connection text collate "C", object text collate "C", id text collate "C", primary key (connection, object, id)
  ) on commit drop`);
  await client.query(`create temp table forgotten_addresses (
    address text collate "C" primary key
  ) on commit drop`);
  await client.query(
    `insert into pg_temp.forgotten_records
     select distinct * from unnest($1::text[], $2::text[], $3::text[])`,
    [
      records.map(({ connection }) => connection),
      records.map(({ object }) => object),
      records.map(({ id }) => id),
    ],
  );
  await client.query('insert into pg_temp.forgotten_addresses select distinct * from unnest($1::text[])', [
    addresses.map(plainAddress).filter((address) => address !== ''),
  ]);
  // Twice: a record leads to an address, and the address to records of other connections. No further: merge by merge and
  // address by address a mistake in a CRM would take strangers along.
  for (let round = 1; round <= 2; round += 1)
    for (const step of [byAddress, survivors, mergedAway, addressesOf]) await client.query(step);
  await client.query(rolesOf);
  await client.query('analyze pg_temp.forgotten_records');
  await client.query('analyze pg_temp.forgotten_addresses');
  const { rows } = await client.query<{ address: string }>(
    'select address from pg_temp.forgotten_addresses order by address',
  );
  return rows.map(({ address }) => address);
}

/** As addresses are compared: sources are read the same way. */
export function plainAddress(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

const byAddress = `
  insert into pg_temp.forgotten_records
  select r.connection, r.object, r.id
    from tierline.records r
   where r.lower_email in (select address from pg_temp.forgotten_addresses) and r.object in ('contact', 'lead')
  on conflict do nothing`;

const survivors = `
  insert into pg_temp.forgotten_records
  select a.connection, a.object, a.new_id
    from tierline.aliases a
    join pg_temp.forgotten_records f on f.connection = a.connection and f.object = a.object and f.id = a.old_id
  on conflict do nothing`;

const mergedAway = `
  insert into pg_temp.forgotten_records
  select a.connection, a.object, a.old_id
    from tierline.aliases a
    join pg_temp.forgotten_records f on f.connection = a.connection and f.object = a.object and f.id = a.new_id
  on conflict do nothing`;

const addressesOf = `
  insert into pg_temp.forgotten_addresses
  select distinct r.lower_email
    from tierline.records r
    join pg_temp.forgotten_records f on f.connection = r.connection and f.object = r.object and f.id = r.id
   where r.lower_email like '%_@_%'
  on conflict do nothing`;

const rolesOf = `
  insert into pg_temp.forgotten_records
  select r.connection, r.object, r.id
    from tierline.records r
    join pg_temp.forgotten_records f on f.connection = r.connection and f.id = r.contact_id
   where f.object = 'contact' and r.object = 'opportunity_role'
  on conflict do nothing`;
