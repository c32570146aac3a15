// What became of keys in an assignment: new and merged keys, and their lines in the feed of changes.
import type { ClientBase } from 'pg';
import type { KeyEvent } from '#ports/store.ts';

export async function recordEvents(
  client: ClientBase,
  run: string,
  events: readonly KeyEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const others = events.map(otherKeyOf);
  const keys = events.map((event) => event.key);
  const kinds = events.map((event) => event.kind);
  await client.query(insertKeys, [keys, others, kinds, run]);
  await client.query(markMerged, [keys, others, kinds, run]);
  await client.query(feed, [keys, others, kinds, run, events.map((event) => event.reason ?? '')]);
}

function otherKeyOf(event: KeyEvent): string | null {
  if (event.kind === 'merge') return event.into;
  return event.kind === 'split' ? event.from : null;
}

// Parameters: $1 keys, $2 the key merged into or split from, $3 kinds, $4 the run, $5 reasons.

const given = `
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality as event (key, other_key, kind, number)`;

const insertKeys = `
  insert into tierline.company_keys (key, split_from, minted_run)
  select key, other_key, $4 ${given}
   where kind <> 'merge'
   order by number
  on conflict (key) do nothing`;

const markMerged = `
  update tierline.company_keys k
     set status = 'merged', successor = event.other_key, merged_run = $4
  ${given}
   where event.kind = 'merge' and k.key = event.key`;

const feed = `
  insert into tierline.key_changes (run, kind, key, other_key, reason)
  select $4, kind, key, other_key, reason
    from unnest($1::text[], $2::text[], $3::text[], $5::text[])
         with ordinality as event (key, other_key, kind, reason, number)
   order by number`;
