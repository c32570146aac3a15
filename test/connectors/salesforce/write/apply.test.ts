// Writes against the sandbox: what the CRM holds afterwards, and that every change has exactly one outcome.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, UnavailableError } from '#errors/errors.ts';
import type { ApplyRequest, ChangeOutcome, CrmChange, CrmFields, RowError } from '#ports/crm.ts';
import { serverUnavailable } from '#sandbox/salesforce/http/vendor-faults.ts';
import { toStream } from '#test/contract/crm-fixture.ts';
import { type SalesforceFixture, startSalesforceFixture, TASK_KEY } from '../sandbox-fixture.ts';

const REASON = 'Tierline_Tier_Reason__c';
const FIT = 'Tierline_Fit__c';

const update = (recordId: string, fields: CrmFields, changeId = recordId): CrmChange => ({
  changeId,
  recordId,
  fields,
});
const failures = (outcomes: readonly ChangeOutcome[]): readonly (RowError & { changeId: string })[] =>
  outcomes.flatMap((outcome) =>
    outcome.status === 'failed' ? [{ changeId: outcome.changeId, ...outcome.error }] : [],
  );

describe('writing to Salesforce', () => {
  let fixture: SalesforceFixture;

  beforeEach(async () => {
    fixture = await startSalesforceFixture();
  });
  afterEach(async () => {
    await fixture.close();
  });

  const apply = async (
    changes: readonly CrmChange[],
    request: Partial<ApplyRequest> = {},
  ): Promise<readonly ChangeOutcome[]> => {
    const outcomes: ChangeOutcome[] = [];
    for await (const batch of fixture.crm.apply({
      object: 'account',
      crmObject: 'Account',
      verb: 'update',
      changes: toStream(changes),
      total: changes.length,
      beforeSend: () => Promise.resolve(),
      ...request,
    }))
      outcomes.push(...batch);
    expect(outcomes.map(({ changeId }) => changeId).toSorted()).toEqual(
      changes.map(({ changeId }) => changeId).toSorted(),
    );
    return outcomes;
  };

  const createTask = (changeId: string, key: string, accountId: string): CrmChange => ({
    changeId,
    recordId: null,
    ...fixture.newTask(key, accountId),
  });
  const createTasks = (changes: readonly CrmChange[]): Promise<readonly ChangeOutcome[]> =>
    apply(changes, { object: 'task', crmObject: 'Task', verb: 'create' });
  const remove = async (ids: readonly string[]): Promise<readonly ChangeOutcome[]> =>
    apply(
      ids.map((id) => ({ changeId: id, recordId: id, fields: {} })),
      { object: 'task', crmObject: 'Task', verb: 'delete' },
    );
  const valueOf = (id: string, field: string): unknown =>
    fixture.sandbox.org.find('Account', id)?.[field] ?? null;
  const callsTo = (method: string, path: string): number =>
    fixture.sandbox.calls.entries.filter((entry) => entry.method === method && entry.path.endsWith(path))
      .length;

  describe('in small batches', () => {
    it('does not send a batch again that was committed before the connection broke', async () => {
      const ids = await fixture.addAccounts(50);
      await fixture.injectFault('write', 'cut-after-commit');
      const outcomes = await apply(ids.map((id) => update(id, { [REASON]: 'x' })));
      expect(failures(outcomes)).toEqual([]);
      expect(callsTo('PATCH', '/composite/sobjects')).toBe(1);
      expect(fixture.crm.usage()).toMatchObject({ read: 1, write: 1 });
    });

    it('takes the stamp of a row that was read back from the row itself', async () => {
      const [id = ''] = await fixture.addAccounts(1);
      await fixture.injectFault('write', 'cut-after-commit');
      const [outcome] = await apply([update(id, { [REASON]: 'x' })]);
      const stamp = String(valueOf(id, 'SystemModstamp')).replace('+0000', 'Z');
      expect(outcome).toMatchObject({ status: 'written', writtenAt: stamp });
    });

    it('encloses the true stamps by the earliest and latest it gives', async () => {
      const ids = await fixture.addAccounts(150);
      const outcomes = await apply(ids.map((id) => update(id, { [REASON]: 'x' })));
      const given = outcomes.map((outcome) =>
        Date.parse(outcome.status === 'written' ? (outcome.writtenAt ?? '') : ''),
      );
      for (const id of ids) {
        const stamp = Date.parse(String(valueOf(id, 'SystemModstamp')));
        expect(stamp).toBeGreaterThanOrEqual(Math.min(...given));
        expect(stamp).toBeLessThanOrEqual(Math.max(...given));
      }
    });

    it('sends locked rows again, and only those', async () => {
      const ids = await fixture.addAccounts(20);
      fixture.sandbox.org.lockRow(ids[3] ?? '', 2);
      expect(failures(await apply(ids.map((id) => update(id, { [REASON]: 'x' }))))).toEqual([]);
      expect(callsTo('PATCH', '/composite/sobjects')).toBe(3);
      expect(valueOf(ids[3] ?? '', REASON)).toBe('x');
    });

    it('reports a row that stays locked as one for later', async () => {
      const [id = '', other = ''] = await fixture.addAccounts(2);
      fixture.sandbox.org.lockRow(id, Number.POSITIVE_INFINITY);
      const failed = failures(await apply([update(id, { [REASON]: 'x' }), update(other, { [REASON]: 'x' })]));
      expect(failed).toMatchObject([{ changeId: id, code: 'UNABLE_TO_LOCK_ROW', retry: 'later' }]);
    });

    it('isolates a row for which Salesforce refuses the whole call', async () => {
      const ids = await fixture.addAccounts(64);
      const changes = ids.map((id, index) => update(id, { [FIT]: index === 40 ? 'no number' : index }));
      const failed = failures(await apply(changes));
      expect(failed).toMatchObject([{ changeId: ids[40], code: 'JSON_PARSER_ERROR' }]);
      expect(valueOf(ids[41] ?? '', FIT)).toBe(41);
      expect(callsTo('PATCH', '/composite/sobjects')).toBeLessThan(16);
    });

    it.each(['row', 'call'] as const)(
      'fails just the rows that name a field taken away meanwhile, when that is an error of the %s',
      async (collectionUnknownField) => {
        await fixture.close();
        fixture = await startSalesforceFixture({ quirks: { collectionUnknownField } });
        const ids = await fixture.addAccounts(30);
        await fixture.crm.describe('Account');
        fixture.sandbox.org.hideField('Account', 'Website');
        const changes = ids.map((id, index) =>
          update(id, index % 10 === 0 ? { Website: 'acme.example' } : { [REASON]: 'x' }),
        );
        const failed = failures(await apply(changes));
        expect(failed.map(({ changeId }) => changeId)).toEqual([ids[0], ids[10], ids[20]]);
        expect(failed[0]).toMatchObject({ field: 'Website', retry: 'never' });
        expect(valueOf(ids[1] ?? '', REASON)).toBe('x');
      },
    );

    it('stops before it sends anything when a field is missing or read only', async () => {
      const [id = ''] = await fixture.addAccounts(1);
      const missing = apply([update(id, { Nope__c: 1 })]);
      await expect(missing).rejects.toThrow(ConfigError);
      await expect(missing).rejects.toThrow('Account has no field Nope__c');
      await expect(apply([update(id, { SystemModstamp: 'x' })])).rejects.toThrow('may not update Account');
      expect(fixture.crm.usage().write).toBe(0);
    });

    it('tells where a merged record lives on', async () => {
      const [winner = '', loser = '', gone = ''] = await fixture.addAccounts(3);
      fixture.sandbox.org.merge(winner, [loser]);
      fixture.sandbox.org.remove(gone);
      const outcomes = await apply([winner, loser, gone].map((id) => update(id, { [REASON]: 'x' })));
      expect(outcomes.find(({ changeId }) => changeId === loser)).toMatchObject({
        status: 'failed',
        error: { code: 'ENTITY_IS_DELETED' },
        movedTo: winner,
      });
      expect(outcomes.find(({ changeId }) => changeId === gone)).not.toHaveProperty('movedTo');
      expect(outcomes.find(({ changeId }) => changeId === winner)).toMatchObject({ status: 'written' });
    });

    it('lets the later of two changes of one record win', async () => {
      const [id = ''] = await fixture.addAccounts(1);
      await apply([update(id, { [REASON]: 'first' }, 'a'), update(id, { [REASON]: 'second' }, 'b')]);
      expect(valueOf(id, REASON)).toBe('second');
    });

    it('throws when the org does not come back, with no outcome made up', async () => {
      const ids = await fixture.addAccounts(3);
      fixture.sandbox.faults.inject({
        path: '/services/data/',
        times: Number.POSITIVE_INFINITY,
        after: 1,
        fault: { kind: 'cut-before' },
      });
      await expect(apply(ids.map((id) => update(id, { [REASON]: 'x' })))).rejects.toThrow(UnavailableError);
    });

    it('keeps values of the org out of its messages', async () => {
      const [id = ''] = await fixture.addAccounts(1);
      const long = 'maria.muster@acme.example '.repeat(20);
      const [failed] = failures(await apply([update(id, { [REASON]: long })]));
      expect(failed?.code).toBe('STRING_TOO_LONG');
      expect(JSON.stringify(failed)).not.toContain('maria');
    });

    it('is not re-owned by assignment rules and not stopped by rules that only alert', async () => {
      const [id = '', twin = ''] = await fixture.addAccounts(2);
      fixture.sandbox.org.editAsHuman('Account', twin, { [REASON]: 'same' });
      fixture.sandbox.org.addDuplicateRule({ object: 'Account', field: REASON, action: 'alert' });
      expect(failures(await apply([update(id, { [REASON]: 'same' })]))).toEqual([]);
    });
  });

  describe('by bulk', () => {
    const ROWS = 2100;

    it('clears by null, leaves the rest alone, and carries a text that reads as a command', async () => {
      const ids = await fixture.addAccounts(ROWS);
      const [cleared = '', literal = ''] = ids;
      fixture.sandbox.org.editAsHuman('Account', cleared, { [REASON]: 'old', [FIT]: 5 });
      const changes = ids.map((id) => {
        if (id === cleared) return update(id, { [REASON]: null });
        return update(id, id === literal ? { [REASON]: '#N/A' } : { [REASON]: 'new', [FIT]: 1 });
      });
      expect(failures(await apply(changes))).toEqual([]);
      expect(valueOf(cleared, REASON)).toBeNull();
      expect(valueOf(cleared, FIT)).toBe(5);
      expect(valueOf(literal, REASON)).toBe('#N/A');
      expect(valueOf(ids[2000] ?? '', REASON)).toBe('new');
    });

    it('announces all rows of the job before it is opened', async () => {
      const ids = await fixture.addAccounts(ROWS);
      const announced: number[] = [];
      await apply(
        ids.map((id) => update(id, { [REASON]: 'x' })),
        {
          beforeSend(changeIds) {
            expect(fixture.sandbox.calls.count('write')).toBe(0);
            announced.push(changeIds.length);
            return Promise.resolve();
          },
        },
      );
      expect(announced).toEqual([ROWS]);
    });

    it('finds merged records among the refused ones', async () => {
      const ids = await fixture.addAccounts(ROWS);
      const [winner = '', loser = ''] = ids;
      fixture.sandbox.org.merge(winner, [loser]);
      const outcomes = await apply(ids.map((id) => update(id, { [REASON]: 'x' })));
      expect(outcomes.filter(({ status }) => status === 'failed')).toMatchObject([
        { changeId: loser, movedTo: winner },
      ]);
    });

    it('sends the rows in small batches when the org takes no job', async () => {
      const ids = await fixture.addAccounts(ROWS);
      fixture.sandbox.faults.inject({
        path: '/jobs/ingest',
        fault: { kind: 'status', status: 400, body: [{ errorCode: 'FEATURENOTENABLED', message: 'x' }] },
      });
      expect(failures(await apply(ids.map((id) => update(id, { [REASON]: 'x' }))))).toEqual([]);
      expect(callsTo('PATCH', '/composite/sobjects')).toBe(11);
    });

    it('reports every row as not processed when the job fails as a whole', async () => {
      const ids = await fixture.addAccounts(ROWS);
      await fixture.crm.describe('Account');
      fixture.sandbox.org.hideField('Account', 'Website');
      const failed = failures(await apply(ids.map((id) => update(id, { Website: 'acme.example' }))));
      expect(failed).toHaveLength(ROWS);
      expect(new Set(failed.map(({ code }) => code))).toEqual(new Set(['UNPROCESSED']));
    });

    it('throws an upload away that may not have arrived whole, and leaves no job open', async () => {
      const ids = await fixture.addAccounts(ROWS);
      fixture.sandbox.faults.inject({ method: 'PUT', path: '/batches', fault: { kind: 'cut-after-commit' } });
      await apply(ids.map((id) => update(id, { [REASON]: 'x' })));
      const response = await fetch(`${fixture.sandbox.url}/services/data/v62.0/jobs/ingest`, {
        headers: { authorization: `Bearer ${fixture.sandbox.openSession()}` },
      });
      const { records } = (await response.json()) as { records: readonly { state: string }[] };
      expect(records.map(({ state }) => state).toSorted()).toEqual(['Aborted', 'JobComplete']);
    });

    const faults = ['cut-before', 'cut-after-commit', 'cut-mid-body', 'unavailable'] as const;
    const steps = [
      ['opening', 'POST', /\/jobs\/ingest$/],
      ['upload', 'PUT', /\/batches$/],
      ['closing', 'PATCH', /\/jobs\/ingest\/\w+$/],
      ['look', 'GET', /\/jobs\/ingest\/\w+$/],
    ] as const;
    it.each(steps.flatMap(([step, method, path]) => faults.map((fault) => ({ step, method, path, fault }))))(
      'survives a $fault at the $step',
      async ({ method, path, fault }) => {
        const ids = await fixture.addAccounts(ROWS);
        fixture.sandbox.faults.inject({
          method,
          path,
          fault: fault === 'unavailable' ? serverUnavailable() : { kind: fault },
        });
        expect(failures(await apply(ids.map((id) => update(id, { [REASON]: 'arrived' }))))).toEqual([]);
        const held = fixture.sandbox.org.records('Account').filter((row) => row[REASON] === 'arrived');
        expect(held).toHaveLength(ROWS);
      },
    );
  });

  describe('new records', () => {
    it('leaves a record alone that holds the key already, and tells its id', async () => {
      const [accountId = ''] = await fixture.addAccounts(1);
      const [first] = await createTasks([createTask('a', 'key-1', accountId)]);
      const recordId = first?.status === 'written' ? first.recordId : '';
      fixture.sandbox.org.editAsHuman('Task', recordId, { Subject: 'Edited by hand' });
      const again = await createTasks([createTask('b', 'KEY-1', accountId)]);
      expect(again).toEqual([{ changeId: 'b', status: 'written', recordId, writtenAt: null }]);
      expect(fixture.sandbox.org.find('Task', recordId)).toMatchObject({ Subject: 'Edited by hand' });
    });

    it('makes one record of two creates with one key', async () => {
      const [accountId = ''] = await fixture.addAccounts(1);
      const outcomes = await createTasks([
        createTask('a', 'key-1', accountId),
        createTask('b', 'key-1', accountId),
      ]);
      expect(
        new Set(outcomes.map((outcome) => (outcome.status === 'written' ? outcome.recordId : null))).size,
      ).toBe(1);
      expect(fixture.sandbox.org.records('Task')).toHaveLength(1);
    });

    it('looks up which keys arrived after a broken connection, however long the keys', async () => {
      const ids = await fixture.addAccounts(200);
      const changes = ids.map((id, index) => createTask(`c${index}`, `${'k'.repeat(100)}-${index}`, id));
      await fixture.injectFault('write', 'cut-after-commit');
      expect(failures(await createTasks(changes))).toEqual([]);
      expect(fixture.sandbox.org.records('Task')).toHaveLength(200);
      expect(callsTo('POST', '/composite/sobjects')).toBe(1);
      expect(callsTo('POST', '/composite')).toBe(1);
    });

    it('refuses to create where the key field is not unique', async () => {
      const [accountId = ''] = await fixture.addAccounts(1);
      const change = { ...createTask('a', 'k', accountId), idempotency: { field: 'Subject', value: 'k' } };
      await expect(createTasks([change])).rejects.toThrow('Subject is not unique');
      expect(fixture.crm.usage().write).toBe(0);
    });

    it('says so when the owner is inactive and creates the others', async () => {
      await fixture.close();
      fixture = await startSalesforceFixture();
      const [accountId = ''] = await fixture.addAccounts(1);
      const { org } = fixture.sandbox;
      const owner = org.adminUserId;
      org.makeUserInactive(owner);
      const change = createTask('a', 'k1', accountId);
      const failed = failures(
        await createTasks([
          { ...change, fields: { ...change.fields, OwnerId: owner } },
          createTask('b', 'k2', accountId),
        ]),
      );
      expect(failed).toMatchObject([{ changeId: 'a', code: 'INACTIVE_OWNER_OR_USER' }]);
      expect(await fixture.countTasks('k2')).toBe(1);
    });

    it(`finds them again by ${TASK_KEY} alone`, async () => {
      const [accountId = ''] = await fixture.addAccounts(1);
      fixture.sandbox.org.insert('Task', {
        Subject: 'Of a person',
        Status: 'Not Started',
        Priority: 'Normal',
      });
      await createTasks([createTask('a', 'key-1', accountId)]);
      const pages = fixture.crm.pull({
        object: 'task',
        crmObject: 'Task',
        fields: [TASK_KEY, 'WhatId'],
        cursor: null,
        skip: [],
        reread: [],
        havingField: TASK_KEY,
      });
      const { value } = await pages.next();
      expect(value).toMatchObject({ records: [{ fields: { [TASK_KEY]: 'key-1', WhatId: accountId } }] });
    });
  });

  describe('deleting', () => {
    it.each(['cut-before', 'cut-after-commit', 'cut-mid-body'] as const)(
      'deletes each record once over one %s',
      async (fault) => {
        const accountIds = await fixture.addAccounts(5);
        const created = await createTasks(accountIds.map((id, index) => createTask(id, `key-${index}`, id)));
        const taskIds = created.flatMap((outcome) =>
          outcome.status === 'written' ? [outcome.recordId] : [],
        );
        await fixture.injectFault('write', fault);
        expect(failures(await remove(taskIds))).toEqual([]);
        expect(fixture.sandbox.org.records('Task')).toEqual([]);
      },
    );

    it('throws when the org does not come back', async () => {
      const [accountId = ''] = await fixture.addAccounts(1);
      const [created] = await createTasks([createTask('a', 'k', accountId)]);
      fixture.sandbox.faults.inject({
        path: '/services/data/',
        times: Number.POSITIVE_INFINITY,
        fault: { kind: 'cut-before' },
      });
      const removing = remove([created?.status === 'written' ? created.recordId : '']);
      await expect(removing).rejects.toThrow(UnavailableError);
    });
  });
});
