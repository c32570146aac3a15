// A month of syncs, some nights left out, beside `tiers replay` on the same facts written down by hand: every night shows the same
// tier for the same reasons. Afterwards history is read back.
import { beforeAll, describe, expect, it } from 'vitest';
import { replayAll } from '#mapping/evaluation/replay-all.ts';
import { backtestTiers } from '#pipeline/backtest/backtest-tiers.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';
import { castMarket, domainOf, firmographicsOf, jsonLines } from './cast.ts';
import { type Flow, startFlow } from './flow-fixture.ts';
import { emailOf } from './market.ts';

/** Thirteen syncs of both CRMs. */
const TIMEOUT_MS = 180_000;
const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-10-19T02:00:00.000Z');
/** Two publish days lie among them: 26 October and 9 November. */
const NIGHTS = [0, 1, 2, 3, 4, 5, 9, 10, 14, 21, 22, 27, 29];
const END = new Date(START_MS + 29 * DAY_MS).toISOString();
const dateOf = (day: number) => new Date(START_MS + day * DAY_MS).toISOString().slice(0, 10);

interface Story {
  readonly name: string;
  readonly plays: 'tier_1' | 'not_tiered';
  /** Of the open deal. */
  readonly amount?: number;
  /** Score and the day it was seen. */
  readonly topic?: readonly (readonly [score: number, day: number])[];
  readonly events?: readonly (readonly [type: string, day: number, person: 'Lindqvist' | 'Moreau'])[];
}

const STORIES: readonly Story[] = [
  // On at the third night, confirmed at the fourth, worn off in the fourth week, held.
  { name: 'Abalone', plays: 'tier_1', topic: [[65, 2]] },
  // Held by its deal, then up at once on act-now.
  {
    name: 'Bergamot',
    plays: 'tier_1',
    amount: 150_000,
    topic: [
      [70, 0],
      [40, 3],
    ],
    events: [['demo_request', 7, 'Lindqvist']],
  },
  // In and out around the edge.
  {
    name: 'Cobaltine',
    plays: 'tier_1',
    topic: [
      [61, 1],
      [50, 3],
      [63, 10],
      [58, 20],
      [66, 27],
    ],
  },
  {
    name: 'Dovetail',
    plays: 'tier_1',
    amount: 150_000,
    topic: [[90, 4]],
    events: [
      ['webinar', 8, 'Lindqvist'],
      ['reply', 9, 'Lindqvist'],
      ['event', 9, 'Moreau'],
      ['reply', 12, 'Moreau'],
    ],
  },
  { name: 'Elderwick', plays: 'not_tiered', topic: [[80, 1]], events: [['meeting', 20, 'Moreau']] },
];

const EXACT = {
  industry: 1,
  geo: 1,
  employees: 1,
  tech: 1,
  customerBase: 1,
  revenue: 1,
  maturity: 1,
  budget: 1,
};
const MISSED = {
  industry: 0,
  geo: 1,
  employees: 0,
  tech: 0,
  customerBase: 0,
  revenue: 0,
  maturity: 0,
  budget: 0,
};
const ROLES = { Lindqvist: 'decision_maker', Moreau: 'it_expert' } as const;

/** What is known at 02:00 of a night: rows of days count from 00:00. */
function inputOf({ plays, amount, topic = [], events = [] }: Story, night: number): Record<string, unknown> {
  const age = (day: number) => night - day + 2 / 24;
  const newest = topic.filter(([, day]) => day <= night).at(-1);
  return {
    acv: amount ?? null,
    employees: plays === 'tier_1' ? 2000 : 20,
    fit: plays === 'tier_1' ? EXACT : MISSED,
    able: plays === 'tier_1' ? null : 0,
    topicsConfigured: 1,
    topics:
      newest === undefined ? [] : [{ score: newest[0], ageDays: age(newest[1]), method: 'coop_consented' }],
    events: events
      .filter(([, day]) => day <= night)
      .map(([type, day, person]) => ({ type, ageDays: age(day), person, role: ROLES[person] })),
    openOpportunity: amount !== undefined,
  };
}

let flow: Flow;
const shown: Record<string, unknown>[] = [];

beforeAll(async () => {
  const members = STORIES.map(({ name, plays, amount }) => ({
    name,
    plays,
    company: {
      deals: [
        ...(amount === undefined ? [] : [{ amount, stage: 'open' as const, closesInDays: 60 }]),
        ...(name === 'Elderwick' ? [{ amount: 9_000, stage: 'lost' as const, closesInDays: -5 }] : []),
      ],
    },
  }));
  const { world } = castMarket(END, members);
  const rows = (of: (story: Story, domain: string) => readonly object[]) =>
    jsonLines(STORIES.flatMap((story) => of(story, domainOf(story))));
  flow = await startFlow({
    world,
    sources: [
      {
        id: 'firmo',
        kind: 'firmographics',
        file: 'data/firmo.jsonl',
        content: jsonLines(members.map((member) => firmographicsOf(member, '2026-09-01'))),
      },
      {
        id: 'surge',
        kind: 'intent-scores',
        file: 'data/surge.jsonl',
        settings: { method: 'coop_consented' },
        content: rows(({ topic = [] }, domain) =>
          topic.map(([score, day]) => ({ domain, topic: 'erp', score, observed_on: dateOf(day) })),
        ),
      },
      {
        id: 'web',
        kind: 'engagement',
        file: 'data/visits.jsonl',
        settings: { method: 'first_party' },
        content: rows(({ events = [] }, domain) =>
          events.map(([type, day, person]) => ({
            type,
            occurred_at: dateOf(day),
            email: emailOf(person, domain),
          })),
        ),
      },
    ],
  });
  for (const night of NIGHTS) {
    await flow.sync({ asOf: new Date(START_MS + night * DAY_MS).toISOString() });
    shown.push(await tiersShown());
  }
}, TIMEOUT_MS);

async function tiersShown(): Promise<Record<string, unknown>> {
  const accounts = flow.sf.accounts();
  return flow.withSession(async ({ store }) => {
    const entries = accounts.map(async ({ name, key, tier: inCrm }) => {
      const found = await store.plans.evaluation(key ?? '');
      const { tier, computedTier, reasons } = (found?.evaluation ?? {}) as Record<string, unknown>;
      return [name, { inCrm, tier, computedTier, reasons }] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  });
}

const backtest = (from: string) => flow.withSession((session) => backtestTiers(session, { from, to: END }));

describe('a month of syncs', () => {
  it('shows each night what a replay of the same facts says (invariant T21)', () => {
    const replayed = replayAll(
      STORIES.map((story) => ({
        id: story.name,
        days: NIGHTS.map((night) => ({ date: dateOf(night), input: inputOf(story, night) })),
      })),
      shippedPolicy,
    );
    for (const [index, night] of NIGHTS.entries()) {
      const expected = replayed.map((result) => {
        if ('error' in result) throw new Error(`${result.error.path}: ${result.error.message}`);
        const { date: _, ...day } = result.days[index] ?? {
          date: '',
          tier: '',
          computedTier: '',
          reasons: [],
        };
        return [result.id, { inCrm: day.tier.toLowerCase().replaceAll(' ', '_'), ...day }];
      });
      expect({ night, ...shown[index] }).toEqual({ night, ...Object.fromEntries(expected) });
    }
  });

  it('was worth playing: promotions waited, were confirmed and held', () => {
    const codes = new Set(
      shown.flatMap((night) => Object.values(night).flatMap((one) => (one as { reasons: string[] }).reasons)),
    );
    expect([...codes]).toEqual(expect.arrayContaining(['CONFIRMING', 'DWELL', 'ACT_NOW', 'PIPELINE_LOCK']));
  });

  it('is read back by a backtest: the tier of a day as its run left it, and worked out again where none had run', async () => {
    const night = NIGHTS.indexOf(14);
    const then = await backtest(new Date(START_MS + 15 * DAY_MS).toISOString());
    expect(then.tierFrom).toEqual({ runs: 5, rebuilt: 0, notThere: 0 });
    const expected: Record<string, number> = {};
    for (const one of Object.values(shown[night] ?? {})) {
      const { tier } = one as { tier: string };
      expected[tier] = (expected[tier] ?? 0) + 1;
    }
    expect(Object.fromEntries([...then.tiers].map(([tier, { companies }]) => [tier, companies]))).toEqual(
      expected,
    );
    expect(then.tiers.get('Not tiered')?.winRate).toMatchObject({ having: 0, of: 1, share: null });

    const before = await backtest(new Date(START_MS - 10 * DAY_MS).toISOString());
    expect(before.tierFrom).toEqual({ runs: 0, rebuilt: 5, notThere: 0 });
    expect(Object.fromEntries([...before.tiers].map(([tier, { companies }]) => [tier, companies]))).toEqual({
      'Tier 3': 4,
      'Not tiered': 1,
    });
    expect(before.thinSources.map(({ source }) => source)).toEqual(['surge', 'web']);
  });
});
