// One suite that every CRM connector passes, over real HTTP against its sandbox. Knows no vendor's word.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, InterruptedError } from '#errors/errors.ts';
import type {
  ApplyRequest,
  ChangeOutcome,
  CrmChange,
  CrmFields,
  PullEnd,
  PullRequest,
  RawRecord,
} from '#ports/crm.ts';
import { type CrmFixture, type MakeCrmFixture, toStream } from './crm-fixture.ts';

interface Pulled {
  readonly records: readonly RawRecord[];
  readonly end: PullEnd;
}

const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const updates = (ids: readonly string[], fields: CrmFields): readonly CrmChange[] =>
  ids.map((id, index) => ({ changeId: `change-${index}`, recordId: id, fields }));

export const describeCrmContract = (name: string, makeFixture: MakeCrmFixture): void => {
  describe(`the contract of a CRM connector: ${name}`, () => {
    let fixture: CrmFixture;

    beforeEach(async () => {
      fixture = await makeFixture();
    });
    afterEach(async () => {
      await fixture.close();
    });

    const pull = async (request: Partial<PullRequest> = {}): Promise<Pulled> => {
      const { account, crm } = fixture;
      const pages = crm.pull({
        object: 'account',
        crmObject: account.crmObject,
        fields: [account.nameField, account.textField, account.numberField],
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

    const apply = async (
      changes: readonly CrmChange[],
      request: Partial<ApplyRequest> = {},
    ): Promise<readonly ChangeOutcome[]> => {
      const batches = fixture.crm.apply({
        object: 'account',
        crmObject: fixture.account.crmObject,
        verb: 'update',
        changes: toStream(changes),
        total: changes.length,
        beforeSend: () => Promise.resolve(),
        ...request,
      });
      const outcomes: ChangeOutcome[] = [];
      for await (const batch of batches) outcomes.push(...batch);
      return outcomes;
    };

    const createTasks = (changes: readonly CrmChange[]): Promise<readonly ChangeOutcome[]> =>
      apply(changes, { object: 'task', crmObject: fixture.task.crmObject, verb: 'create' });

    const readsOf = async (work: () => Promise<unknown>): Promise<number> => {
      const before = fixture.crm.usage().read;
      await work();
      return fixture.crm.usage().read - before;
    };

    describe('who and what', () => {
      it('names the organisation, the same at every call', async () => {
        const identity = await fixture.crm.identify();
        expect(identity.organisation).not.toBe('');
        expect(await fixture.crm.identify()).toEqual(identity);
      });

      it('describes the fields of an object that exists', async () => {
        const { account, crm } = fixture;
        const schema = await crm.describe(account.crmObject);
        expect(schema?.fields.get(account.textField)).toMatchObject({ kind: 'text', updateable: true });
        expect(schema?.fields.get(account.numberField)).toMatchObject({ kind: 'number', updateable: true });
      });

      it('describes nothing for an object that does not exist', async () => {
        expect(await fixture.crm.describe('No_Such_Object')).toBeNull();
      });

      it('lists owners, each with an id and whether it is active', async () => {
        const owners = await fixture.crm.owners();
        expect(owners.length).toBeGreaterThan(0);
        for (const owner of owners) {
          expect(owner.id).not.toBe('');
          expect(typeof owner.active).toBe('boolean');
        }
      });

      it('counts describe and owners as neither reads nor writes of records', async () => {
        const { account, crm } = fixture;
        await crm.identify();
        await crm.describe(account.crmObject);
        await crm.owners();
        expect(crm.usage()).toMatchObject({ read: 0, write: 0 });
      });
    });

    describe('pull', () => {
      it('reads every record once the cursor is null, and as many as it says the CRM counted', async () => {
        const ids = await fixture.addAccounts(450);
        const { records, end } = await pull();
        const seen = new Set(records.map((record) => record.id));
        for (const id of ids) expect(seen).toContain(id);
        expect(end.counted).toBe(seen.size);
      });

      it('gives the fields asked for and no others, and a stamp in ISO 8601 UTC', async () => {
        const { account } = fixture;
        const [id = ''] = await fixture.addAccounts(1);
        await fixture.editAccount(id, { [account.textField]: 'hello', [account.numberField]: 12.5 });
        const { records } = await pull({ ids: [id] });
        expect(records).toHaveLength(1);
        const [record] = records;
        expect(Object.keys(record?.fields ?? {}).toSorted()).toEqual(
          [account.nameField, account.textField, account.numberField].toSorted(),
        );
        expect(record?.fields[account.textField]).toBe('hello');
        expect(Number(record?.fields[account.numberField])).toBe(12.5);
        expect(record?.modifiedAt).toMatch(ISO_UTC);
        expect(record).toMatchObject({ id, deleted: false, mergedInto: null });
      });

      it('costs exactly one read when nothing has changed', async () => {
        await fixture.addAccounts(450);
        const { end } = await pull();
        const reads = await readsOf(async () => {
          const again = await pull({ cursor: end.cursor });
          expect(again.records).toEqual([]);
        });
        expect(reads).toBe(1);
      });

      it("brings what a person edited since the last pull, with the person's value", async () => {
        const { account } = fixture;
        const ids = await fixture.addAccounts(20);
        const { end } = await pull();
        const edited = ids.slice(3, 6);
        for (const id of edited) await fixture.editAccount(id, { [account.textField]: 'by hand' });
        const { records } = await pull({ cursor: end.cursor });
        expect(new Set(records.map((record) => record.id))).toEqual(new Set(edited));
        for (const record of records) expect(record.fields[account.textField]).toBe('by hand');
      });

      it('goes on from its own cursor again and again', async () => {
        const { account } = fixture;
        const [first = '', second = ''] = await fixture.addAccounts(2);
        let { end } = await pull();
        for (const id of [first, second]) {
          await fixture.editAccount(id, { [account.textField]: `edit of ${id}` });
          const next = await pull({ cursor: end.cursor });
          expect(next.records.map((record) => record.id)).toContain(id);
          end = next.end;
        }
      });

      it('loses none of 2,500 records that carry one and the same stamp', async () => {
        const { end } = await pull();
        const ids = await fixture.addAccounts(2500, new Date());
        const { records } = await pull({ cursor: end.cursor });
        expect(new Set(records.map((record) => record.id))).toEqual(new Set(ids));
      });

      it('reads just the records asked for by id, each once, and leaves the cursor alone', async () => {
        const ids = await fixture.addAccounts(700);
        const wanted = ids.filter((_id, index) => index % 2 === 0);
        const { records, end } = await pull({ ids: wanted, cursor: null });
        expect(records.map((record) => record.id).toSorted()).toEqual(wanted.toSorted());
        const full = await pull();
        const narrow = await pull({ ids: wanted.slice(0, 3), cursor: full.end.cursor });
        expect(narrow.end.cursor).toBe(full.end.cursor);
        expect(end.counted).toBeNull();
      });

      it('reads nothing at all when the list of ids is empty', async () => {
        await fixture.addAccounts(5);
        const reads = await readsOf(async () => {
          expect((await pull({ ids: [] })).records).toEqual([]);
        });
        expect(reads).toBe(0);
      });

      it('shows a record that a person deleted as deleted', async () => {
        const [id = ''] = await fixture.addAccounts(3);
        const { end } = await pull();
        await fixture.deleteAccount(id);
        const { records } = await pull(
          fixture.showsDeletionsIncrementally ? { cursor: end.cursor } : { cursor: null },
        );
        expect(records.filter((record) => record.deleted).map((record) => record.id)).toContain(id);
      });

      it('refuses a field that the CRM lacks or hides by naming the object and the field', async () => {
        const { account } = fixture;
        const hidden = pull({ fields: [account.nameField, 'no_such_field__c'] });
        await expect(hidden).rejects.toThrow(ConfigError);
        await expect(hidden).rejects.toThrow(/no_such_field__c/);
        await expect(hidden).rejects.toThrow(account.crmObject);
      });

      it.each(['cut-before', 'cut-mid-body', 'unavailable'] as const)(
        'survives one %s on the way',
        async (fault) => {
          const ids = await fixture.addAccounts(450);
          await fixture.injectFault('read', fault);
          const { records } = await pull();
          const seen = new Set(records.map((record) => record.id));
          for (const id of ids) expect(seen).toContain(id);
        },
      );

      it('goes on when the session expires', async () => {
        const ids = await fixture.addAccounts(10);
        await fixture.crm.identify();
        await fixture.expireSession();
        const { records } = await pull();
        expect(records.map((record) => record.id)).toEqual(expect.arrayContaining([...ids]));
      });

      it('stops as interrupted when it is told to', async () => {
        await fixture.addAccounts(450);
        const stopped = pull({ signal: AbortSignal.abort() });
        await expect(stopped).rejects.toThrow(InterruptedError);
      });
    });

    describe('apply: update', () => {
      it('gives exactly one outcome a change and the CRM holds the values', async () => {
        const { account } = fixture;
        const ids = await fixture.addAccounts(450);
        const changes = ids.map((id, index) => ({
          changeId: `change-${index}`,
          recordId: id,
          fields: { [account.textField]: `text ${index}`, [account.numberField]: index },
        }));
        const outcomes = await apply(changes);
        expect(outcomes.map((outcome) => outcome.changeId).toSorted()).toEqual(
          changes.map((change) => change.changeId).toSorted(),
        );
        expect(outcomes.every((outcome) => outcome.status === 'written')).toBe(true);
        for (const index of [0, 199, 200, 449]) {
          expect(await fixture.valueOf(ids[index] ?? '', account.textField)).toBe(`text ${index}`);
          expect(Number(await fixture.valueOf(ids[index] ?? '', account.numberField))).toBe(index);
        }
      });

      it('leaves fields alone that a change does not name', async () => {
        const { account } = fixture;
        const [first = '', second = ''] = await fixture.addAccounts(2);
        await fixture.editAccount(first, { [account.textField]: 'kept', [account.numberField]: 1 });
        await fixture.editAccount(second, { [account.textField]: 'kept', [account.numberField]: 1 });
        await apply([
          { changeId: 'a', recordId: first, fields: { [account.textField]: 'new' } },
          { changeId: 'b', recordId: second, fields: { [account.numberField]: 2 } },
        ]);
        expect(Number(await fixture.valueOf(first, account.numberField))).toBe(1);
        expect(await fixture.valueOf(second, account.textField)).toBe('kept');
      });

      it('clears a field with null', async () => {
        const { account } = fixture;
        const [id = ''] = await fixture.addAccounts(1);
        await fixture.editAccount(id, { [account.textField]: 'old' });
        await apply(updates([id], { [account.textField]: null }));
        expect((await fixture.valueOf(id, account.textField)) ?? '').toBe('');
      });

      it('refuses one bad row and writes the rest of its batch', async () => {
        const { account } = fixture;
        const ids = await fixture.addAccounts(250);
        const good = updates(ids, { [account.textField]: 'good' });
        const badIndexes = new Set([0, 120, 249]);
        const changes = good.map((change, index) =>
          badIndexes.has(index) ? { ...change, fields: account.refused.fields } : change,
        );
        const outcomes = await apply(changes);
        expect(outcomes).toHaveLength(250);
        const failed = outcomes.filter((outcome) => outcome.status === 'failed');
        expect(failed.map((outcome) => outcome.changeId).toSorted()).toEqual(
          ['change-0', 'change-120', 'change-249'].toSorted(),
        );
        for (const outcome of failed) {
          expect(outcome.error).toMatchObject({
            code: account.refused.code,
            field: account.refused.field,
            retry: 'never',
          });
          expect(outcome.error.next).not.toBe('');
        }
        expect(await fixture.valueOf(ids[121] ?? '', account.textField)).toBe('good');
      });

      it('says of a record that no longer exists that it failed, and writes the others', async () => {
        const { account } = fixture;
        const [gone = '', ...others] = await fixture.addAccounts(10);
        await fixture.deleteAccount(gone);
        const outcomes = await apply(updates([gone, ...others], { [account.textField]: 'x' }));
        const failed = outcomes.filter((outcome) => outcome.status === 'failed');
        expect(failed.map((outcome) => outcome.changeId)).toEqual(['change-0']);
      });

      it('announces every change before it is sent', async () => {
        const { account } = fixture;
        const ids = await fixture.addAccounts(250);
        const announced = new Set<string>();
        let writesAtFirst = -1;
        await apply(updates(ids, { [account.textField]: 'x' }), {
          beforeSend(changeIds) {
            if (writesAtFirst === -1) writesAtFirst = fixture.crm.usage().write;
            for (const changeId of changeIds) announced.add(changeId);
            return Promise.resolve();
          },
        });
        expect(announced.size).toBe(250);
        expect(writesAtFirst).toBe(0);
      });

      it('sends nothing when the announcement fails', async () => {
        const { account } = fixture;
        const [id = ''] = await fixture.addAccounts(1);
        const refused = apply(updates([id], { [account.textField]: 'x' }), {
          beforeSend: () => Promise.reject(new Error('the disk is full')),
        });
        await expect(refused).rejects.toThrow('the disk is full');
        expect(fixture.crm.usage().write).toBe(0);
      });

      it.each(['cut-before', 'cut-after-commit', 'cut-mid-body', 'unavailable'] as const)(
        'writes all rows, each with one outcome, over one %s',
        async (fault) => {
          const { account } = fixture;
          const ids = await fixture.addAccounts(250);
          await fixture.injectFault('write', fault);
          const outcomes = await apply(updates(ids, { [account.textField]: 'arrived' }));
          expect(new Set(outcomes.map((outcome) => outcome.changeId)).size).toBe(250);
          expect(outcomes).toHaveLength(250);
          expect(outcomes.filter((outcome) => outcome.status !== 'written')).toEqual([]);
          for (const id of ids) expect(await fixture.valueOf(id, account.textField)).toBe('arrived');
        },
      );

      it('goes on when the session expires between reading and writing', async () => {
        const { account } = fixture;
        const ids = await fixture.addAccounts(5);
        await pull();
        await fixture.expireSession();
        const outcomes = await apply(updates(ids, { [account.textField]: 'x' }));
        expect(outcomes.filter((outcome) => outcome.status === 'written')).toHaveLength(5);
      });

      it('does nothing for no changes', async () => {
        expect(await apply([])).toEqual([]);
        expect(fixture.crm.usage().write).toBe(0);
      });
    });

    describe('apply: create', () => {
      it('creates a record and tells its id', async () => {
        const [accountId = ''] = await fixture.addAccounts(1);
        const outcomes = await createTasks([
          { changeId: 'c1', recordId: null, ...fixture.newTask('key-1', accountId) },
        ]);
        expect(outcomes).toMatchObject([{ changeId: 'c1', status: 'written' }]);
        const [outcome] = outcomes;
        expect(outcome?.status === 'written' ? outcome.recordId : '').not.toBe('');
        expect(await fixture.countTasks('key-1')).toBe(1);
      });

      it.each(['cut-before', 'cut-after-commit', 'cut-mid-body', 'unavailable'] as const)(
        'creates each record once over one %s',
        async (fault) => {
          const accountIds = await fixture.addAccounts(30);
          const changes = accountIds.map((accountId, index) => ({
            changeId: `c${index}`,
            recordId: null,
            ...fixture.newTask(`key-${index}`, accountId),
          }));
          await fixture.injectFault('write', fault);
          const outcomes = await createTasks(changes);
          expect(outcomes).toHaveLength(30);
          expect(outcomes.filter((outcome) => outcome.status !== 'written')).toEqual([]);
          for (let index = 0; index < 30; index += 1)
            expect(await fixture.countTasks(`key-${index}`)).toBe(1);
        },
      );
    });

    describe('apply: delete', () => {
      it('deletes the records and says so, once more too', async () => {
        const [accountId = ''] = await fixture.addAccounts(1);
        const [created] = await createTasks([
          { changeId: 'c1', recordId: null, ...fixture.newTask('key-1', accountId) },
        ]);
        const recordId = created?.status === 'written' ? created.recordId : '';
        const remove = (): Promise<readonly ChangeOutcome[]> =>
          apply([{ changeId: 'd1', recordId, fields: {} }], {
            object: 'task',
            crmObject: fixture.task.crmObject,
            verb: 'delete',
          });
        expect(await remove()).toMatchObject([{ changeId: 'd1', status: 'written', recordId }]);
        expect(await fixture.countTasks('key-1')).toBe(0);
        expect(await remove()).toMatchObject([{ changeId: 'd1', status: 'written', recordId }]);
      });
    });
  });
};
