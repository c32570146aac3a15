// The five rules of tasks over some weeks, in both CRMs: which one speaks on which day, and for what cause.
import { beforeAll, describe, expect, it } from 'vitest';
import { castMarket } from './cast.ts';
import { CONNECTIONS, type ConnectionId } from './crm-view.ts';
import { AS_OF, type Flow, type FlowRun, startFlow } from './flow-fixture.ts';

/** Each name is one company in each CRM, so that no two of them are one. */
const NAMES = {
  new: { sf: 'Abalone', hs: 'Bergamot' },
  researching: { sf: 'Cobaltine', hs: 'Dovetail' },
  hasty: { sf: 'Elderwick', hs: 'Foxglove' },
  quiet: { sf: 'Gypsum', hs: 'Hazelmere' },
} as const;
type Part = keyof typeof NAMES;

const SMALL_DEAL = { amount: 9000, stage: 'open', closesInDays: 60 } as const;
const PLAYS = { new: 'tier_1', researching: 'tier_2', hasty: 'tier_1', quiet: 'tier_3' } as const;

const cast = CONNECTIONS.flatMap((connection) =>
  (Object.keys(NAMES) as Part[]).map((part) => ({
    name: NAMES[part][connection],
    plays: PLAYS[part],
    company: {
      crms: [connection === 'sf' ? ('salesforce' as const) : ('hubspot' as const)],
      ...(part === 'hasty' ? { deals: [SMALL_DEAL] } : {}),
    },
  })),
);

let flow: Flow;
const seen: Record<string, Readonly<Record<ConnectionId, readonly string[]>>> = {};
const runs: Record<string, FlowRun> = {};

function accountOf(connection: ConnectionId, part: Part) {
  const found = flow
    .crm(connection)
    .accounts()
    .find(({ name }) => name === NAMES[part][connection]);
  if (found === undefined) throw new Error(`${connection} has no account for ${part}`);
  return found;
}

/** `researching intent_not_engaged 2026-11-20 due 2026-11-24 open`, sorted. */
function tasksIn(connection: ConnectionId): readonly string[] {
  return flow
    .crm(connection)
    .tasks()
    .map(({ key, accountId, dueOn, isDone }) => {
      const part = (Object.keys(NAMES) as Part[]).find((one) => accountOf(connection, one).id === accountId);
      const [, id, rule, cause] = key.split(':');
      expect(id).toBe(accountId?.toLowerCase());
      return `${part} ${rule} ${cause} due ${dueOn} ${isDone ? 'done' : 'open'}`;
    })
    .toSorted();
}

async function night(day: string): Promise<void> {
  runs[day] = await flow.sync({ asOf: `${day}T09:00:00.000Z` });
  seen[day] = { sf: tasksIn('sf'), hs: tasksIn('hs') };
}

/** A person is never as fast as we are: Salesforce's stamps hold whole seconds. */
const soon = () => new Date(Date.now() + 2500);

function complete(part: Part): void {
  const taskOf = (connection: ConnectionId) =>
    flow
      .crm(connection)
      .tasks()
      .find(({ accountId }) => accountId === accountOf(connection, part).id)?.id ?? '';
  flow.salesforce.org.editAsHuman('Task', taskOf('sf'), { Status: 'Completed' }, { at: soon() });
  flow.hubspot.portal.editAsHuman('tasks', taskOf('hs'), { hs_task_status: 'COMPLETED' });
}

function pin(part: Part, tier: 'tier_1' | 'tier_3', label: string, until: string): void {
  flow.salesforce.org.editAsHuman(
    'Account',
    accountOf('sf', part).id,
    { Tierline_Override_Tier__c: label, Tierline_Override_Until__c: until },
    { at: soon() },
  );
  flow.hubspot.portal.editAsHuman('companies', accountOf('hs', part).id, {
    tierline_override_tier: tier,
    tierline_override_until: until,
  });
}

const NEW_OPEN = 'new tier_1_new 2026-11-20 due 2026-11-30 open';
const NEW_DONE = 'new tier_1_new 2026-11-20 due 2026-11-30 done';
const CALL = 'hasty fast_lane 2026-11-20 due 2026-11-22 open';
const RESEARCHING_OPEN = 'researching intent_not_engaged 2026-11-20 due 2026-11-24 open';
const RESEARCHING_DONE = 'researching intent_not_engaged 2026-11-20 due 2026-11-24 done';

beforeAll(async () => {
  flow = await startFlow(castMarket(AS_OF, cast));
  await night('2026-11-20');
  runs['again'] = await flow.sync();
  pin('new', 'tier_1', 'Tier 1', '2026-12-06');
  pin('quiet', 'tier_3', 'Tier 3', '2026-12-06');
  await night('2026-11-21');
  complete('new');
  complete('researching');
  await night('2026-11-22');
  await night('2026-11-23');
  pin('quiet', 'tier_3', 'Tier 3', '2027-02-01');
  await night('2026-11-24');
});

describe.each(CONNECTIONS)('the tasks in %s', (connection) => {
  it('are of the first two rules only on the day of the first tiers (invariant W26)', () => {
    expect(seen['2026-11-20']?.[connection]).toEqual([NEW_OPEN]);
    expect(runs['again']?.of(connection)).toMatchObject({ written: 0, changes: { task: { create: 0 } } });
  });

  it('come by the other rules on the next night, with the day on which it was first seen as their cause', () => {
    expect(accountOf(connection, 'hasty').tier).toBe('tier_3');
    expect(seen['2026-11-21']?.[connection]).toEqual([CALL, NEW_OPEN, RESEARCHING_OPEN]);
  });

  it('do not come again for a cause that goes on, though people finished them (invariant W24)', () => {
    for (const day of ['2026-11-22', '2026-11-23', '2026-11-24'])
      expect(seen[day]?.[connection].filter((task) => task.startsWith('researching'))).toEqual([
        RESEARCHING_DONE,
      ]);
  });

  it('remind of an override two weeks before its last day, once the rule before it had its task (invariant W25)', () => {
    const reminder = 'override_expiring 2026-12-06 due 2026-12-06 open';
    expect(seen['2026-11-22']?.[connection]).toEqual([
      CALL,
      `new ${reminder}`,
      NEW_DONE,
      `quiet ${reminder}`,
      RESEARCHING_DONE,
    ]);
    expect(seen['2026-11-23']).toEqual(seen['2026-11-22']);
  });

  it('are closed when their rule is over: the override was given another year, and nobody touched the reminder', () => {
    const quiet = seen['2026-11-24']?.[connection].filter((task) => task.startsWith('quiet'));
    expect(quiet).toEqual(['quiet override_expiring 2026-12-06 due 2026-12-06 done']);
    expect(runs['2026-11-24']?.of(connection).changes.task).toEqual({ create: 0, close: 1 });
  });

  it('are at most one open an account', () => {
    for (const ofDay of Object.values(seen)) {
      const open = ofDay[connection]
        .filter((task) => task.endsWith('open'))
        .map((task) => task.split(' ')[0]);
      expect(new Set(open).size).toBe(open.length);
    }
  });
});
