// Pairs that the last assignment could not decide, with what hangs on each side. What people answered is not asked again.
import { CompiledQuery } from 'kysely';
import type { QuestionReason } from '#domain/key/review/review-rules.ts';
import type { KeyQuestionStore, OpenQuestion, QuestionedRecord } from '#ports/judgements.ts';
import type { Database } from '../database.ts';
import { streamRows } from '../server-cursor.ts';
import { newestWordsSql } from './judgement-queries.ts';
import { pairName } from './replace-questions.ts';

export function createKeyQuestionStore({ pool }: Database): KeyQuestionStore {
  return {
    async *open() {
      const query: CompiledQuery<QuestionRow> = CompiledQuery.raw(questionsSql(''));
      for await (const row of streamRows(pool, query)) yield toQuestion(row);
    },

    async find(pair) {
      const { rows } = await pool.query<QuestionRow>(questionsSql('and q.pair = $1'), [pair]);
      const [row] = rows;
      return row === undefined ? null : toQuestion(row);
    },
  };
}

/** Beyond it they wait for the answers to the less sure ones. */
const mostContactsAsked = 10_000;

interface QuestionRow {
  readonly pair: string;
  readonly reason: QuestionReason;
  readonly a: QuestionedRecord;
  readonly b: QuestionedRecord;
}

function toQuestion({ pair, a, b, reason }: QuestionRow): OpenQuestion {
  return { pair, a, b, reason };
}

const side = (name: 'a' | 'b') => `
  json_build_object(
    'connection', ${name}.connection, 'object', ${name}.object, 'id', ${name}.id, 'key', ${name}.company_key,
    'name', coalesce(
      ${name}.fields ->> 'name',
      nullif(concat_ws(' ', ${name}.fields ->> 'firstName', ${name}.fields ->> 'lastName'), '')
    ),
    'domain', coalesce(
      ${name}.fields ->> 'domain', ${name}.fields ->> 'website', split_part(${name}.fields ->> 'email', '@', 2)
    ),
    'country', ${name}.fields ->> 'country',
    'evidence', to_json(coalesce(${name}_member.evidence, '{}')),
    'contacts', coalesce(${name}_contacts.count, 0),
    'openPipeline', coalesce(${name}_pipeline.amounts, '{}')
  ) as ${name}`;

const joinSide = (name: 'a' | 'b') => `
  join tierline.records ${name}
    on ${name}.connection = q.${name}_connection and ${name}.object = q.${name}_object and ${name}.id = q.${name}_id
   and not ${name}.deleted
  left join tierline.memberships ${name}_member
    on ${name}_member.connection = ${name}.connection and ${name}_member.object = ${name}.object
   and ${name}_member.id = ${name}.id
  left join contacts ${name}_contacts on ${name}_contacts.company_key = ${name}.company_key
  left join pipeline ${name}_pipeline on ${name}_pipeline.company_key = ${name}.company_key`;

const questionsSql = (condition: string) => `
  with contact_questions as (
    select 'account' as a_object, account.connection as a_connection, account.id as a_id,
           m.object as b_object, m.connection as b_connection, m.id as b_id, 'weak_contact' as reason
      from tierline.memberships m
      join lateral (
        select r.connection, r.id
          from tierline.records r
         where r.object = 'account' and r.company_key = m.key and not r.deleted
         order by r.connection = m.connection desc, r.connection, r.id
         limit 1
      ) account on true
     where m.object = 'contact' and m.review and m.key is not null
     order by m.confidence, m.connection, m.id
     limit ${mostContactsAsked}
  ),
  questions as (
    select pair, a_connection, a_object, a_id, b_connection, b_object, b_id, reason from tierline.key_reviews
    union all
    select ${pairName('c')}, a_connection, a_object, a_id, b_connection, b_object, b_id, reason from contact_questions c
  ),
  asked as (
    select q.* from questions q
      left join (${newestWordsSql}) word on word.pair = q.pair
     where (word.pair is null or word.verdict = 'unsure' and word.origin = 'crm') ${condition}
  ),
  companies as (
    select distinct r.company_key
      from asked q
      join tierline.records r
        on (r.connection = q.a_connection and r.object = q.a_object and r.id = q.a_id)
        or (r.connection = q.b_connection and r.object = q.b_object and r.id = q.b_id)
  ),
  contacts as (
    select r.company_key, count(*)
      from companies c join tierline.records r on r.object = 'contact' and r.company_key = c.company_key
     where not r.deleted
     group by r.company_key
  ),
  pipeline as (
    select company_key, json_object_agg(currency, amount) as amounts
      from (
        select r.company_key, coalesce(r.fields ->> 'currency', '') as currency,
               sum((r.fields ->> 'amount')::double precision) as amount
          from companies c join tierline.records r on r.object = 'opportunity' and r.company_key = c.company_key
         where not r.deleted and r.fields ->> 'amount' is not null
           and coalesce(r.fields ->> 'isClosed', 'false') = 'false'
         group by r.company_key, 2
      ) sums
     group by company_key
  )
  select q.pair, q.reason, ${side('a')}, ${side('b')}
    from asked q ${joinSide('a')} ${joinSide('b')}`;
