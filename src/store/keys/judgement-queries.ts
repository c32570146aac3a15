// Judgements as they are read: records that the CRMs merged since stand under the id that lives.
import { pairName } from './replace-questions.ts';

export const currentJudgementsSql = `
  select j.number, j.a_connection, j.a_object, coalesce(a.new_id, j.a_id) as a_id,
         j.b_connection, j.b_object, coalesce(b.new_id, j.b_id) as b_id,
         j.verdict, j.made_by, j.made_at, j.reason, j.origin, j.asked
    from tierline.key_judgements j
    left join tierline.aliases a on a.connection = j.a_connection and a.object = j.a_object and a.old_id = j.a_id
    left join tierline.aliases b on b.connection = j.b_connection and b.object = j.b_object and b.old_id = j.b_id`;

/** The newest word on each pair: `pair`, `verdict`, `origin`, `asked`. */
export const newestWordsSql = `
  select distinct on (pair) pair, verdict, origin, asked
    from (select j.*, ${pairName('j')} as pair from (${currentJudgementsSql}) j) worded
   order by pair, number desc`;

export const answersSql = `
  select asked,
         count(*) filter (where verdict = 'same') as same,
         count(*) filter (where verdict in ('different', 'parent_of')) as different,
         count(*) filter (where verdict = 'unsure') as unsure
    from (${newestWordsSql}) word
   where asked is not null
   group by asked
   order by asked`;
