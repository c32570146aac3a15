// Which org this is and which user we act as: told by the login itself, else asked for.
import { z } from 'zod';
import { ContractError } from '#errors/errors.ts';
import type { CrmIdentity } from '#ports/crm.ts';
import type { SalesforceClient } from './call/salesforce-client.ts';
import { runQuery } from './read/run-query.ts';
import { toLongId } from './salesforce-id.ts';

const Organisation = z.object({ Id: z.string() });

export const identify = async (client: SalesforceClient): Promise<CrmIdentity> => {
  const { organisationId, userId } = await client.session();
  if (organisationId !== null) return { organisation: organisationId, actor: userId };
  const soql = 'SELECT Id FROM Organization LIMIT 1';
  const { rows } = await runQuery(client, soql, { kind: 'other', withDeleted: false });
  const parsed = Organisation.safeParse(rows[0]);
  if (!parsed.success) throw new ContractError(`${client.connection}: the org does not tell its id`);
  return { organisation: toLongId(parsed.data.Id), actor: userId };
};
