import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TaskSituation, wantedTasks } from '#domain/task/choose-task.ts';
import { TASK_RULES } from '#domain/task/task-rule.ts';
import { TIERS } from '#domain/tier/tier.ts';
import { shippedPolicy } from '../tier/account.ts';

/** A Friday, long after the account was first tiered. */
const QUIET: TaskSituation = {
  tier: 'Tier 2',
  tierSince: '2026-11-01',
  intentOn: false,
  engagedOn: false,
  reasons: [],
  actNowOn: null,
  causes: {},
  overrideUntil: null,
  isFirstDay: false,
  today: '2026-11-20',
};
const cause = (since: string) => ({ since, pausedOn: null });
const RESEARCHING = { intentOn: true, causes: { intent_not_engaged: cause('2026-11-18') } } as const;
const IN_A_HURRY = {
  tier: 'Tier 3',
  intentOn: true,
  engagedOn: true,
  reasons: ['SMALL_ACV_FAST_LANE'],
  causes: { fast_lane: cause('2026-11-17') },
} as const;

const wanted = (changes: Partial<TaskSituation>) => wantedTasks({ ...QUIET, ...changes }, shippedPolicy);
const rules = (changes: Partial<TaskSituation>) => wanted(changes).map(({ rule }) => rule);

const remindsOf = (overrideUntil: string) => rules({ overrideUntil }).length === 1;

describe('the tasks that an account asks for', () => {
  it('are none where nothing asks for one', () => {
    expect(wanted({})).toEqual([]);
  });

  it.each<{ what: string; when: Partial<TaskSituation>; task: ReturnType<typeof wanted>[number] }>([
    {
      what: 'an answer on the next working day when somebody wants to talk',
      when: { actNowOn: '2026-11-19' },
      task: { rule: 'act_now', causeOn: '2026-11-19', dueOn: '2026-11-23', priority: 'high' },
    },
    {
      what: 'the buying group within ten days when the account is new in Tier 1',
      when: { tier: 'Tier 1', tierSince: '2026-11-18' },
      task: { rule: 'tier_1_new', causeOn: '2026-11-18', dueOn: '2026-11-30', priority: 'normal' },
    },
    {
      what: 'a first contact within three days when Tier 2 researches and engages with nobody',
      when: RESEARCHING,
      task: { rule: 'intent_not_engaged', causeOn: '2026-11-18', dueOn: '2026-11-23', priority: 'normal' },
    },
    {
      what: 'a call within a day on the fast lane',
      when: IN_A_HURRY,
      task: { rule: 'fast_lane', causeOn: '2026-11-17', dueOn: '2026-11-21', priority: 'high' },
    },
    {
      what: 'a word on an override that ends, by its last day',
      when: { overrideUntil: '2026-12-04' },
      task: { rule: 'override_expiring', causeOn: '2026-12-04', dueOn: '2026-12-04', priority: 'normal' },
    },
  ])('are $what', ({ when, task }) => {
    expect(wanted(when)).toEqual([task]);
  });

  it('come in the order of the rules', () => {
    expect(rules({ tier: 'Tier 1', actNowOn: '2026-11-19', overrideUntil: '2026-11-25' })).toEqual([
      'act_now',
      'tier_1_new',
      'override_expiring',
    ]);
    expect(rules({ ...RESEARCHING, actNowOn: '2026-11-19' })).toEqual(['act_now', 'intent_not_engaged']);
  });

  it('wait for what is over: engagement began, intent went, the tier is another', () => {
    expect(rules({ ...RESEARCHING, engagedOn: true })).toEqual([]);
    expect(rules({ ...RESEARCHING, intentOn: false })).toEqual([]);
    expect(rules({ ...RESEARCHING, tier: 'Tier 3' })).toEqual([]);
    expect(rules({ ...IN_A_HURRY, tier: 'Tier 2' })).toEqual([]);
    expect(rules({ ...IN_A_HURRY, reasons: ['SMALL_ACV'] })).toEqual([]);
  });

  it('remind of an override from fourteen days before its last day until that day', () => {
    expect(['2026-12-05', '2026-12-04', '2026-11-20', '2026-11-19'].map(remindsOf)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('are only the first two on the day of an account’s first tier', () => {
    const isFirstDay = true;
    expect(rules({ ...RESEARCHING, isFirstDay })).toEqual([]);
    expect(rules({ ...IN_A_HURRY, isFirstDay })).toEqual([]);
    expect(rules({ overrideUntil: '2026-11-25', isFirstDay })).toEqual([]);
    expect(rules({ tier: 'Tier 1', actNowOn: '2026-11-19', isFirstDay })).toEqual(['act_now', 'tier_1_new']);
  });

  it('are none for an excluded account, whoever calls, but a word on the end of its exclusion', () => {
    expect(rules({ tier: 'Excluded', actNowOn: '2026-11-19' })).toEqual([]);
    expect(rules({ tier: 'Excluded', actNowOn: '2026-11-19', overrideUntil: '2026-11-25' })).toEqual([
      'override_expiring',
    ]);
  });
});

const anyDay = fc.integer({ min: 0, max: 60 }).map((days) => new Date(Date.UTC(2026, 9, 1 + days)));
const anyDayText = anyDay.map((date) => date.toISOString().slice(0, 10));
const anySituation: fc.Arbitrary<TaskSituation> = fc.record({
  tier: fc.constantFrom(...TIERS),
  tierSince: fc.option(anyDayText),
  intentOn: fc.boolean(),
  engagedOn: fc.boolean(),
  reasons: fc.subarray(['SMALL_ACV_FAST_LANE', 'ACT_NOW']),
  actNowOn: fc.option(anyDayText),
  causes: fc.record(
    {
      intent_not_engaged: fc.record({ since: anyDayText, pausedOn: fc.constant(null) }),
      fast_lane: fc.record({ since: anyDayText, pausedOn: fc.constant(null) }),
    },
    { requiredKeys: [] },
  ),
  overrideUntil: fc.option(anyDayText),
  isFirstDay: fc.boolean(),
  today: anyDayText,
});

describe('any account', () => {
  it('asks for each rule once, in their order, never with a task that was due before it is made', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const found = wantedTasks(situation, shippedPolicy);
        const ranks = found.map(({ rule }) => TASK_RULES.indexOf(rule));
        expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
        for (const { dueOn } of found) expect(dueOn >= situation.today).toBe(true);
      }),
    );
  });

  it('has the same causes tomorrow as today while nothing else changed (invariant W24)', () => {
    fc.assert(
      fc.property(anySituation, anyDayText, (situation, tomorrow) => {
        const causes = new Map(
          wantedTasks(situation, shippedPolicy).map((task) => [task.rule, task.causeOn]),
        );
        for (const { rule, causeOn } of wantedTasks({ ...situation, today: tomorrow }, shippedPolicy)) {
          expect(causes.get(rule) ?? causeOn).toBe(causeOn);
        }
      }),
    );
  });
});
