// Tasks: who gets one, on which record, with which key, and how many at most.
import { describe, expect, it } from 'vitest';
import { type CastMember, castMarket } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';

const startCast = (members: readonly CastMember[], options: Parameters<typeof castMarket>[2] = {}) =>
  startFlow(castMarket(AS_OF, members, options));

const accountOf = (flow: Flow, connection: 'sf' | 'hs', name: string) => {
  const found = flow
    .crm(connection)
    .accounts()
    .find((account) => account.name === name);
  if (found === undefined) throw new Error(`${connection} has no account ${name}`);
  return found;
};

const skippedCodes = (run: { report: { failures: readonly { code: string }[] } }) =>
  run.report.failures.map(({ code }) => code);

describe('a task', () => {
  it('stands once for each company that is Tier 1 or asked for a demo, on the account that is worked', async () => {
    const flow = await startCast([
      { name: 'Abalone', plays: 'tier_1', company: { owner: 1, crms: ['salesforce'] } },
      { name: 'Bergamot', plays: 'tier_1', company: { owner: 2, crms: ['hubspot'] } },
      { name: 'Cobaltine', plays: 'tier_1', company: { owner: 1 } },
      { name: 'Dovetail', plays: 'tier_3', demoDaysAgo: 4, company: { owner: 2, crms: ['salesforce'] } },
      { name: 'Elderwick', plays: 'not_tiered', demoDaysAgo: 1, company: { owner: 2, crms: ['hubspot'] } },
      { name: 'Foxglove', plays: 'tier_2' },
    ]);
    await flow.sync();

    const account = (connection: 'sf' | 'hs', name: string) => accountOf(flow, connection, name);
    const task = (connection: 'sf' | 'hs', name: string, rule: string, cause: string) => {
      const { id, owner } = account(connection, name);
      return {
        key: `${connection}:${id}:${rule}:${cause}`.toLowerCase(),
        accountId: id,
        owner,
        isDone: false,
      };
    };
    const made = [
      ...flow.sf.tasks().map(({ key, accountId, owner, isDone }) => ({ key, accountId, owner, isDone })),
      ...flow.hs.tasks().map(({ key, accountId, owner, isDone }) => ({ key, accountId, owner, isDone })),
    ];
    const worked = made.some(({ key }) => key.startsWith(`hs:${account('hs', 'Cobaltine').id}:`))
      ? 'hs'
      : 'sf';
    expect(new Set(made)).toEqual(
      new Set([
        task('sf', 'Abalone', 'tier_1_new', '2026-11-20'),
        task('hs', 'Bergamot', 'tier_1_new', '2026-11-20'),
        task(worked, 'Cobaltine', 'tier_1_new', '2026-11-20'),
        task('sf', 'Dovetail', 'act_now', '2026-11-16'),
        task('hs', 'Elderwick', 'act_now', '2026-11-19'),
      ]),
    );
  });

  it('is due on the next working day when somebody waits, and in ten days for a new Tier 1', async () => {
    const flow = await startCast([
      { name: 'Abalone', plays: 'tier_1', company: { crms: ['salesforce'] } },
      { name: 'Bergamot', plays: 'tier_2', demoDaysAgo: 2, company: { crms: ['hubspot'] } },
    ]);
    await flow.sync();
    expect(flow.sf.tasks().map(({ subject, dueOn }) => ({ subject, dueOn }))).toEqual([
      { subject: 'Map the buying group', dueOn: '2026-11-30' },
    ]);
    // As of a Friday.
    expect(flow.hs.tasks().map(({ dueOn }) => dueOn)).toEqual(['2026-11-23']);
  });

  it('goes to the duplicate with the open deal', async () => {
    const flow = await startCast([
      { name: 'Abalone', plays: 'tier_1', company: { crms: ['salesforce'], deals: [], people: [] } },
      { name: 'Abalone Inc', plays: 'tier_1', company: { domain: 'abalone.com', crms: ['salesforce'] } },
    ]);
    await flow.sync();
    const [one, other] = flow.sf.accounts();
    expect(one?.key).toBe(other?.key);
    expect(flow.sf.tasks().map(({ accountId }) => accountId)).toEqual([
      accountOf(flow, 'sf', 'Abalone Inc').id,
    ]);
  });

  it('is skipped and counted where the owner is missing or has left', async () => {
    const flow = await startCast(
      [
        { name: 'Abalone', plays: 'tier_1', company: { owner: 3, crms: ['salesforce'] } },
        { name: 'Bergamot', plays: 'tier_1', company: { owner: null, crms: ['hubspot'] } },
        { name: 'Cobaltine', plays: 'tier_1', company: { owner: 3, crms: ['hubspot'] } },
      ],
      { users: 4, inactiveUsers: [3] },
    );
    const run = await flow.sync();
    expect(flow.sf.tasks()).toEqual([]);
    expect(flow.hs.tasks()).toEqual([]);
    expect(run.of('sf').skipped).toBe(1);
    expect(run.of('hs').skipped).toBe(2);
    expect(skippedCodes(run).toSorted()).toEqual(['inactive_owner', 'inactive_owner', 'no_owner']);
  });

  it('is made once the account has an owner', async () => {
    const flow = await startCast([
      { name: 'Bergamot', plays: 'tier_1', company: { owner: null, crms: ['hubspot'] } },
    ]);
    await flow.sync();
    const [owner] = flow.hubspot.portal.owners();
    flow.hubspot.portal.editAsHuman('companies', accountOf(flow, 'hs', 'Bergamot').id, {
      hubspot_owner_id: owner?.id,
    });
    await flow.sync();
    expect(flow.hs.tasks().map((task) => task.owner)).toEqual([owner?.id]);
  });
});

const crowd = (count: number, company: CastMember['company'] = {}): readonly CastMember[] =>
  ['Abalone', 'Bergamot', 'Cobaltine', 'Dovetail', 'Elderwick', 'Foxglove', 'Gypsum', 'Hazelmere']
    .slice(0, count)
    .map((name) => ({ name, plays: 'tier_1', company: { owner: 1, crms: ['salesforce'], ...company } }));

describe('an owner', () => {
  it.each(['salesforce', 'hubspot'] as const)(
    'gets five new tasks a day in %s; the rest wait, are counted, and come on the next day',
    async (crm) => {
      const connection = crm === 'salesforce' ? 'sf' : 'hs';
      const flow = await startCast(crowd(7, { crms: [crm] }));
      const first = await flow.sync();
      expect(flow.crm(connection).tasks()).toHaveLength(5);
      expect(first.of(connection)).toMatchObject({ skipped: 2, changes: { task: { create: 7 } } });
      expect(skippedCodes(first)).toEqual(['owner_day_full', 'owner_day_full']);

      const sameDay = await flow.sync();
      expect(flow.crm(connection).tasks()).toHaveLength(5);
      expect(sameDay.of(connection)).toMatchObject({ written: 0, skipped: 2 });

      await flow.sync({ asOf: '2026-11-21T09:00:00.000Z' });
      expect(flow.crm(connection).tasks()).toHaveLength(7);
    },
  );

  it('is asked first where somebody waits for an answer', async () => {
    const flow = await startCast([
      ...crowd(6),
      { name: 'Iguana', plays: 'not_tiered', demoDaysAgo: 1, company: { owner: 1, crms: ['salesforce'] } },
    ]);
    await flow.sync();
    const iguana = accountOf(flow, 'sf', 'Iguana').id;
    expect(flow.sf.tasks().map(({ accountId }) => accountId)).toContain(iguana);
  });
});

const startOne = () =>
  startCast([{ name: 'Abalone', plays: 'tier_3', demoDaysAgo: 1, company: { crms: ['salesforce'] } }]);

describe('a task that people dealt with', () => {
  it('is not made again after they deleted it', async () => {
    const flow = await startOne();
    await flow.sync();
    const [task] = flow.sf.tasks();
    flow.salesforce.org.remove(task?.id ?? '');
    await flow.sync();
    await flow.sync({ full: true });
    expect(flow.sf.tasks()).toEqual([]);
  });

  it('is not made again after they completed it', async () => {
    const flow = await startOne();
    await flow.sync();
    const [task] = flow.sf.tasks();
    flow.salesforce.org.editAsHuman('Task', task?.id ?? '', { Status: 'Completed' });
    await flow.sync();
    expect(flow.sf.tasks()).toEqual([{ ...task, isDone: true }]);
  });

  it('is closed when its cause is over and nobody touched it', async () => {
    const flow = await startOne();
    await flow.sync();
    await flow.sync({ asOf: '2026-12-01T09:00:00.000Z' });
    expect(flow.sf.tasks().map(({ isDone }) => isDone)).toEqual([false]);
    const over = await flow.sync({ asOf: '2026-12-20T09:00:00.000Z' });
    expect(over.of('sf').changes.task).toEqual({ create: 0, close: 1 });
    expect(flow.sf.tasks().map(({ isDone }) => isDone)).toEqual([true]);
  });

  it('stays open when its cause is over but a person changed it', async () => {
    const flow = await startOne();
    await flow.sync();
    const [task] = flow.sf.tasks();
    const later = { at: new Date(Date.now() + 2500) };
    flow.salesforce.org.editAsHuman('Task', task?.id ?? '', { Subject: 'Call on Thursday' }, later);
    await flow.sync({ asOf: '2026-12-20T09:00:00.000Z' });
    expect(flow.sf.tasks()).toMatchObject([{ subject: 'Call on Thursday', isDone: false }]);
  });

  it('stays open though the person changed it in the second in which it was made', async () => {
    const flow = await startOne();
    await flow.sync();
    const [task] = flow.sf.tasks();
    flow.salesforce.org.editAsHuman('Task', task?.id ?? '', { Subject: 'Call on Thursday' });
    await flow.sync({ asOf: '2026-12-20T09:00:00.000Z' });
    expect(flow.sf.tasks()).toMatchObject([{ subject: 'Call on Thursday', isDone: false }]);
  });
});
