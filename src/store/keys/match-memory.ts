// Keeps the memory of matching as large binary rows, and says whether it can still be trusted.
import { Buffer } from 'node:buffer';
import { finished } from 'node:stream/promises';
import type { ClientBase, Pool } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { MemoryPart } from '#domain/key/memory/memory-parts.ts';
import type { KeyedReference } from '#ports/judgements.ts';
import type { MemoryToKeep, StoredMemory } from '#ports/match-memory.ts';
import { endBinaryRows, readBinaryRows, startBinaryRows, writeBinaryRow } from '../bulk/copy-binary.ts';

/** The state of the store at the last look at staleness. */
export interface SeenChanges {
  /** The count of match changes. */
  readonly changes: number;
  /** Those that an older version made without saying which records they changed. */
  readonly unlisted: number;
  /** What was committed then, as PostgreSQL writes it. */
  readonly snapshot: string;
}

/** Null when there is none of this version, or when something happened that it cannot know. */
export async function openMemory(pool: Pool, version: string): Promise<StoredMemory | null> {
  const { rows } = await pool.query<{ is_whole: boolean }>(isWhole, [version]);
  if (rows[0]?.is_whole !== true) return null;
  const changes = await pool.query<KeyedReference>(
    'select distinct connection, object, id from tierline.match_changes',
  );
  return { changes: changes.rows, parts: () => streamParts(pool) };
}

// A transaction that we can see and that has yet to come: the rows were restored from the dump of another server, and its numbers
// say nothing about what was committed when.
const isOfAnotherServer = 'changed_in >= pg_snapshot_xmax(pg_current_snapshot())';

// Keys that an approval, or an older version, assigned behind the memory's back make it as worthless as changes nobody listed.
const isWhole = `
  select memory_version = $1
         and memory_assigned is not distinct from assigned_changes
         and memory_unlisted = match_changes - listed_changes
         and memory_parts = (select count(*) from tierline.match_memory)
         and not exists (select from tierline.match_changes where ${isOfAnotherServer}) as is_whole
    from tierline.key_state`;

async function* streamParts(pool: Pool): AsyncGenerator<MemoryPart, void> {
  const client = await pool.connect();
  let broken = true;
  try {
    const stream = client.query(
      copyTo('copy (select name, data from tierline.match_memory order by name, number) to stdout binary'),
    );
    for await (const [name, data] of readBinaryRows(stream))
      if (name !== undefined && data !== undefined) yield { name: new TextDecoder().decode(name), data };
    broken = false;
  } finally {
    // A stream that was left half read leaves the connection in the middle of it.
    client.release(broken);
  }
}

/** Within the transaction of the assignment. Without a memory to keep the old one is forgotten. */
export async function keepMemory(
  client: ClientBase,
  memory: MemoryToKeep | null,
  { changes, unlisted, snapshot }: SeenChanges,
): Promise<void> {
  await client.query('truncate tierline.match_memory');
  await client.query(
    `delete from tierline.match_changes
      where pg_visible_in_snapshot(changed_in, $1::pg_snapshot) or ${isOfAnotherServer}`,
    [snapshot],
  );
  const parts = memory === null ? 0 : await writeParts(client, memory);
  await client.query(
    `update tierline.key_state
        set memory_version = $1, memory_parts = $2, memory_assigned = $3, memory_unlisted = $4`,
    [memory?.version ?? null, parts, changes, unlisted],
  );
}

async function writeParts(client: ClientBase, memory: MemoryToKeep): Promise<number> {
  const stream = client.query(copyFrom('copy tierline.match_memory (name, number, data) from stdin binary'));
  const send = async (bytes: Uint8Array) => {
    if (!stream.write(bytes)) await new Promise((resolve) => stream.once('drain', resolve));
  };
  await send(startBinaryRows);
  let number = 0;
  for (const { name, data } of memory.parts()) {
    const counter = Buffer.alloc(4);
    counter.writeInt32BE(number);
    for (const bytes of writeBinaryRow([Buffer.from(name), counter, data])) await send(bytes);
    number += 1;
  }
  stream.end(endBinaryRows);
  await finished(stream);
  return number;
}
