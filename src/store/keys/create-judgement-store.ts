// What people said of company keys. Rows are only ever added; who reads them finds the records under the ids they have now.
import type { ClientBase } from 'pg';
import type { Verdict } from '#domain/key/company-record.ts';
import type { QuestionReason } from '#domain/key/review/review-rules.ts';
import type {
  AnsweredQuestions,
  EnteredKey,
  JudgementOrigin,
  JudgementStore,
  NewJudgement,
  StoredJudgement,
} from '#ports/judgements.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';
import { inTransaction } from '../transaction.ts';
import { type EnteredKeyRow, enteredKeysQuery, forgetHeard, toEnteredKey } from './entered-keys.ts';
import { answersSql, currentJudgementsSql } from './judgement-queries.ts';
import { noteMatchChange } from './match-changes.ts';

export function createJudgementStore({ pool }: Database): JudgementStore {
  return {
    async add(judgements) {
      if (judgements.length === 0) return;
      await inTransaction(pool, (client) => addJudgements(client, judgements));
    },

    async list() {
      const { rows } = await pool.query<JudgementRow>(
        `select * from (${currentJudgementsSql}) judgement order by number desc`,
      );
      return rows.map(toJudgement);
    },

    async answers() {
      const { rows } = await pool.query<AnsweredQuestions>(answersSql);
      return rows;
    },

    async *entered() {
      for await (const row of streamRows<EnteredKeyRow>(pool, enteredKeysQuery)) yield toEnteredKey(row);
    },

    async hearEntered(judgements, heard) {
      await inTransaction(pool, async (client) => {
        await learnEntered(client, heard);
        if (judgements.length > 0) await addJudgements(client, judgements);
      });
    },
  };
}

async function addJudgements(client: ClientBase, judgements: readonly NewJudgement[]): Promise<void> {
  const column = (read: (judgement: NewJudgement) => string | null) => judgements.map(read);
  await client.query(
    `insert into tierline.key_judgements (
       a_connection, a_object, a_id, b_connection, b_object, b_id, verdict, made_by, reason, origin, asked
     )
     select a_connection, a_object, a_id, b_connection, b_object, b_id, verdict, made_by, reason, origin, asked
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                   $9::text[], $10::text[], $11::text[])
            with ordinality as given (a_connection, a_object, a_id, b_connection, b_object, b_id, verdict, made_by,
                                      reason, origin, asked, number)
      order by number`,
    [
      column(({ a }) => a.connection),
      column(({ a }) => a.object),
      column(({ a }) => a.id),
      column(({ b }) => b.connection),
      column(({ b }) => b.object),
      column(({ b }) => b.id),
      column(({ verdict }) => verdict),
      column(({ by }) => by),
      column(({ reason }) => reason),
      column(({ origin }) => origin),
      column(({ asked }) => asked),
    ],
  );
  await noteMatchChange(client);
}

async function learnEntered(client: ClientBase, heard: readonly EnteredKey[]): Promise<void> {
  const taken = heard.filter(({ replacesOurs }) => replacesOurs);
  await client.query(
    `update tierline.ledger l
        set written = l.written || jsonb_build_object('companyKey', given.entered)
       from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as given (connection, object, id, entered)
      where l.connection = given.connection and l.object = given.object and l.id = given.id`,
    [
      taken.map(({ record }) => record.connection),
      taken.map(({ record }) => record.object),
      taken.map(({ record }) => record.id),
      taken.map(({ entered }) => entered),
    ],
  );
  await client.query(forgetHeard, [
    heard.map(({ record }) => record.connection),
    heard.map(({ record }) => record.object),
    heard.map(({ record }) => record.id),
  ]);
}

interface JudgementRow {
  readonly number: number;
  readonly a_connection: string;
  readonly a_object: 'account' | 'contact';
  readonly a_id: string;
  readonly b_connection: string;
  readonly b_object: 'account' | 'contact';
  readonly b_id: string;
  readonly verdict: Verdict;
  readonly made_by: string;
  readonly made_at: string;
  readonly reason: string | null;
  readonly origin: JudgementOrigin;
  readonly asked: QuestionReason | null;
}

function toJudgement(row: JudgementRow): StoredJudgement {
  return {
    number: row.number,
    a: { connection: row.a_connection, object: row.a_object, id: row.a_id },
    b: { connection: row.b_connection, object: row.b_object, id: row.b_id },
    verdict: row.verdict,
    by: row.made_by,
    at: row.made_at,
    reason: row.reason,
    origin: row.origin,
    asked: row.asked,
  };
}
