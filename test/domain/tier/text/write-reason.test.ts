import { describe, expect, it } from 'vitest';
import { parseDay } from '#domain/tier/day.ts';
import { factsFingerprint, movedMaterially } from '#domain/tier/material-change.ts';
import type { ReasonFacts } from '#domain/tier/text/reason-facts.ts';
import { writeNextStep } from '#domain/tier/text/write-next-step.ts';
import { writeReason } from '#domain/tier/text/write-reason.ts';
import { shippedPolicy } from '../account.ts';

const day = parseDay;

/** A Tier 1 that has everything. */
const facts = (changes: Partial<ReasonFacts> = {}): ReasonFacts => ({
  tier: 'Tier 1',
  since: day('2026-11-21'),
  computedTier: 'Tier 1',
  reasons: ['GOLDILOCKS_JUST_RIGHT'],
  fit: 87.5,
  fitBand: 'strong',
  acvBand: 'large',
  intentOn: true,
  engagedOn: true,
  met: [
    { criterion: 'industry', value: null },
    { criterion: 'employees', value: null },
    { criterion: 'tech', value: 'SAP' },
    { criterion: 'geo', value: null },
  ],
  unknown: ['maturity'],
  intent: { topic: 'ERP migration', score: 69, seenOn: day('2026-11-18') },
  actNow: null,
  people: { count: 3, role: 'decision_maker', points: 66.8 },
  acv: 142_300,
  reviewOn: day('2027-02-20'),
  hold: null,
  override: null,
  ...changes,
});
const reason = (changes: Partial<ReasonFacts> = {}) => writeReason(facts(changes), 'en', shippedPolicy.text);
const nextStep = (changes: Partial<ReasonFacts> = {}) =>
  writeNextStep(facts(changes), 'en', shippedPolicy.text);
const fallen = {
  tier: 'Tier 1',
  computedTier: 'Tier 3',
  reasons: ['SLEEPING_LARGE'],
  intentOn: false,
  engagedOn: false,
  intent: null,
  people: null,
} as const;

const about = (acv: number) => /ACV about (\S+)\. /u.exec(reason({ acv }))?.[1];

describe('the reason of a tier', () => {
  it('tells of Tier 1 what speaks for it: fit, intent, people, value, review', () => {
    expect(reason()).toBe(
      'Tier 1 since 21 Nov 2026. Fit 88: industry, size, SAP. Researching "ERP migration" (69, seen 18 Nov). ' +
        '3 people engaged incl. a decision maker (67). ACV about 140k. Review 20 Feb 2027.',
    );
  });

  it('tells first what is missing when it is not Tier 1', () => {
    expect(
      reason({
        tier: 'Tier 2',
        computedTier: 'Tier 2',
        reasons: ['INTENT_NOT_ENGAGED'],
        engagedOn: false,
        people: null,
      }),
    ).toMatch(/^Tier 2 since 21 Nov 2026\. Not T1: no engagement yet\. Fit 88/u);
    expect(
      reason({
        tier: 'Tier 3',
        computedTier: 'Tier 3',
        fitBand: 'high',
        acvBand: 'small',
        intentOn: false,
        intent: null,
      }),
    ).toContain('Not T1: fit not strong, small ACV, no recent intent.');
    expect(reason({ tier: 'Tier 2', computedTier: 'Tier 2', reasons: ['ABLE_VETO'] })).toContain(
      'Not T1: budget frozen.',
    );
  });

  it('says until when a tier is kept, and what it would be', () => {
    expect(reason({ ...fallen, hold: { code: 'DWELL', until: day('2027-02-20') } })).toMatch(
      /^Tier 1 since 21 Nov 2026\. Kept in Tier 1 until 20 Feb 2027 \(minimum stay\)\. Would be Tier 3: no recent intent, no engagement yet\./u,
    );
    expect(reason({ ...fallen, hold: { code: 'PIPELINE_LOCK', until: null } })).toContain(
      'Kept in Tier 1 while a deal is open.',
    );
    expect(reason({ ...fallen, hold: { code: 'AWAITING_PUBLISH', until: day('2026-11-30') } })).toContain(
      'Moves to Tier 3 on 30 Nov 2026.',
    );
  });

  it('tells an act-now event in place of intent', () => {
    const asked = reason({ actNow: { type: 'demo_request', on: day('2026-11-19'), role: 'decision_maker' } });
    expect(asked).toContain('Demo requested 19 Nov by a decision maker.');
    expect(asked).not.toContain('Researching');
  });

  it('says who overruled it, until when and why', () => {
    const pinned = {
      ...fallen,
      override: { code: 'OVERRIDE_PIN', by: 'Ana Ruiz', why: null, until: day('2027-02-20') },
    } as const;
    expect(reason(pinned)).toContain('Set by Ana Ruiz until 20 Feb (no reason given). Would be Tier 3:');
    expect(
      reason({ ...pinned, override: { ...pinned.override, by: null, why: 'board meeting in January' } }),
    ).toContain('Set by hand until 20 Feb: board meeting in January.');
    expect(reason({ ...pinned, override: { ...pinned.override, code: 'OVERRIDE_EXPIRED' } })).toContain(
      'The override ended 20 Feb; please clear it.',
    );
  });

  it('does not say what holds the tier underneath while an override covers it', () => {
    const covered = reason({
      ...fallen,
      tier: 'Tier 2',
      hold: { code: 'DWELL', until: day('2027-02-20') },
      override: { code: 'OVERRIDE_CEILING', by: 'Ana Ruiz', why: 'capacity', until: day('2027-01-05') },
    });
    expect(covered).not.toContain('Kept');
  });

  it('gives the reason of an exclusion, a missed must-have, a blank record, and praises none of them', () => {
    const out = { reviewOn: null, since: day('2026-11-21') };
    expect(
      reason({ ...out, tier: 'Excluded', computedTier: 'Excluded', reasons: ['EXCLUDED:competitor'] }),
    ).toBe('Excluded since 21 Nov 2026: competitor.');
    expect(
      reason({
        ...out,
        tier: 'Unscored',
        computedTier: 'Unscored',
        reasons: ['DATA_INCOMPLETE'],
        unknown: ['industry', 'employees', 'tech', 'geo'],
      }),
    ).toBe('Unscored since 21 Nov 2026. Too little is known: industry, size, technology.');
    expect(
      reason({ ...out, tier: 'Not tiered', computedTier: 'Not tiered', reasons: ['MUST_HAVE_MISS:geo'] }),
    ).toMatch(/^Not tiered since 21 Nov 2026\. Must-have missed: region\. Fit 88/u);
  });

  it('names a review-site signal when that made the intent', () => {
    expect(reason({ intent: { signal: 'pricing', score: 74.6, seenOn: day('2026-11-02') } })).toContain(
      'Checked our pricing on a review site (75, seen 2 Nov).',
    );
  });

  it('rounds an estimate to what an estimate can say', () => {
    expect([949, 9600, 99_600, 1_249_000, 24_400_000].map(about)).toEqual([
      '950',
      '9.6k',
      '100k',
      '1.2M',
      '24M',
    ]);
  });

  it('drops whole sentences from the end over 255 characters, never the tier and its date', () => {
    const long = reason({
      intent: { topic: 'x'.repeat(400), score: 60, seenOn: day('2026-11-18') },
      override: {
        code: 'OVERRIDE_PIN',
        by: 'Maximiliane von Hohenfels-Wartenberg',
        why: 'y'.repeat(300),
        until: day('2027-01-05'),
      },
    });
    expect(long.length).toBeLessThanOrEqual(255);
    expect(long).toMatch(/^Tier 1 since 21 Nov 2026\. Set by .*[.…]$/u);
    expect(long).not.toContain('Review');
  });

  it('cuts the words of an exclusion, so that tier and day stay', () => {
    const endless = reason({
      tier: 'Excluded',
      computedTier: 'Excluded',
      reasons: [`EXCLUDED:${'z'.repeat(400)}`],
    });
    expect(endless).toMatch(/^Excluded since 21 Nov 2026: z{59}…\./u);
  });

  it('reads English where there is no such language', () => {
    expect(writeReason(facts(), 'fr', shippedPolicy.text)).toBe(reason());
  });
});

describe('the next step', () => {
  it('is the answer to an act-now event before anything else', () => {
    expect(
      nextStep({ tier: 'Not tiered', actNow: { type: 'trial', on: day('2026-11-19'), role: 'user' } }),
    ).toBe('Help the trial of 19 Nov along.');
  });

  it('fits the tier and what is missing', () => {
    expect(nextStep()).toMatch(/^Map the buying group/u);
    expect(nextStep({ tier: 'Tier 2', engagedOn: false })).toContain('"ERP migration"');
    expect(nextStep({ tier: 'Tier 2', engagedOn: false, intent: null })).toContain('find two more people');
    expect(nextStep({ tier: 'Tier 2', intentOn: false })).toContain('what they plan');
    expect(nextStep({ tier: 'Tier 2', reasons: ['ABLE_VETO'] })).toContain('budget');
    expect(nextStep({ tier: 'Tier 3', reasons: ['SMALL_ACV_FAST_LANE'] })).toContain('Call within a day');
    expect(nextStep({ tier: 'Unscored' })).toBe('Fill in maturity.');
    expect(nextStep({ tier: 'Excluded' })).toBe('No outreach.');
  });
});

const print = (changes: Partial<ReasonFacts> = {}) => factsFingerprint(facts(changes));

describe('the fingerprint of the facts', () => {
  it('does not move with what decays or is delivered anew', () => {
    expect(
      print({
        fit: 86,
        acv: 144_000,
        intent: { topic: 'ERP migration', score: 61, seenOn: day('2026-11-19') },
        people: { count: 4, role: 'decision_maker', points: 41 },
      }),
    ).toBe(print());
  });

  it.each<[string, Partial<ReasonFacts>]>([
    ['the tier', { tier: 'Tier 2' }],
    ['a band', { acvBand: 'medium' }],
    ['a code', { reasons: ['GOLDILOCKS_JUST_RIGHT', 'ACT_NOW'] }],
    ['the topic', { intent: { topic: 'Payroll', score: 69, seenOn: day('2026-11-18') } }],
    ['an act-now event', { actNow: { type: 'meeting', on: day('2026-11-20'), role: 'user' } }],
    ['the weightiest role', { people: { count: 3, role: 'champion', points: 66.8 } }],
    ['a matched criterion', { met: [] }],
    ['the review date', { reviewOn: day('2027-05-22') }],
    ['the end of a hold', { hold: { code: 'GRACE', until: day('2027-01-01') } }],
    ['an override', { override: { code: 'OVERRIDE_PIN', by: null, why: null, until: null } }],
  ])('moves with %s', (_what, changes) => {
    expect(print(changes)).not.toBe(print());
  });
});

const moved = (intent: number) =>
  movedMaterially(
    { fit: 80, intent: 60.1, engagement: 30 },
    { fit: 80, intent, engagement: 30 },
    shippedPolicy.change,
  );

describe('a score', () => {
  it('is worth a write of its own from five points on', () => {
    expect([55.1, 55.2, 65, 65.1].map(moved)).toEqual([true, false, false, true]);
  });

  it('is news when none was written yet', () => {
    expect(movedMaterially(null, { fit: 0, intent: 0, engagement: 0 }, shippedPolicy.change)).toBe(true);
  });
});
