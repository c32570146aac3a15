import { describe, expect, it } from 'vitest';
import { createItemParser, evaluateAll, isRefused } from '#mapping/evaluation/evaluate-all.ts';
import { loadPolicy } from '#mapping/policy/load-policy.ts';

const policy = loadPolicy();
const item = (changes: Record<string, unknown> = {}) => ({
  id: 'Rill Foods',
  acv: 61_000,
  employees: 220,
  fit: { industry: 1, geo: 1, employees: 1, tech: 1, customerBase: 1, revenue: 1, maturity: 1, budget: null },
  topicsConfigured: 2,
  topics: [{ score: 71, ageDays: 0, method: 'publisher' }],
  signals: [],
  events: [],
  ...changes,
});
const one = (changes: Record<string, unknown>) => evaluateAll([item(changes)], policy)[0];

describe('evaluating a list of accounts', () => {
  it('answers every item in its place', () => {
    const results = evaluateAll(
      [item(), item({ id: 'Bad', acv: -1 }), item({ id: 'Quiet', topics: [] })],
      policy,
    );
    expect(results.map(({ id }) => id)).toEqual(['Rill Foods', 'Bad', 'Quiet']);
    expect(results.map(isRefused)).toEqual([false, true, false]);
    expect(results[0]).toMatchObject({ tier: 'Tier 2', reasons: ['INTENT_NOT_ENGAGED'], fit: 93.5 });
    expect(results[2]).toMatchObject({ tier: 'Tier 3', reasons: ['QUIET'] });
  });

  it('takes an absent field as unknown, none or no', () => {
    expect(evaluateAll([{ id: 'Bare' }], policy)[0]).toMatchObject({
      tier: 'Unscored',
      fit: 35,
      engagementThreshold: 30,
      acvBand: 'medium',
    });
    const nothing = {
      acv: null,
      able: null,
      excluded: null,
      override: null,
      previous: null,
      mustHaveMiss: null,
    };
    expect(one(nothing)).toMatchObject({ tier: 'Tier 2', acvBand: 'medium' });
  });

  it('ignores fields that it does not know', () => {
    const known = one({});
    expect(
      one({
        note: 'x',
        topics: [{ score: 71, ageDays: 0, method: 'publisher', topic: 'ERP', attested: true }],
      }),
    ).toEqual(known);
  });

  it('lets nobody attest a refused method from inside the file', () => {
    const bought = [{ score: 99, ageDays: 0, method: 'bidstream', attested: true }];
    expect(one({ topics: bought })).toMatchObject({ intent: 0 });
  });

  it('reads an event without a person as anonymous and a person without a role as unknown', () => {
    expect(one({ events: [{ type: 'reply', ageDays: 0 }] })).toMatchObject({ engagement: 5, people: 0 });
    expect(one({ events: [{ type: 'reply', ageDays: 0, person: 'p' }] })).toMatchObject({
      engagement: 8,
      people: 1,
    });
  });

  it('takes weekly counts in place of a score', () => {
    const baseline = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4];
    expect(
      one({ topics: [{ baseline, recent: [7, 7, 7], ageDays: 0, method: 'first_party' }] }),
    ).toMatchObject({ intent: 60 });
  });

  it('uses the weights of the ICP, whose template names the criteria', () => {
    const weights = { shipmentVolume: 80, origin: 20 };
    const [shop, refused] = evaluateAll(
      [item({ fit: { shipmentVolume: 1, origin: 0, location: 1 } }), item({ id: 'b', fit: { tech: 1 } })],
      policy,
      { weights },
    );
    expect(shop).toMatchObject({ fit: 80 });
    expect(refused).toMatchObject({ error: { path: 'fit.tech' } });
  });
});

describe('an item that cannot be read', () => {
  it.each([
    ['acv', { acv: '9000' }],
    ['acv', { acv: -1 }],
    ['employees', { employees: -1 }],
    ['employees', { employees: Number.POSITIVE_INFINITY }],
    ['fit.industry', { fit: { industry: 0.7 } }],
    ['fit.colour', { fit: { colour: 1 } }],
    ['mustHaveMiss', { mustHaveMiss: 'colour' }],
    ['topicsConfigured', { topicsConfigured: 0 }],
    ['topicsConfigured', { topicsConfigured: 1.5 }],
    ['topicsConfigured', { topicsConfigured: undefined }],
    ['topics[0].score', { topics: [{ score: 101, ageDays: 0, method: 'publisher' }] }],
    ['topics[0].ageDays', { topics: [{ score: 50, ageDays: -0.1, method: 'publisher' }] }],
    ['topics[0].method', { topics: [{ score: 50, ageDays: 0, method: 'hearsay' }] }],
    ['topics[0].method', { topics: [{ score: 50, ageDays: 0 }] }],
    ['topics[0]', { topics: [{ ageDays: 0, method: 'publisher' }] }],
    [
      'topics[0]',
      {
        topics: [
          { score: 50, baseline: Array(12).fill(1), recent: [1, 1, 1], ageDays: 0, method: 'publisher' },
        ],
      },
    ],
    [
      'topics[0].baseline',
      { topics: [{ baseline: [1, 2], recent: [1, 1, 1], ageDays: 0, method: 'publisher' }] },
    ],
    [
      'topics[0].recent[2]',
      { topics: [{ baseline: Array(12).fill(1), recent: [1, 1, -1], ageDays: 0, method: 'publisher' }] },
    ],
    ['signals[0].points', { signals: [{ points: '25', ageDays: 1 }] }],
    ['events[0].type', { events: [{ type: 'fax', ageDays: 1 }] }],
    [
      'events[1].ageDays',
      {
        events: [
          { type: 'page', ageDays: 1 },
          { type: 'page', ageDays: -1 },
        ],
      },
    ],
    ['events[0].role', { events: [{ type: 'page', ageDays: 1, person: 'p', role: 'boss' }] }],
    ['events[0].person', { events: [{ type: 'page', ageDays: 1, person: 7 }] }],
    ['previous.tier', { previous: { tier: 'Tier 4', daysInTier: 0, failingDays: 0, on: {} } }],
    ['openOpportunity', { openOpportunity: 'yes' }],
    ['able', { able: 4 }],
    ['excluded', { excluded: true }],
    ['override.kind', { override: { kind: 'nudge', tier: 'Tier 1', expiresInDays: 4 } }],
    ['override.tier', { override: { kind: 'floor', expiresInDays: 4 } }],
    ['override.tier', { override: { kind: 'pin', tier: 'Excluded', expiresInDays: 4 } }],
    ['override.expiresInDays', { override: { kind: 'exclude' } }],
  ])('names the path %s of %j', (path, changes) => {
    const result = one(changes);
    expect(result).toMatchObject({ id: 'Rill Foods', error: { path } });
  });

  it('says what was read', () => {
    expect(one({ events: [{ type: 'fax', ageDays: 1 }] })).toMatchObject({
      error: { message: expect.stringMatching(/"page".*read "fax"/u) as string },
    });
  });

  it('has a null id when it brings none', () => {
    const results = evaluateAll([item({ id: 7 }), 'Rill Foods', null], policy);
    expect(results).toMatchObject([
      { id: null, error: { path: 'id' } },
      { id: null, error: { path: '' } },
      { id: null, error: { path: '' } },
    ]);
  });

  it('is the second of two with the same id', () => {
    const results = evaluateAll([item(), item()], policy);
    expect(results.map(isRefused)).toEqual([false, true]);
    expect(results[1]).toMatchObject({ id: 'Rill Foods', error: { path: 'id' } });
  });

  it('does not carry over from file to file', () => {
    const first = createItemParser(policy);
    expect(first(item())).toHaveProperty('input');
    expect(first(item())).toHaveProperty('refused');
    expect(createItemParser(policy)(item())).toHaveProperty('input');
  });
});
