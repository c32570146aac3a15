// The peer that a warehouse would be: one statement that computes the tier of a first night in the database. It knows the shipped
// policy by heart and as much of it as the invented companies need: one topic, no must-have, no reasons, no memory, no overrides.
import { Client } from 'pg';
import type { Tier } from '#domain/tier/tier.ts';
import { AS_OF } from '../invent-company.ts';
import { countTiers, type TierCounter } from '../tier-counts.ts';

const statement = `
  with account as (
    select company_key, fields ->> 'country' as country, (fields ->> 'employees')::numeric as employees,
           (fields ->> 'annualRevenue')::numeric as revenue
      from tierline.records where object = 'account'
  ), firmo as (
    select company_key, fields from tierline.source_rows where kind = 'firmographics'
  ), deal as (
    select company_key, max((fields ->> 'amount')::numeric) as amount
      from tierline.records where object = 'opportunity' group by 1
  ), matched as (
    select company_key, employees, deal.amount as acv, f.fields ->> 'budget' as budget,
           array[
             case when f.fields ->> 'industry' in ('Software', 'Manufacturing') then 1
                  when f.fields ->> 'industry' = 'Logistics' then 0.5 else 0 end,
             case when country in ('US', 'DE', 'JP') then 1 when country in ('FR', 'GB') then 0.5 else 0 end,
             case when employees is null then 0.35 when employees between 500 and 10000 then 1
                  when employees between 100 and 50000 then 0.5 else 0 end,
             case when f.fields -> 'technologies' ->> 0 in ('SAP', 'Oracle ERP') then 1
                  when f.fields -> 'technologies' ->> 0 = 'NetSuite' then 0.5 else 0 end,
             case when (f.fields ->> 'customers')::numeric >= 1000 then 1
                  when (f.fields ->> 'customers')::numeric >= 100 then 0.5 else 0 end,
             case when revenue is null then 0.35 when revenue >= 50000000 then 1
                  when revenue >= 10000000 then 0.5 else 0 end,
             case when (f.fields ->> 'maturity')::numeric >= 4 then 1
                  when (f.fields ->> 'maturity')::numeric >= 3 then 0.5 else 0 end,
             case f.fields ->> 'budget' when 'confirmed' then 1 when 'likely' then 0.5 when 'frozen' then 0 else 0.35 end
           ]::numeric[] as m
      from account join firmo f using (company_key) left join deal using (company_key)
  ), intent as (
    select company_key, round(case when score <= 50 then score
             else 50 + (score - 50) * 2 ^ (-age / 14) end::numeric, 1) as intent
      from (select company_key, (fields ->> 'score')::numeric as score,
                   extract(epoch from ($1::timestamptz - at::timestamptz)) / 86400 as age
              from tierline.source_rows where kind = 'intent-scores') topic
     where age <= 90
  ), event as (
    select r.company_key, r.email, r.fields ->> 'type' as type,
           extract(epoch from ($1::timestamptz - at::timestamptz)) / 86400 as age,
           case when r.email is null then null
                when r.email <> c.fields ->> 'email' then 0.8
                else case c.fields ->> 'title' when 'Chief Financial Officer' then 2 when 'Vice President Sales' then 2
                       when 'IT Manager' then 1.2 else 1.2 end end as factor,
           r.email = c.fields ->> 'email' as known
      from tierline.source_rows r
      join tierline.records c on c.company_key = r.company_key and c.object = 'contact'
     where r.kind = 'engagement'
  ), person as (
    select company_key, email,
           sum(case type when 'page' then 1 when 'reply' then 10 when 'webinar' then 8 when 'event' then 12
                         when 'download' then 5 when 'high_value_page' then 5 else 25 end
               * 2 ^ (-age / 30) * coalesce(factor, 1)) filter (where age <= 90) as points,
           bool_or(type = 'demo_request' and age <= 28 and email is not null) as asks,
           bool_or(type = 'demo_request' and age <= 28 and known) as known_asks
      from event group by 1, 2
  ), engagement as (
    select company_key, count(*) filter (where email is not null and round(points::numeric, 1) >= 1) as people,
           coalesce(sum(least(points, 40)) filter (where email is not null), 0) as by_people,
           coalesce(max(least(points * 0.5, 20)) filter (where email is null), 0) as by_strangers,
           bool_or(asks) as asks, bool_or(known_asks) as known_asks
      from person group by 1
  ), scored as (
    select company_key, budget,
           round((20 * m[1] + 10 * m[2] + 15 * m[3] + 15 * m[4] + 5 * m[5] + 15 * m[6] + 10 * m[7] + 10 * m[8]), 1) as fit,
           case when acv is null then 'medium' when acv >= 100000 then 'large' when acv >= 25000 then 'medium'
                else 'small' end as band,
           coalesce(intent, 0) >= 60 or coalesce(asks, false) as intent_on,
           (coalesce(people, 0) >= 2
             and round((by_people * greatest(1, 1 + 0.15 * (least(people, 6) - 1)) + by_strangers)::numeric, 1)
                 >= 30 * case when employees is null then 1 when employees < 100 then 0.6
                              when employees < 1000 then 1 else 1.5 end)
             or coalesce(known_asks, false) as engaged
      from matched left join intent using (company_key) left join engagement using (company_key)
  )
  select case
           when fit < 50 then 'Not tiered'
           when fit < 70 then case when intent_on and engaged then 'Tier 3' else 'Not tiered' end
           when band = 'small' then 'Tier 3'
           when intent_on and engaged then
             case when band = 'large' and fit >= 80 and budget <> 'frozen' then 'Tier 1' else 'Tier 2' end
           when intent_on then 'Tier 2'
           when engaged and band = 'large' and fit >= 80 then 'Tier 2'
           else 'Tier 3'
         end as tier, count(*)::int as companies
    from scored group by 1`;

export async function tierBySql(databaseUrl: string): Promise<TierCounter> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`set work_mem = '128MB'`);
    const { rows } = await client.query<{ tier: Tier; companies: number }>(statement, [AS_OF]);
    const counts = countTiers();
    for (const { tier, companies } of rows) counts.add(tier, companies);
    return counts;
  } finally {
    await client.end();
  }
}
