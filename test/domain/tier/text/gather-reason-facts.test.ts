import { describe, expect, it } from 'vitest';
import type { DatedEvent } from '#domain/engagement/events-from-rows.ts';
import type { CriterionMatch } from '#domain/fit/match-icp.ts';
import type { NamedTopic } from '#domain/intent/named-topic.ts';
import { advanceTier } from '#domain/tier/advance-tier.ts';
import { assessAccount } from '#domain/tier/assess-account.ts';
import { parseDay } from '#domain/tier/day.ts';
import { gatherReasonFacts, type ReasonEvidence } from '#domain/tier/text/gather-reason-facts.ts';
import { NEVER_TIERED } from '#domain/tier/tier-state.ts';
import { anAccount, anEvent, aTopic, shippedPolicy, TWO_ENGAGED } from '../account.ts';

const TODAY = parseDay('2026-11-21');
const MS = TODAY * 86_400_000;
const dated = (event: DatedEvent | ReturnType<typeof anEvent>): DatedEvent => ({
  source: 'web',
  occurredAtMs: MS - event.ageDays * 86_400_000,
  ...event,
});
const topic = (name: string, score: number): NamedTopic => ({
  ...aTopic(score, 2),
  name,
  source: 'surge',
  seenAtMs: MS - 2 * 86_400_000,
  now: score,
});
const matched = (
  criterion: string,
  match: CriterionMatch['match'],
  changes: Partial<CriterionMatch> = {},
): CriterionMatch => ({
  criterion,
  field: criterion,
  match,
  value: null,
  source: null,
  observedAtMs: null,
  isStale: false,
  matched: null,
  ...changes,
});

function gather(changes: Partial<ReasonEvidence> = {}) {
  const topics = changes.topics ?? [topic('ERP', 90), topic('CRM', 80)];
  const events = changes.events ?? TWO_ENGAGED.map(dated);
  const account = anAccount({ topics, events, signals: changes.signals ?? [] });
  const assessment = assessAccount(account, NEVER_TIERED, shippedPolicy);
  const step = advanceTier(
    NEVER_TIERED,
    assessment,
    {
      day: TODAY,
      openOpportunity: false,
      override: changes.override ? { kind: 'pin', tier: 'Tier 1', expiresInDays: 5 } : null,
    },
    shippedPolicy,
  );
  return gatherReasonFacts(
    {
      step,
      assessment,
      criteria: [],
      weights: shippedPolicy.fit.weights.general,
      topicsConfigured: 3,
      signals: [],
      acv: 180_000,
      reviewOn: null,
      holdUntil: null,
      override: null,
      ...changes,
      topics,
      events,
    },
    shippedPolicy,
  );
}

describe('gathering the facts of a reason', () => {
  it('takes tier, bands and the day from which the tier is shown', () => {
    expect(gather()).toMatchObject({
      tier: 'Tier 1',
      since: TODAY,
      fitBand: 'strong',
      acvBand: 'large',
      hold: null,
    });
  });

  it('orders criteria by weight and names the technology that matched', () => {
    const criteria = [
      matched('geo', 1),
      matched('tech', 1, { field: 'technologies', matched: 'SAP' }),
      matched('maturity', null),
      matched('industry', 1, { matched: 'Software' }),
      matched('revenue', null),
      matched('budget', 0),
    ];
    const { met, unknown } = gather({ criteria });
    expect(met).toEqual([
      { criterion: 'industry', value: null },
      { criterion: 'tech', value: 'SAP' },
      { criterion: 'geo', value: null },
    ]);
    expect(unknown).toEqual(['revenue', 'maturity']);
  });

  it('names the highest topic, or the strongest signal when signals made the score', () => {
    // 50 + 40 × 2^(-2/14)
    expect(gather().intent).toEqual({ topic: 'ERP', score: 86.2, seenOn: TODAY - 2 });
    const signals = [
      { points: 8, ageDays: 0, signal: 'category' as const, source: 'g', seenAtMs: MS },
      { points: 50, ageDays: 1, signal: 'pricing' as const, source: 'g', seenAtMs: MS - 86_400_000 },
    ];
    expect(gather({ topics: [topic('ERP', 62)], signals }).intent).toMatchObject({
      signal: 'pricing',
      seenOn: TODAY - 1,
    });
    expect(gather({ topics: [topic('ERP', 40)] }).intent).toBeNull();
  });

  it('tells the newest act-now event', () => {
    const events = [dated(anEvent('trial', 9, 'a', 'user')), dated(anEvent('meeting', 3, 'b', 'champion'))];
    expect(gather({ events }).actNow).toEqual({ type: 'meeting', on: TODAY - 3, role: 'champion' });
  });

  it('counts people only when they engage by points, and names the weightiest role', () => {
    expect(gather().people).toEqual({ count: 2, role: 'decision_maker', points: 35.7 });
    expect(gather({ events: [dated(anEvent('meeting', 3, 'b', 'champion'))] }).people).toBeNull();
  });

  it('tells an override that has something to say', () => {
    const override = { by: 'Ana Ruiz', why: null, until: TODAY + 5 };
    expect(gather({ override }).override).toEqual({ code: 'OVERRIDE_PIN', ...override });
    expect(gather().override).toBeNull();
  });
});
