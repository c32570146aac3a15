import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngagementEvent } from '#domain/engagement/engagement-event.ts';
import { EVENT_TYPES, PERSON_ROLES } from '#domain/engagement/engagement-policy.ts';
import { scoreEngagement } from '#domain/engagement/score-engagement.ts';
import { anEvent, shippedPolicy } from '#test/domain/tier/account.ts';

const policy = shippedPolicy.engagement;
const scoreOf = (events: readonly EngagementEvent[], employees: number | null = 500, wasOn = false) =>
  scoreEngagement(events, employees, wasOn, policy);
const repeat = (times: number, event: EngagementEvent) => Array.from({ length: times }, () => event);
const crowd = (people: number) => Array.from({ length: people }, (_, at) => anEvent('reply', 0, `p${at}`));
const threshold = (employees: number | null) => scoreOf([], employees).threshold;

describe('engagement', () => {
  it('weighs points by role and halves them in 30 days', () => {
    expect(scoreOf([anEvent('event', 30, 'Ines', 'decision_maker')]).engagement).toBe(12);
    expect(scoreOf([anEvent('event', 0, 'Ines', 'excluded')])).toMatchObject({ engagement: 0, people: 0 });
  });

  it('looks back 90 days, the last included', () => {
    expect(scoreOf([anEvent('event', 90, 'Ines')]).engagement).toBe(1.5);
    expect(scoreOf([anEvent('event', 90.001, 'Ines')]).engagement).toBe(0);
  });

  it('gives nothing for opened mail, shown ads and our own doing', () => {
    const own = (['mail_open', 'ad_impression', 'outbound'] as const).map((type) => anEvent(type, 0, 'Ines'));
    expect(scoreOf(own)).toMatchObject({ engagement: 0, people: 0 });
  });

  it('caps what one person can bring', () => {
    expect(scoreOf(repeat(30, anEvent('download', 0, 'Ines', 'champion'))).engagement).toBe(40);
  });

  it('counts strangers half, 20 points at most, and multiplies them by nobody', () => {
    expect(scoreOf(repeat(9, anEvent('page', 0))).engagement).toBe(4.5);
    expect(scoreOf(repeat(90, anEvent('page', 0))).engagement).toBe(20);
    const two = [anEvent('reply', 0, 'Ines'), anEvent('reply', 0, 'Jun')];
    expect(scoreOf([...two, ...repeat(90, anEvent('page', 0))]).engagement).toBe(43);
  });

  it('grows with every further person up to six', () => {
    expect(scoreOf(crowd(1)).engagement).toBe(10);
    expect(scoreOf(crowd(4)).engagement).toBe(58);
    expect(scoreOf(crowd(8)).engagement).toBe(140);
    expect(scoreOf(crowd(8)).people).toBe(8);
  });

  it('counts a person from one point as people read it', () => {
    // 2 × 2^(-32/30) = 0.955: shown as 1.0. A day later 0.93: shown as 0.9.
    expect(scoreOf([anEvent('click', 32, 'Ines')]).people).toBe(1);
    expect(scoreOf([anEvent('click', 33, 'Ines')])).toMatchObject({ people: 0, engagement: 0.9 });
  });

  it('asks less of small companies and more of big ones', () => {
    expect([0, 99, 100, 999, 1000, null].map(threshold)).toEqual([18, 18, 30, 30, 45, 30]);
  });

  it('switches on at the threshold with two people, never with one', () => {
    const thirty = [anEvent('reply', 0, 'Ines', 'decision_maker'), anEvent('reply', 0, 'Jun', 'user')];
    expect(scoreOf(thirty)).toMatchObject({ engagement: 34.5, isOn: true });
    expect(scoreOf(repeat(9, anEvent('reply', 0, 'Ines')))).toMatchObject({ engagement: 40, isOn: false });
  });

  it('stays on down to two thirds of the threshold, while two people remain', () => {
    const fading = [anEvent('reply', 0, 'Ines', 'user'), anEvent('webinar', 0, 'Jun', 'user')];
    expect(scoreOf(fading)).toMatchObject({ engagement: 20.7, isOn: false });
    expect(scoreOf(fading, 500, true).isOn).toBe(true);
    expect(scoreOf(fading, 1000, true).isOn).toBe(false);
    expect(scoreOf(repeat(9, anEvent('reply', 0, 'Ines')), 500, true).isOn).toBe(false);
  });

  const event = fc.record({
    type: fc.constantFrom(...EVENT_TYPES),
    ageDays: fc.double({ min: 0, max: 100, noNaN: true }),
    person: fc.constantFrom(null, 'a', 'b', 'c', 'd', 'e', 'f', 'g'),
    role: fc.constantFrom(...PERSON_ROLES),
  });

  it('never falls when something more happens', () => {
    fc.assert(
      fc.property(fc.array(event), event, (before, more) => {
        expect(scoreOf([...before, more]).engagement).toBeGreaterThanOrEqual(scoreOf(before).engagement);
      }),
    );
  });

  it('does not depend on the order in which events are told', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(scoreOf(events.toReversed())).toEqual(scoreOf(events));
      }),
    );
  });
});
