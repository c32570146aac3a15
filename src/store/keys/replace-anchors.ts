// By what source rows find a company.
import type { ClientBase } from 'pg';
import type { KeyAnchor } from '#ports/store.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';

/** `whole`: the anchors are all there are; else only values that are given change, and a null key takes one away. */
export async function replaceAnchors(
  client: ClientBase,
  anchors: AsyncIterable<KeyAnchor>,
  { whole }: { readonly whole: boolean },
): Promise<void> {
  await client.query(
    `create temp table staged_anchors (
       kind text collate "C",
       value text collate "C",
       key text collate "C"
     ) on commit drop`,
  );
  const writer = new CopyWriter(client, 'pg_temp.staged_anchors', ['kind', 'value', 'key']);
  for await (const { kind, value, key } of anchors) await writer.add([kind, value, key]);
  await writer.flush();
  await client.query('analyze pg_temp.staged_anchors');
  await client.query(whole ? dropUnstaged : dropOutdated);
  await client.query(
    `insert into tierline.key_anchors (kind, value, key)
     select distinct kind, value, key from pg_temp.staged_anchors where key is not null
     on conflict do nothing`,
  );
}

const sameAnchor = 'a.kind = s.kind and a.value = s.value';

const dropUnstaged = `
  delete from tierline.key_anchors a
   where not exists (select from pg_temp.staged_anchors s where ${sameAnchor} and a.key = s.key)`;

const dropOutdated = `
  delete from tierline.key_anchors a using pg_temp.staged_anchors s
   where ${sameAnchor} and a.key is distinct from s.key`;
