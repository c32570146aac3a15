// What becomes of program rows (invariant W23; contract, section 4).
import { describe, expect, it } from 'vitest';
import { type ProgramRow, type ProgramSituation, planPrograms } from '#domain/program/plan-programs.ts';
import { cycleStart, PROGRAM_STATUSES, type Program } from '#domain/program/program.ts';

const MAIL: Program = {
  id: 'direct_mail',
  name: 'Direct mail',
  tier: 'tier_1',
  channel: 'mail',
  by: 'marketing',
  cost: 60,
  approval: 'none',
  autoUpTo: null,
  legalFor: [],
  dueDays: 10,
  dueWorkingHours: null,
  cycle: 'quarter',
  consent: null,
  retired: false,
};
const TODAY = '2026-11-22';

function row(changes: Partial<ProgramRow> = {}): ProgramRow {
  return {
    id: 'a01',
    program: 'direct_mail',
    cycle: '2026-10-01',
    status: 'offered',
    requested: false,
    dueOn: null,
    ...changes,
  };
}

function plan(rows: readonly ProgramRow[], program: Partial<Program> = {}, tier = 'tier_1') {
  const situation: ProgramSituation = { tier, today: TODAY, rows };
  return planPrograms([{ ...MAIL, ...program }], situation);
}

describe('the menu of an account', () => {
  it('offers the programs of its own tier, once a cycle', () => {
    expect(plan([])).toMatchObject([{ row: null, status: 'offered', cycle: '2026-10-01', dueOn: null }]);
    expect(plan([row()])).toHaveLength(1);
  });

  it('offers nothing of another tier', () => {
    expect(plan([], {}, 'tier_2')).toEqual([]);
  });

  it.each(['tier_3', 'expand'] as const)('offers no row of the menu %s', (menu) => {
    expect(plan([], { tier: menu }, menu)).toEqual([]);
  });

  it('offers nothing that is retired, and leaves its rows as they are', () => {
    expect(plan([], { retired: true })).toEqual([]);
    expect(plan([row({ status: 'approved' })], { retired: true })).toMatchObject([{ status: 'approved' }]);
  });

  it('offers a new row when a new cycle begins, whatever became of the old one', () => {
    const wanted = plan([row({ cycle: '2026-07-01', status: 'delivered' })]);
    expect(wanted.map(({ cycle, status }) => [cycle, status])).toEqual([
      ['2026-07-01', 'delivered'],
      ['2026-10-01', 'offered'],
    ]);
  });

  it('leaves rows of programs that it does not know alone', () => {
    expect(plan([row({ program: 'of_another_catalogue' })])).toMatchObject([{ row: null }]);
  });
});

describe('a tick', () => {
  it('is an order at once where nobody needs to approve', () => {
    expect(plan([row({ requested: true })])).toMatchObject([{ status: 'approved', dueOn: '2026-12-02' }]);
  });

  it.each([
    { approval: 'auto', autoUpTo: null, cost: 900, status: 'approved' },
    { approval: 'auto', autoUpTo: 60, cost: 60, status: 'approved' },
    { approval: 'auto', autoUpTo: 59, cost: 60, status: 'requested' },
    { approval: 'envelope', autoUpTo: null, cost: 0, status: 'requested' },
    { approval: 'marketing', autoUpTo: null, cost: 0, status: 'requested' },
    { approval: 'manager', autoUpTo: null, cost: 0, status: 'requested' },
  ] as const)('under $approval up to $autoUpTo at $cost is $status', ({ status, ...program }) => {
    expect(plan([row({ requested: true })], program)).toMatchObject([{ status }]);
  });

  it('waits where legal has a say', () => {
    expect(plan([row({ requested: true })], { legalFor: ['banking'] })).toMatchObject([
      { status: 'requested', dueOn: null },
    ]);
  });

  it('counts though the cycle is over or the tier has changed', () => {
    expect(plan([row({ requested: true, cycle: '2026-07-01' })])[0]).toMatchObject({ status: 'approved' });
    expect(plan([row({ requested: true })], {}, 'tier_2')[0]).toMatchObject({ status: 'approved' });
  });

  it('that is taken back while it waits makes the row an offer again', () => {
    expect(plan([row({ status: 'requested' })])).toMatchObject([{ status: 'offered' }]);
  });

  it("that is taken back when the menu is no longer the account's makes the row expire at once", () => {
    expect(plan([row({ status: 'requested' })], {}, 'tier_2')).toMatchObject([{ status: 'expired' }]);
    expect(plan([row({ status: 'requested', cycle: '2026-07-01' })])[0]).toMatchObject({ status: 'expired' });
  });

  it.each(['approved', 'declined', 'in_progress', 'delivered'] as const)(
    'that is taken back later changes nothing of %s',
    (status) => {
      expect(plan([row({ status, dueOn: '2026-12-01' })])).toMatchObject([{ status, dueOn: '2026-12-01' }]);
    },
  );
});

describe('an offer', () => {
  it('expires when the account leaves the tier', () => {
    expect(plan([row()], {}, 'tier_2')).toMatchObject([{ status: 'expired' }]);
  });

  it('expires when its cycle is over', () => {
    expect(plan([row({ cycle: '2026-07-01' })])[0]).toMatchObject({ status: 'expired' });
  });

  it('is back when the account is back within the cycle', () => {
    expect(plan([row({ status: 'expired' })])).toMatchObject([{ status: 'offered' }]);
    expect(plan([row({ status: 'expired', cycle: '2026-07-01' })])[0]).toMatchObject({ status: 'expired' });
  });
});

describe('planning programs again', () => {
  it.each(PROGRAM_STATUSES)('changes nothing of what became of a row that was %s', (status) => {
    for (const requested of [true, false]) {
      for (const tier of ['tier_1', 'tier_2']) {
        const [first] = plan([row({ status, requested })], {}, tier);
        const settled = row({ requested, status: first?.status ?? status, dueOn: first?.dueOn ?? null });
        expect(plan([settled], {}, tier)[0]).toMatchObject({ status: settled.status, dueOn: settled.dueOn });
      }
    }
  });
});

describe('a cycle', () => {
  it.each([
    { day: '2026-11-22', cycle: 'month', start: '2026-11-01' },
    { day: '2026-11-22', cycle: 'quarter', start: '2026-10-01' },
    { day: '2026-03-31', cycle: 'quarter', start: '2026-01-01' },
    { day: '2026-04-01', cycle: 'quarter', start: '2026-04-01' },
    { day: '2026-11-22', cycle: 'year', start: '2026-01-01' },
  ] as const)('of a $cycle with $day begins on $start', ({ day, cycle, start }) => {
    expect(cycleStart(day, cycle)).toBe(start);
  });
});
