// The pairs that the last assignment could not decide. Answers live elsewhere and outlast them.
import type { ClientBase } from 'pg';
import type { KeyQuestion } from '#ports/judgements.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';

const columns = ['a_connection', 'a_object', 'a_id', 'b_connection', 'b_object', 'b_id', 'reason'];

export async function replaceQuestions(
  client: ClientBase,
  questions: AsyncIterable<KeyQuestion>,
): Promise<void> {
  await client.query(
    `create temp table staged_questions (
       ${columns.map((column) => `${column} text collate "C"`).join(', ')}
     ) on commit drop`,
  );
  const writer = new CopyWriter(client, 'pg_temp.staged_questions', columns);
  for await (const { a, b, reason } of questions) {
    await writer.add([a.connection, a.object, a.id, b.connection, b.object, b.id, reason]);
  }
  await writer.flush();
  await client.query('delete from tierline.key_reviews');
  await client.query(
    `insert into tierline.key_reviews (pair, ${columns.join(', ')})
     select ${pairName('s')}, ${columns.map((column) => `s.${column}`).join(', ')} from pg_temp.staged_questions s
     on conflict (pair) do nothing`,
  );
}

/** The same for the same two records, whichever is named first. */
export function pairName(table: string): string {
  const side = (name: string) =>
    ['connection', 'object', 'id'].map((part) => `${table}.${name}_${part}`).join(` || E'\\n' || `);
  return `left(md5(least(${side('a')}, ${side('b')}) || E'\\n' || greatest(${side('a')}, ${side('b')})), 10)`;
}
