import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BudgetError, InterruptedError, UnavailableError } from '#errors/errors.ts';
import type { ChangeOutcome, Crm, CrmChange } from '#ports/crm.ts';
import { type HubspotSandbox, startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import {
  lockedFault,
  proxyPageFault,
  rateLimitedFault,
  unavailableFault,
} from '#sandbox/hubspot/vendor-faults.ts';
import { startConflictingProxy } from '../conflicting-proxy.ts';
import { applyAll, connectTo, createHastyClock, QUICK_RETRY, toStream } from '../connected.ts';

const TASKS = { object: 'task', crmObject: 'tasks', verb: 'create' } as const;
const UPDATE = /\/batch\/update$/;
const CREATE = /\/batch\/create$/;

const toUpdates = (ids: readonly string[], description = 'x'): readonly CrmChange[] =>
  ids.map((id, index) => ({ changeId: `u${index}`, recordId: id, fields: { description } }));

const toTask = (key: string, accountId: string | null, more: Partial<CrmChange> = {}): CrmChange => ({
  changeId: `c-${key}`,
  recordId: null,
  fields: { hs_task_subject: 'Call', hs_timestamp: '2026-12-01T00:00:00Z', tierline_task_key: key },
  idempotency: { field: 'tierline_task_key', value: key },
  accountId,
  ...more,
});

const failures = (outcomes: readonly ChangeOutcome[]): readonly string[] =>
  outcomes.flatMap((outcome) =>
    outcome.status === 'failed' ? [`${outcome.changeId} ${outcome.error.code}`] : [],
  );

describe('writing to HubSpot', () => {
  let sandbox: HubspotSandbox;
  let crm: Crm;

  beforeEach(async () => {
    sandbox = await startHubspotSandbox({ searchLagMs: 60_000, limits: { tenSecondly: 10_000 } });
    crm = connectTo(sandbox, {
      clock: createHastyClock(),
      timings: { retry: QUICK_RETRY, burst: { limit: 10_000, intervalMs: 10_000 } },
    });
    await crm.install({
      fields: [
        {
          object: 'task',
          crmObject: 'tasks',
          name: 'tierline_task_key',
          label: 'Task key',
          description: '',
          type: { kind: 'text', length: 120 },
          editableByUsers: false,
        },
      ],
      users: [],
      profile: null,
      layouts: [],
      dryRun: false,
    });
    sandbox.calls.reset();
  });
  afterEach(async () => {
    await crm.close();
    await sandbox.close();
  });

  const addCompanies = (count: number): readonly string[] =>
    Array.from(
      { length: count },
      (_, index) => sandbox.portal.insert('companies', { name: `C ${index}` }).id,
    );
  const describedAs = (id: string): string | undefined =>
    sandbox.portal.record('companies', id)?.properties['description'];
  const tasksWith = (key: string): number =>
    sandbox.portal.records('tasks').filter(({ properties }) => properties['tierline_task_key'] === key)
      .length;
  const callsTo = (path: RegExp): number =>
    sandbox.calls.entries.filter((call) => path.test(call.path)).length;

  describe('updates', () => {
    it.each([
      [500, 5],
      [10_000, 100],
    ])('writes %d changed companies in %d calls', async (count, calls) => {
      const outcomes = await applyAll(crm, toUpdates(addCompanies(count)));
      expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(count);
      expect(crm.usage()).toMatchObject({ write: calls, read: 0 });
    });

    it('tells the stamp that later searches filter by', async () => {
      const [id = ''] = addCompanies(1);
      const [outcome] = await applyAll(crm, toUpdates([id]));
      const stamp = sandbox.portal.record('companies', id)?.properties['hs_lastmodifieddate'] ?? '';
      expect(outcome?.status === 'written' && outcome.writtenAt).toBe(new Date(stamp).toISOString());
    });

    it('names the survivor of a record that was merged away, which HubSpot drops without a word', async () => {
      const [primary = '', other = '', bystander = ''] = addCompanies(3);
      const survivor = sandbox.portal.merge('companies', primary, other);
      const outcomes = await applyAll(crm, toUpdates([other, bystander]));
      expect(outcomes).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ changeId: 'u0', status: 'failed', movedTo: survivor.id }),
          expect.objectContaining({ changeId: 'u1', status: 'written' }),
        ]),
      );
      expect(failures(outcomes)).toEqual(['u0 MERGED_AWAY']);
      expect(describedAs(survivor.id)).toBeUndefined();
    });

    it('says of an archived record that it is gone', async () => {
      const [gone = '', live = ''] = addCompanies(2);
      sandbox.portal.archive('companies', gone);
      expect(failures(await applyAll(crm, toUpdates([gone, live])))).toEqual(['u0 OBJECT_NOT_FOUND']);
    });

    it('names the property and what to do for a row with a value HubSpot refuses', async () => {
      const [id = ''] = addCompanies(1);
      const [outcome] = await applyAll(crm, [
        { changeId: 'u', recordId: id, fields: { industry: 'ALCHEMY' } },
      ]);
      expect(outcome?.status === 'failed' && outcome.error).toMatchObject({
        code: 'INVALID_OPTION',
        field: 'industry',
        retry: 'never',
        next: expect.stringContaining('tierline setup'),
      });
      expect(JSON.stringify(outcome)).not.toContain('ALCHEMY');
    });

    it('finds the one row for which a whole batch is refused, and writes the other 99', async () => {
      const ids = addCompanies(100);
      // A conflict that no trace id helps against, as long as this row is in the batch.
      const isBad = (body: unknown): boolean => JSON.stringify(body).includes(`"${ids[37] ?? ''}"`);
      const proxy = await startConflictingProxy(sandbox.url, isBad);
      const behind = connectTo({ url: proxy.url, token: sandbox.token }, { clock: createHastyClock() });
      const outcomes = await applyAll(behind, toUpdates(ids));
      expect(failures(outcomes)).toEqual(['u37 CONFLICT']);
      expect(outcomes).toHaveLength(100);
      expect(behind.usage().write).toBeLessThanOrEqual(15);
      await behind.close();
      await proxy.close();
    });

    it('does not halve a batch that lacks a property: only rows that carry it fail', async () => {
      const ids = addCompanies(100);
      sandbox.faults.inject({
        path: UPDATE,
        fault: {
          kind: 'status',
          status: 400,
          body: {
            status: 'error',
            category: 'VALIDATION_ERROR',
            message:
              'Property values were not valid: [{"isValid":false,"error":"PROPERTY_DOESNT_EXIST","name":"no_such","message":"x"}]',
          },
        },
      });
      const changes = toUpdates(ids).map((change, index) =>
        index < 40 ? { ...change, fields: { no_such: '1' } } : change,
      );
      const outcomes = await applyAll(crm, changes);
      expect(failures(outcomes)).toHaveLength(40);
      expect(outcomes).toHaveLength(100);
      expect(callsTo(UPDATE)).toBe(2);
    });

    it('takes the rules that version 2026-09 holds writes to for refusals of rows', async () => {
      const [bound = '', free = ''] = addCompanies(2);
      sandbox.portal.requireWhen('companies', {
        when: { property: 'description', equals: 'x' },
        requires: 'phone',
      });
      sandbox.portal.editAsHuman('companies', free, { phone: '+4930123456' });
      const dated = connectTo(sandbox, { apiVersion: '2026-09' });
      const outcomes = await applyAll(dated, toUpdates([bound, free]));
      // A row of a 207 carries no details, so the telling code of a whole refusal is not there to be read.
      expect(failures(outcomes)).toEqual(['u0 VALIDATION_ERROR']);
      expect([describedAs(bound), describedAs(free)]).toEqual([undefined, 'x']);
      await dated.close();
    });

    it('keeps the order of two changes of one record', async () => {
      const [id = ''] = addCompanies(1);
      const changes = ['first', 'second', 'third'].map((description, index) => ({
        changeId: `u${index}`,
        recordId: id,
        fields: { description },
      }));
      sandbox.faults.inject({ path: UPDATE, fault: { kind: 'delay', ms: 100 } });
      expect(failures(await applyAll(crm, changes))).toEqual([]);
      expect(describedAs(id)).toBe('third');
    });

    it.each([
      ['a 429 of ten seconds', rateLimitedFault('TEN_SECONDLY_ROLLING')],
      ['a lock', lockedFault()],
      ['a 502', unavailableFault(502)],
      ["a gateway's page", { kind: 'html' }],
      ["a proxy's page with status 200", proxyPageFault()],
    ] as const)('writes everything over %s', async (_name, fault) => {
      sandbox.faults.inject({ path: UPDATE, times: 2, fault });
      const ids = addCompanies(150);
      expect(failures(await applyAll(crm, toUpdates(ids)))).toEqual([]);
      expect(ids.map(describedAs)).toEqual(ids.map(() => 'x'));
    });

    it('gives up a batch that stays locked as rows to try later, and writes the others', async () => {
      sandbox.faults.inject({ path: UPDATE, times: QUICK_RETRY.attempts, fault: lockedFault() });
      const one = connectTo(sandbox, {
        clock: createHastyClock(),
        timings: { retry: QUICK_RETRY, writesAtOnce: 1 },
      });
      const outcomes = await applyAll(one, toUpdates(addCompanies(150)));
      expect(failures(outcomes)).toHaveLength(100);
      expect(outcomes).toHaveLength(150);
      const later = outcomes.filter(
        (outcome) => outcome.status === 'failed' && outcome.error.retry === 'later',
      );
      expect(later).toHaveLength(100);
      await one.close();
    });

    it('throws when HubSpot stays away, after the outcomes of what had arrived', async () => {
      const ids = addCompanies(500);
      sandbox.faults.inject({
        path: UPDATE,
        after: 2,
        times: Number.POSITIVE_INFINITY,
        fault: unavailableFault(),
      });
      const outcomes: ChangeOutcome[] = [];
      const applying = async (): Promise<void> => {
        const batches = crm.apply({
          object: 'account',
          crmObject: 'companies',
          verb: 'update',
          changes: toStream(toUpdates(ids)),
          total: ids.length,
          beforeSend: async () => undefined,
        });
        for await (const batch of batches) outcomes.push(...batch);
      };
      await expect(applying()).rejects.toThrow(UnavailableError);
      expect(outcomes.filter(({ status }) => status === 'written')).toHaveLength(200);
    });

    it('stops for the day at the daily limit and sends nothing more', async () => {
      sandbox.faults.inject({
        path: UPDATE,
        times: Number.POSITIVE_INFINITY,
        fault: rateLimitedFault('DAILY'),
      });
      const one = connectTo(sandbox, { timings: { writesAtOnce: 1 } });
      await expect(applyAll(one, toUpdates(addCompanies(500)))).rejects.toThrow(BudgetError);
      expect(callsTo(UPDATE)).toBe(1);
      await one.close();
    });

    it('stops before it has used more than its share of the day', async () => {
      const tight = await startHubspotSandbox({ limits: { daily: 40 } });
      const ids = Array.from({ length: 2_500 }, () => tight.portal.insert('companies', {}).id);
      const half = connectTo(tight, { dailyShare: 0.5, timings: { writesAtOnce: 1 } });
      await expect(applyAll(half, toUpdates(ids))).rejects.toThrow(BudgetError);
      expect(half.usage().daily).toEqual({ used: 20, limit: 40 });
      expect(tight.calls.count()).toBe(20);
      await half.close();
      await tight.close();
    });

    it('finishes what is under way when it is told to stop, and announces nothing more', async () => {
      const ids = addCompanies(1_000);
      sandbox.faults.inject({ path: UPDATE, times: 10, fault: { kind: 'delay', ms: 60 } });
      const stop = new AbortController();
      const announced: string[] = [];
      const outcomes: ChangeOutcome[] = [];
      const applying = async (): Promise<void> => {
        const batches = crm.apply({
          object: 'account',
          crmObject: 'companies',
          verb: 'update',
          changes: toStream(toUpdates(ids)),
          total: ids.length,
          async beforeSend(changeIds) {
            announced.push(...changeIds);
            if (announced.length === 300) setTimeout(() => stop.abort(), 10);
          },
          signal: stop.signal,
        });
        for await (const batch of batches) outcomes.push(...batch);
      };
      await expect(applying()).rejects.toThrow(InterruptedError);
      expect(outcomes.map(({ changeId }) => changeId).toSorted()).toEqual(announced.toSorted());
      expect(outcomes.every(({ status }) => status === 'written')).toBe(true);
    });
  });

  describe('tasks', () => {
    it('hangs each on its company and writes 250 in three calls', async () => {
      const ids = addCompanies(250);
      const outcomes = await applyAll(
        crm,
        ids.map((id, index) => toTask(`k${index}`, id)),
        TASKS,
      );
      expect(failures(outcomes)).toEqual([]);
      expect(crm.usage()).toMatchObject({ write: 3, read: 0 });
      for (const [index, id] of ids.entries()) {
        const outcome = outcomes.find(({ changeId }) => changeId === `c-k${index}`);
        const tasks = sandbox.portal.associations({ type: 'companies', id }, 'tasks');
        expect(tasks.map((task) => task.id)).toEqual([outcome?.status === 'written' ? outcome.recordId : '']);
      }
    });

    it('refuses one bad task and makes the rest', async () => {
      const [id = ''] = addCompanies(1);
      const bad = toTask('bad', id, {
        fields: { hs_task_subject: 'x', hs_timestamp: 'whenever', tierline_task_key: 'bad' },
      });
      const outcomes = await applyAll(crm, [toTask('a', id), bad, toTask('b', id)], TASKS);
      expect(outcomes).toHaveLength(3);
      expect(failures(outcomes).map((failure) => failure.split(' ')[0])).toEqual(['c-bad']);
      expect([tasksWith('a'), tasksWith('bad'), tasksWith('b')]).toEqual([1, 0, 1]);
    });

    it('makes none twice though search would not see it for a minute', async () => {
      const ids = addCompanies(120);
      const changes = ids.map((id, index) => toTask(`k${index}`, id));
      sandbox.faults.inject({ path: CREATE, fault: { kind: 'cut-after-commit' } });
      const outcomes = await applyAll(crm, changes, TASKS);
      expect(failures(outcomes)).toEqual([]);
      expect(sandbox.portal.records('tasks')).toHaveLength(120);
    });

    it('finds tasks of an earlier run that are in doubt, among the many a company has', async () => {
      const [id = ''] = addCompanies(1);
      await applyAll(crm, [toTask('known', id)], TASKS);
      for (let index = 0; index < 620; index += 1) {
        const other = sandbox.portal.insert('tasks', { hs_timestamp: '2026-12-01T00:00:00Z' });
        sandbox.portal.associate({ type: 'tasks', id: other.id }, { type: 'companies', id });
      }
      sandbox.calls.reset();
      const outcomes = await applyAll(
        crm,
        [toTask('known', id, { inDoubt: true }), toTask('new', id, { inDoubt: true }), toTask('fresh', id)],
        TASKS,
      );
      expect(failures(outcomes)).toEqual([]);
      expect([tasksWith('known'), tasksWith('new'), tasksWith('fresh')]).toEqual([1, 1, 1]);
      expect(callsTo(CREATE)).toBe(1);
      expect(callsTo(/search$/)).toBe(0);
    });

    it('sends nothing when all that was in doubt is there', async () => {
      const [id = ''] = addCompanies(1);
      const [made] = await applyAll(crm, [toTask('k', id)], TASKS);
      const [again] = await applyAll(crm, [toTask('k', id, { inDoubt: true })], TASKS);
      expect(again).toMatchObject({
        status: 'written',
        recordId: made?.status === 'written' ? made.recordId : '',
      });
      expect(callsTo(CREATE)).toBe(1);
    });

    it('looks for a task without a company by its key', async () => {
      await applyAll(crm, [toTask('k', null)], TASKS);
      sandbox.portal.settleIndex();
      await applyAll(crm, [toTask('k', null, { inDoubt: true })], TASKS);
      expect(tasksWith('k')).toBe(1);
    });

    it('does not send a task without a key a second time after a doubt', async () => {
      const [id = ''] = addCompanies(1);
      sandbox.faults.inject({ path: CREATE, fault: { kind: 'cut-after-commit' } });
      const { idempotency: _without, ...keyless } = toTask('k', id);
      expect(failures(await applyAll(crm, [keyless], TASKS))).toEqual(['c-k OUTCOME_UNKNOWN']);
      expect(tasksWith('k')).toBe(1);
    });

    it('throws, sending no more, when HubSpot stays away', async () => {
      const [id = ''] = addCompanies(1);
      sandbox.faults.inject({ path: CREATE, times: Number.POSITIVE_INFINITY, fault: unavailableFault() });
      await expect(applyAll(crm, [toTask('k', id)], TASKS)).rejects.toThrow(UnavailableError);
      expect(callsTo(CREATE)).toBe(QUICK_RETRY.attempts);
    });

    it('archives 120 in two calls', async () => {
      const [id = ''] = addCompanies(1);
      const changes = Array.from({ length: 120 }, (_, index) => toTask(`k${index}`, id));
      const made = await applyAll(crm, changes, TASKS);
      sandbox.calls.reset();
      const outcomes = await applyAll(
        crm,
        made.map((outcome, index) => ({
          changeId: `d${index}`,
          recordId: outcome.status === 'written' ? outcome.recordId : '',
          fields: {},
        })),
        { ...TASKS, verb: 'delete' },
      );
      expect(failures(outcomes)).toEqual([]);
      expect(sandbox.portal.records('tasks')).toEqual([]);
      expect(callsTo(/archive$/)).toBe(2);
    });
  });
});
