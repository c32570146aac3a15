// Opportunities, roles, tasks and programs bear the key of their account or opportunity.
import type { ClientBase } from 'pg';

export async function spreadToChildren(client: ClientBase): Promise<void> {
  for (const statement of statements) await client.query(statement);
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
