import { describe, expect, it } from 'vitest';
import type { IntentPolicy } from '#domain/intent/intent-policy.ts';
import type { IntentCountRow, IntentScoreRow } from '#domain/intent/intent-rows.ts';
import { isoWeekNumber, mondayMs } from '#domain/intent/iso-week.ts';
import { scoreIntent } from '#domain/intent/score-intent.ts';
import {
  countTopics,
  type TopicRows,
  type TopicSetting,
  topicsFromIntentRows,
} from '#domain/intent/topics-from-rows.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const DAY_MS = 86_400_000;
/** A Thursday, at noon. */
const asOf = Date.UTC(2026, 10, 19, 12);
const policy = shippedPolicy.intent;
const thisWeek = isoWeekNumber(asOf);

const score = (
  topic: string,
  value: number,
  daysAgo: number,
  changes: Partial<IntentScoreRow> = {},
): IntentScoreRow => ({
  source: 'surge',
  method: 'coop_consented',
  topic,
  score: value,
  observedAtMs: asOf - daysAgo * DAY_MS,
  ...changes,
});
const week = (
  topic: string,
  count: number,
  weeksAgo: number,
  changes: Partial<IntentCountRow> = {},
): IntentCountRow => ({
  source: 'weekly',
  method: 'publisher',
  topic,
  count,
  weekMs: mondayMs(thisWeek - weeksAgo),
  ...changes,
});
const find = (
  rows: Partial<TopicRows>,
  setting: Partial<TopicSetting> = {},
  watching: IntentPolicy = policy,
) =>
  topicsFromIntentRows(
    { scores: [], counts: [], ...rows },
    { asOfMs: asOf, country: 'DE', attestations: [], firstRowMs: () => asOf - 365 * DAY_MS, ...setting },
    watching,
  );

describe('topics out of provider scores', () => {
  it('take of each source the newest row, though an older one scored higher', () => {
    const { topics } = find({ scores: [score('ERP', 95, 20), score('ERP', 64, 3), score('ERP', 91, 40)] });
    expect(topics).toMatchObject([{ score: 64, ageDays: 3, name: 'ERP', source: 'surge' }]);
  });

  it('take of several sources the one that is highest now', () => {
    const { topics } = find({
      scores: [
        score('ERP', 90, 28),
        score('ERP', 64, 0, { source: 'other' }),
        score('ERP', 55, 0, { method: 'publisher' }),
      ],
    });
    // 50 + 40 / 4 = 60 is less than 64.
    expect(topics).toMatchObject([{ score: 64, source: 'other', now: 64 }]);
  });

  it('count spellings of one topic once', () => {
    const { topics } = find({
      scores: [score('Data Lake', 70, 1), score('ｄata lake', 60, 0, { source: 'b' })],
    });
    expect(topics).toHaveLength(1);
    expect(countTopics(policy, ['Data Lake', 'DATA LAKE', 'ＥＲＰ', 'erp'])).toBe(2);
  });

  it('are forgotten after 90 days, so that an old row hides no newer one', () => {
    const { topics } = find({ scores: [score('ERP', 50, 91), score('ERP', 20, 10, { source: 'b' })] });
    expect(topics).toMatchObject([{ score: 20 }]);
  });

  it('do not look ahead of as-of', () => {
    const { topics, ignored } = find({ scores: [score('ERP', 90, -0.5), score('ERP', 40, 2)] });
    expect(topics).toMatchObject([{ score: 40 }]);
    expect(ignored).toEqual({ future: 1, refused: 0 });
  });

  it('do not depend on the order of rows', () => {
    const scores = [
      score('ERP', 70, 1),
      score('ERP', 72, 1),
      score('CRM', 72, 1),
      score('PIM', 72, 1, { source: 'b' }),
    ];
    expect(find({ scores: scores.toReversed() })).toEqual(find({ scores }));
  });
});

describe('topics out of weekly counts', () => {
  const steady = Array.from({ length: 12 }, (_, at) => week('ERP', 4, 15 - at));

  it('are the last fifteen complete weeks, with the age of the Monday after', () => {
    const { topics } = find({
      counts: [...steady, week('ERP', 7, 3), week('ERP', 7, 2), week('ERP', 7, 1), week('ERP', 99, 0)],
    });
    expect(topics).toHaveLength(1);
    expect(topics[0]).toMatchObject({ baseline: Array(12).fill(4), recent: [7, 7, 7], ageDays: 3.5 });
    expect(topics[0]?.now).toBeCloseTo(50 + 10 * 2 ** (-3.5 / 14), 9);
  });

  it('take a missing week for none, and add up what comes twice', () => {
    const { topics } = find({ counts: [week('ERP', 2, 15), week('ERP', 3, 15), week('ERP', 6, 1)] });
    expect(topics[0]).toMatchObject({ baseline: [5, ...Array<number>(11).fill(0)], recent: [0, 0, 6] });
  });

  it('say nothing while the source is younger than fifteen weeks', () => {
    const counts = [week('ERP', 30, 1)];
    expect(find({ counts }, { firstRowMs: () => mondayMs(thisWeek - 14) }).topics).toEqual([]);
    expect(find({ counts }, { firstRowMs: () => null }).topics).toEqual([]);
    expect(find({ counts }, { firstRowMs: () => mondayMs(thisWeek - 15) }).topics).toHaveLength(1);
  });

  it('say nothing of a company that was not seen in those weeks', () => {
    expect(find({ counts: [week('ERP', 30, 16)] }).topics).toEqual([]);
  });

  it('were seen in the newest week that counts something', () => {
    const { topics } = find({ counts: [week('ERP', 5, 2), week('ERP', 0, 1)] });
    expect(topics[0]?.seenAtMs).toBe(mondayMs(thisWeek - 1) - DAY_MS);
  });
});

const bought = { scores: [score('ERP', 90, 0, { method: 'bidstream' })] };
const attested = (...regions: string[]) => [{ method: 'bidstream' as const, regions, basis: 'LIA 2026-04' }];

describe('consent', () => {
  it('refuses and counts what was gathered without it', () => {
    expect(find(bought)).toEqual({ topics: [], ignored: { future: 0, refused: 1 } });
  });

  it('is attested by region, EU meaning the EEA, the United Kingdom and Switzerland', () => {
    for (const country of ['DE', 'NO', 'GB', 'CH']) {
      expect(find(bought, { country, attestations: attested('EU') }).topics).toHaveLength(1);
    }
    expect(find(bought, { country: 'US', attestations: attested('EU') }).topics).toEqual([]);
    expect(find(bought, { country: 'US', attestations: attested('US') }).topics).toHaveLength(1);
  });

  it('needs a legal note in the EU, and a country that is known', () => {
    const noted = [{ method: 'bidstream' as const, regions: ['EU', 'US'], basis: ' ' }];
    expect(find(bought, { country: 'FR', attestations: noted }).topics).toEqual([]);
    expect(find(bought, { country: 'US', attestations: noted }).topics).toHaveLength(1);
    expect(find(bought, { country: null, attestations: attested('EU', 'US') }).topics).toEqual([]);
  });

  it('once attested lets the topic score', () => {
    const { topics } = find(bought, { attestations: attested('EU') });
    expect(scoreIntent(topics, 1, [], false, policy).intent).toBe(90);
  });
});

describe('watched topics', () => {
  it('are those of the policy, and no other row counts', () => {
    const watching = { ...policy, topics: ['erp', 'Warehouse'] };
    expect(
      find({ scores: [score('ERP', 70, 0), score('Payroll', 90, 0)] }, {}, watching).topics,
    ).toMatchObject([{ name: 'ERP' }]);
    expect(countTopics(watching, ['a', 'b', 'c'])).toBe(2);
  });

  it('are at least one', () => {
    expect(countTopics(policy, [])).toBe(1);
  });
});
