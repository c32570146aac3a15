// Pulls against the sandbox: the same rows by either API, deletions and merges, echoes, and no row lost on the way.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnWrites, PullEnd, PullRequest, RawRecord } from '#ports/crm.ts';
import { toStream } from '#test/contract/crm-fixture.ts';
import { type SalesforceFixture, startSalesforceFixture } from '../sandbox-fixture.ts';

const REASON = 'Tierline_Tier_Reason__c';

const byId = (records: readonly RawRecord[]): ReadonlyMap<string, RawRecord> =>
  new Map(records.map((record) => [record.id, record]));

describe('pulling from the sandbox', () => {
  let fixture: SalesforceFixture;
  beforeEach(async () => {
    fixture = await startSalesforceFixture({ multiCurrency: true });
  });
  afterEach(async () => {
    await fixture.close();
  });

  const pull = async (
    request: Partial<PullRequest> = {},
  ): Promise<{ records: RawRecord[]; end: PullEnd }> => {
    const pages = fixture.crm.pull({
      object: 'account',
      crmObject: 'Account',
      fields: ['Name', REASON],
      cursor: null,
      skip: [],
      reread: [],
      ...request,
    });
    const records: RawRecord[] = [];
    for (;;) {
      const step = await pages.next();
      if (step.done === true) return { records, end: step.value };
      records.push(...step.value.records);
    }
  };

  const write = async (ids: readonly string[], text: string): Promise<OwnWrites> => {
    const stamps: string[] = [];
    for await (const batch of fixture.crm.apply({
      object: 'account',
      crmObject: 'Account',
      verb: 'update',
      changes: toStream(ids.map((id) => ({ changeId: id, recordId: id, fields: { [REASON]: text } }))),
      total: ids.length,
      beforeSend: () => Promise.resolve(),
    }))
      for (const outcome of batch)
        if (outcome.status === 'written' && outcome.writtenAt !== null) stamps.push(outcome.writtenAt);
    const sorted = stamps.toSorted((left, right) => left.localeCompare(right));
    return { from: sorted[0] ?? '', to: sorted.at(-1) ?? '', rows: ids.length };
  };

  it('gives identical records by REST and by Bulk, whatever the type of the field', async () => {
    const { org } = fixture.sandbox;
    const inactive = org.adminUserId;
    const [parent = '', gone = ''] = await fixture.addAccounts(2);
    const id = org.insert('Account', {
      Name: 'Größe, "Quotes"\nand lines; 株式会社',
      ParentId: parent,
      NumberOfEmployees: 1200,
      AnnualRevenue: 1_234_568,
      OwnerId: inactive,
      Website: 'https://acme.example',
      Description: ' spaces ',
    });
    fixture.sandbox.org.remove(gone);
    org.makeUserInactive(inactive);
    const fields = [
      'Id',
      'Name',
      'ParentId',
      'Parent.Name',
      'NumberOfEmployees',
      'AnnualRevenue',
      'CurrencyIsoCode',
      'Industry',
      'Website',
      'Description',
      'OwnerId',
      'Owner.IsActive',
      'Owner.Name',
      'CreatedDate',
      'LastModifiedById',
      'Tierline_Fit__c',
    ];
    // An org that does not tell its counts is taken for a large one, which is read by a job.
    fixture.sandbox.faults.inject({
      path: /recordCount/u,
      fault: { kind: 'status', status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }] },
    });
    const byBulk = await pull({ fields });
    expect(fixture.sandbox.calls.entries.some(({ path }) => path.endsWith('/results'))).toBe(true);
    fixture.sandbox.calls.reset();
    // Of other objects the first page tells how many there are: this goes by REST.
    const byRest = await pull({ fields, object: 'opportunity' });
    expect(fixture.sandbox.calls.entries.some(({ path }) => path.endsWith('/results'))).toBe(false);

    expect(byId(byBulk.records)).toEqual(byId(byRest.records));
    expect(byId(byRest.records).get(id)?.fields).toMatchObject({
      NumberOfEmployees: 1200,
      AnnualRevenue: 1_234_568,
      'Parent.Name': 'Company 0',
      'Owner.IsActive': false,
      Industry: null,
      Tierline_Fit__c: null,
    });
    expect(byId(byRest.records).get(parent)?.fields['Parent.Name']).toBeNull();
    expect(byId(byRest.records).get(gone)?.deleted).toBe(true);
    expect(byBulk.end.counted).toBe(3);
  });

  it.each(['account', 'opportunity'] as const)(
    'shows into which record another was merged, also on a full pull (as %s)',
    async (object) => {
      const [winner = '', loser = ''] = await fixture.addAccounts(3);
      const before = await pull();
      fixture.sandbox.org.merge(winner, [loser]);
      const merged = { id: loser, deleted: true, mergedInto: winner };
      const incremental = await pull({ cursor: before.end.cursor });
      expect(incremental.records).toContainEqual(expect.objectContaining(merged));
      expect((await pull({ object })).records).toContainEqual(expect.objectContaining(merged));
    },
  );

  it('leaves out our echoes but never an edit by a person within the same second', async () => {
    const ids = await fixture.addAccounts(30);
    const { end } = await pull();
    const written = await write(ids, 'ours');
    fixture.sandbox.org.editAsHuman('Account', ids[4] ?? '', { Name: 'By hand' });
    const { records } = await pull({ cursor: end.cursor, skip: [written] });
    expect(records.map(({ id }) => id)).toEqual([ids[4]]);
    expect(records[0]?.fields).toEqual({ Name: 'By hand', [REASON]: 'ours' });
  });

  it('reads a skipped stretch when it is owed', async () => {
    const ids = await fixture.addAccounts(30);
    const { end } = await pull();
    const written = await write(ids, 'ours');
    const { records } = await pull({ cursor: end.cursor, skip: [], reread: [written] });
    expect(new Set(records.map(({ id }) => id))).toEqual(new Set(ids));
  });

  it('sees a commit that lands behind newer stamps, within ten minutes', async () => {
    const [early = '', late = ''] = await fixture.addAccounts(2);
    fixture.sandbox.org.editAsHuman('Account', late, { Name: 'Late' });
    const { end } = await pull();
    const at = new Date(Date.now() - 5 * 60_000);
    fixture.sandbox.org.editAsHuman('Account', early, { Name: 'Early' }, { at });
    const { records } = await pull({ cursor: end.cursor });
    expect(records.map(({ id }) => id)).toContain(early);
  });

  it('takes a bulk job for very many changes', async () => {
    const { end } = await pull();
    const ids = await fixture.addAccounts(9000, new Date());
    const before = fixture.crm.usage().read;
    const { records } = await pull({ cursor: end.cursor });
    expect(new Set(records.map(({ id }) => id))).toEqual(new Set(ids));
    // One page that told the size, then create, two looks, one result; page by page it would be 5.
    expect(fixture.crm.usage().read - before).toBe(5);
  });

  it('does not lose rows when records change while it reads', async () => {
    const ids = await fixture.addAccounts(4500);
    const pages = fixture.crm.pull({
      object: 'opportunity',
      crmObject: 'Account',
      fields: ['Name'],
      cursor: null,
      skip: [],
      reread: [],
    });
    const seen = new Set<string>();
    for (;;) {
      const step = await pages.next();
      if (step.done === true) break;
      for (const { id } of step.value.records) seen.add(id);
      for (const id of ids.slice(1990, 2010))
        fixture.sandbox.org.editAsHuman('Account', id, { Name: 'Edited' });
    }
    for (const id of ids) expect(seen).toContain(id);
  });
});
