// All users, active or not: a record keeps its owner when that user leaves. Queues own records too and get no tasks.
import { z } from 'zod';
import { ContractError } from '#errors/errors.ts';
import type { CrmOwner } from '#ports/crm.ts';
import type { SalesforceClient } from './call/salesforce-client.ts';
import { runQuery } from './read/run-query.ts';
import { quoteSoql, toSoql } from './read/soql.ts';
import { toLongId } from './salesforce-id.ts';

const User = z.object({ Id: z.string(), Name: z.string().nullable(), IsActive: z.boolean() });

const ROWS_A_CALL = 2000;

export const listOwners = async (client: SalesforceClient): Promise<readonly CrmOwner[]> => {
  const owners: CrmOwner[] = [];
  for (;;) {
    const last = owners.at(-1);
    const soql = toSoql({
      select: ['Id', 'Name', 'IsActive'],
      from: 'User',
      where: last === undefined ? [] : [`Id > ${quoteSoql(last.id)}`],
      orderBy: ['Id'],
      limit: ROWS_A_CALL,
    });
    const page = await runQuery(client, soql, { kind: 'other', withDeleted: false });
    for (const row of page.rows) {
      const parsed = User.safeParse(row);
      if (!parsed.success) throw new ContractError(`${client.connection}: a user came in an unknown form`);
      const { Id, Name, IsActive } = parsed.data;
      owners.push({ id: toLongId(Id), name: Name ?? '', active: IsActive });
    }
    if (page.done && page.rows.length < ROWS_A_CALL) return owners;
  }
};
