// A merged key's tier state goes to the key that lives, when that has none; of several, the one of the latest run.
import type { ClientBase } from 'pg';

export async function moveMergedStates(client: ClientBase): Promise<void> {
  await client.query(moveStates);
}

const moveStates = `
  with recursive living (key, successor) as (
    select k.key, k.successor from tierline.company_keys k where k.successor is not null
    union
    select l.key, k.successor
      from living l join tierline.company_keys k on k.key = l.successor
     where k.successor is not null
  ),
  survivors as (
    select l.key, l.successor as survivor
      from living l join tierline.company_keys k on k.key = l.successor
     where k.successor is null
  ),
  gone as (
    delete from tierline.company_states state
     using survivors
     where state.company_key = survivors.key
    returning survivors.survivor, state.run, state.result_key
  )
  insert into tierline.company_states (company_key, run, result_key)
  select distinct on (gone.survivor) gone.survivor, gone.run, gone.result_key
    from gone left join tierline.runs on runs.id = gone.run
   order by gone.survivor, runs.number desc nulls last, gone.result_key
  on conflict (company_key) do nothing`;
