// What runs computed of companies: kept a run each, pointed at by the companies once adopted, cleared away when old.
import type { ClientBase } from 'pg';
import { UsageError } from '#errors/errors.ts';
import { moveMergedStates } from '../keys/move-merged-states.ts';

/** A result is about 2 KB: the newest sets stay while they fit in some 4 GB, so a small workspace looks back a month. */
const keptRows = 2_000_000;
const keptSets = 30;
/** Runs of some accounts, up to one a minute: they must not push out the night's, nor a plan that waits for approval. */
const keptSmallSets = 1_000;

export async function recordResultSet(client: ClientBase, run: string, rowCount: number): Promise<void> {
  await client.query(
    `insert into tierline.result_sets (run, row_count) values ($1, $2)
     on conflict (run) do update set row_count = tierline.result_sets.row_count + excluded.row_count`,
    [run, rowCount],
  );
  await clearOldResults(client);
}

/**
 * With what the list of accounts reads, as the trigger `list_company` has it, but each document is read once. A tier that is
 * another than the company's last one goes into its history, with the rule that gave it.
 */
const adoptAll = `
  with told as (
    select r.company_key, r.run, t.tier, t.priority, lower(t.name) as lower_name,
           split_part(coalesce(case json_typeof(t.reasons) when 'array' then t.reasons ->> 0 end, ''), ':', 1) as rule,
           array_position(
             array['Tier 1', 'Tier 2', 'Tier 3', 'Not tiered', 'Unscored', 'Excluded'], t.tier) - 1 as tier_rank
      from tierline.results r
     cross join lateral json_to_record(
             case json_typeof(r.evaluation) when 'object' then r.evaluation else '{}' end
           ) as t (tier text, priority double precision, name text, reasons json)
     where r.run = $1
  ),
  changed as (
    insert into tierline.tier_history (company_key, as_of, tier, rule)
    select told.company_key, runs.as_of, told.tier, told.rule
      from told
      join tierline.runs on runs.id = told.run
      left join tierline.company_states state on state.company_key = told.company_key
     where told.tier_rank is not null and state.tier_rank is distinct from told.tier_rank
  )
  insert into tierline.company_states (company_key, run, result_key, tier_rank, priority, lower_name)
  select company_key, run, company_key, tier_rank, coalesce(priority, 0), lower_name from told
  on conflict (company_key) do update
    set run = excluded.run, result_key = excluded.result_key, tier_rank = excluded.tier_rank,
        priority = excluded.priority, lower_name = excluded.lower_name`;

/** Makes the run's results the state of their companies. */
export async function adoptRunResults(client: ClientBase, run: string): Promise<void> {
  const { rows } = await client.query<{ kept: boolean }>(
    'select kept from tierline.result_sets where run = $1',
    [run],
  );
  if (rows[0]?.kept !== true) {
    throw new UsageError(
      rows[0] === undefined
        ? `Run ${run} has no plan to approve.`
        : `The plan of run ${run} is too old: what it computed is no longer kept.`,
      { next: 'Make a new plan with `tierline plan` and approve that one.' },
    );
  }
  await client.query(`set local tierline.lists_itself = 'on'`);
  await client.query(adoptAll, [run]);
  await client.query(`set local tierline.lists_itself = 'off'`);
  // Companies may have been merged since the plan was made.
  await moveMergedStates(client);
  await clearOldResults(client);
}

/** Results that a company points at stay, however old, and go when it points elsewhere. */
async function clearOldResults(client: ClientBase): Promise<void> {
  await client.query(
    `update tierline.result_sets
        set kept = false
      where number in (
        select number
          from (select number, is_small,
                       sum(row_count) over (order by number desc) as rows_so_far,
                       row_number() over (order by number desc) as position,
                       row_number() over (partition by is_small order by number desc) as position_of_kind
                  from (select s.number, s.row_count,
                               coalesce(r.options ->> 'touched' is not null
                                 or case json_typeof(r.options -> 'accounts')
                                      when 'array' then json_array_length(r.options -> 'accounts') > 0
                                    end, false) as is_small
                          from tierline.result_sets s
                          left join tierline.runs r on r.id = s.run
                         where s.kept) kept_sets) ranked
         where position > 1
           and (rows_so_far > $1 or position_of_kind > case when is_small then $3::bigint else $2::bigint end)
      )`,
    [keptRows, keptSets, keptSmallSets],
  );
  await client.query(
    `delete from tierline.results r
      using tierline.result_sets old
      where not old.kept and r.run = old.run
        and not exists (
          select from tierline.company_states s where s.run = r.run and s.result_key = r.company_key
        )`,
  );
}
