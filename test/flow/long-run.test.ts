// Runs that take long, meet each other or are stopped: what people do meanwhile, and what is left to the next run.
import { beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, RunInProgressError } from '#errors/errors.ts';
import { castMarket } from './cast.ts';
import { CONNECTIONS } from './crm-view.ts';
import { AS_OF, createHastyClock, type Flow, startFlow } from './flow-fixture.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

let flow: Flow;

beforeEach(async () => {
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_1' },
      { name: 'Bergamot', plays: 'tier_2' },
      { name: 'Cobaltine', plays: 'tier_3' },
    ]),
  );
});

/** Hears of the first report of a step, and acts on it once. */
function onStep(step: RegExp, act: () => void) {
  let acted = false;
  return {
    report(name: string) {
      if (acted || !step.test(name)) return;
      acted = true;
      act();
    },
  };
}

describe('a run whose planning takes minutes', () => {
  it.each(CONNECTIONS)('does not write over what a person in %s did meanwhile', async (connection) => {
    const [account] = flow
      .crm(connection)
      .accounts()
      .filter(({ name }) => name === 'Cobaltine');
    const clock = createHastyClock();
    let lateMs = 0;
    const slow = { ...clock, now: () => new Date(clock.now().getTime() + lateMs) };
    const progress = onStep(/^score and plan/u, () => {
      lateMs = 10 * 60_000;
      if (connection === 'sf')
        flow.salesforce.org.editAsHuman('Account', account?.id ?? '', { Tierline_Tier__c: 'Tier 2' });
      else flow.hubspot.portal.editAsHuman('companies', account?.id ?? '', { tierline_tier: 'tier_2' });
    });

    const run = await flow.syncWith({ clock: slow, progress });
    expect(run.report.failures).toMatchObject([
      { connection, object: 'account', id: account?.id, field: 'tier', code: 'plan_stale' },
    ]);
    const after = flow.crm(connection).accounts();
    expect(after.find(({ id }) => id === account?.id)).toMatchObject({ tier: 'tier_2', reason: null });
    expect(after.filter(({ reason }) => reason === null)).toHaveLength(1);
  });

  it('writes everything when nobody did anything meanwhile, on a first and on a later run', async () => {
    const clock = createHastyClock();
    let lateMs = 0;
    const slow = { ...clock, now: () => new Date(clock.now().getTime() + lateMs) };
    const progress = onStep(/^score and plan/u, () => {
      lateMs += 10 * 60_000;
    });
    const first = await flow.syncWith({ clock: slow, progress });
    expect(first.report.connections.map(({ skipped, failed }) => skipped + failed)).toEqual([0, 0]);
    const [account] = flow.sf.accounts().filter(({ name }) => name === 'Cobaltine');
    const edit = { Type: 'Competitor' };
    flow.salesforce.org.editAsHuman('Account', account?.id ?? '', edit, { at: new Date(Date.now() + 2500) });
    const again = onStep(/^score and plan/u, () => {
      lateMs += 10 * 60_000;
    });
    const later = await flow.syncWith({ clock: slow, progress: again });
    expect(later.report.failures).toEqual([]);
    expect(flow.sf.accounts().find(({ id }) => id === account?.id)?.tier).toBe('excluded');
  });
});

describe('a second run at the same time', () => {
  it('is refused, and the first goes on', async () => {
    let second: Promise<unknown> = Promise.resolve();
    const progress = onStep(/^score and plan/u, () => {
      second = flow.sync().catch((error: unknown) => error);
    });
    const first = await flow.syncWith({ progress });
    const refused = await second;
    expect(refused).toBeInstanceOf(RunInProgressError);
    expect(refused).toMatchObject({ message: expect.stringMatching(/another run/iu) });
    expect(first.exitCode).toBe(0);
    expect(flow.sf.accounts().every(({ tier }) => tier !== null)).toBe(true);
  });

  it('may begin once the first is over', async () => {
    await flow.sync();
    expect((await flow.sync()).exitCode).toBe(0);
  });
});

const shown = (one: Flow) =>
  CONNECTIONS.map((connection) => ({
    tiers: one
      .crm(connection)
      .accounts()
      .map(({ id, tier, reason }) => ({ id, tier, reason })),
    contacts: one
      .crm(connection)
      .contacts()
      .map(({ id, tier, role }) => ({ id, tier, role })),
    tasks: one
      .crm(connection)
      .tasks()
      .map(({ key, owner }) => ({ key, owner })),
    programs: one
      .crm(connection)
      .programs()
      .map(({ accountId, program, status }) => [accountId, program, status]),
  }));

describe('a run that a person stops', () => {
  it.each([
    ['while it reads', /: read account$/u],
    ['while it plans', /^score and plan/u],
    ['while it writes', /: update account$/u],
  ])('%s ends as interrupted, and the next run finishes the work', async (_when, step) => {
    const undisturbed = await startFlow(
      castMarket(AS_OF, [
        { name: 'Abalone', plays: 'tier_1' },
        { name: 'Bergamot', plays: 'tier_2' },
        { name: 'Cobaltine', plays: 'tier_3' },
      ]),
    );
    await undisturbed.sync();

    const stop = new AbortController();
    const progress = onStep(step, () => {
      stop.abort(new InterruptedError('Interrupted'));
    });
    const stopped = flow.syncWith({ progress, signal: stop.signal });
    await expect(stopped).rejects.toMatchObject({ exitCode: 130 });
    const last = await flow.withSession(({ store }) => store.runs.list(1));
    expect(last.map(({ status }) => status)).toEqual(['interrupted']);

    await flow.sync();
    expect(shown(flow)).toEqual(shown(undisturbed));
    const before = takeSnapshot(flow);
    await flow.sync();
    expect(changedSince(before, flow)).toEqual([]);
  });
});
