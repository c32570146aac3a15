// Opportunities, roles, tasks and programs bear the key of their account or opportunity.
import type { ClientBase } from 'pg';

/** `isPartial`: of the staged accounts alone. */
export async function spreadToChildren(client: ClientBase, isPartial = false): Promise<void> {
  for (const statement of isPartial ? partialStatements : statements) await client.query(statement);
}

const statements: readonly string[] = [
  `update tierline.records child
      set company_key = account.company_key
     from tierline.records account
    where child.object in ('opportunity', 'task', 'program')
      and account.connection = child.connection and account.object = 'account' and account.id = child.account_id
      and child.company_key is distinct from account.company_key`,
  `update tierline.records role
      set company_key = opportunity.company_key
     from tierline.records opportunity
    where role.object = 'opportunity_role'
      and opportunity.connection = role.connection and opportunity.object = 'opportunity'
      and opportunity.id = role.opportunity_id
      and role.company_key is distinct from opportunity.company_key`,
];

const staged = `(
  select connection, id from pg_temp.staged_memberships where object = 'account'
  union
  select connection, id from pg_temp.staged_removed where object = 'account'
) staged`;

const partialStatements: readonly string[] = [
  `update tierline.records child
      set company_key = account.company_key
     from ${staged}
     join tierline.records account
       on account.connection = staged.connection and account.object = 'account' and account.id = staged.id
    where child.object in ('opportunity', 'task', 'program')
      and child.connection = account.connection and child.account_id = account.id
      and child.company_key is distinct from account.company_key`,
  `update tierline.records role
      set company_key = opportunity.company_key
     from ${staged}
     join tierline.records opportunity
       on opportunity.connection = staged.connection and opportunity.object = 'opportunity'
      and opportunity.account_id = staged.id
    where role.object = 'opportunity_role'
      and role.connection = opportunity.connection and role.opportunity_id = opportunity.id
      and role.company_key is distinct from opportunity.company_key`,
];
