import { describe, expect, it } from 'vitest';
import { replayAll } from '#mapping/evaluation/replay-all.ts';
import { loadPolicy } from '#mapping/policy/load-policy.ts';

const policy = loadPolicy();
const fit = {
  industry: 1,
  geo: 1,
  employees: 1,
  tech: 1,
  customerBase: 1,
  revenue: 1,
  maturity: 1,
  budget: 1,
};

function input(score: number | null) {
  const topics = score === null ? [] : [{ score, ageDays: 0, method: 'coop_consented' }];
  return { acv: 60_000, employees: 500, fit, topicsConfigured: 1, topics, signals: [], events: [] };
}

describe('replaying the policy from a file', () => {
  it('promotes after two nights and says so on the first', () => {
    const [result] = replayAll(
      [
        {
          id: 'Larch Tools',
          days: [
            { date: '2026-01-01', input: input(null) },
            { date: '2026-01-02', input: input(90) },
            { date: '2026-01-03', input: input(90) },
          ],
        },
      ],
      policy,
    );
    expect(result).toMatchObject({
      id: 'Larch Tools',
      days: [
        { date: '2026-01-01', tier: 'Tier 3' },
        {
          date: '2026-01-02',
          tier: 'Tier 3',
          computedTier: 'Tier 2',
          reasons: ['INTENT_NOT_ENGAGED', 'CONFIRMING'],
        },
        { date: '2026-01-03', tier: 'Tier 2', reasons: ['INTENT_NOT_ENGAGED'] },
      ],
    });
  });

  it('answers a bad day with its path and replays the other accounts', () => {
    const results = replayAll(
      [
        { id: 'a', days: [{ date: '2026-01-01', input: { ...input(10), acv: -1 } }] },
        { id: 'b', days: [{ date: '2026-01-01', input: input(10) }] },
      ],
      policy,
    );
    expect(results[0]).toMatchObject({ id: 'a', error: { path: 'days[0].input.acv' } });
    expect(results[1]).toMatchObject({ id: 'b', days: [{ tier: 'Tier 3' }] });
  });

  it('refuses days that do not ascend', () => {
    const days = ['2026-01-02', '2026-01-02'].map((date) => ({ date, input: input(10) }));
    expect(replayAll([{ id: 'a', days }], policy)[0]).toMatchObject({ error: { path: 'days[1].date' } });
  });
});
