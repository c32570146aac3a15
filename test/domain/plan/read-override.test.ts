// What people say about a tier in the CRM (invariants W8 and T9; policy, section 11).
import { describe, expect, it } from 'vitest';
import { type PeopleFields, type PeoplesWord, readPeoplesWord } from '#domain/plan/read-override.ts';
import { tierOfCode } from '#domain/plan/tier-codes.ts';
import type { Tier } from '#domain/tier/tier.ts';

const TODAY = '2026-11-22';
const DAYS = { default: 90, maximum: 180 };
const NOTHING: PeoplesWord = { override: null, until: null, reason: null, pin: null, clearOurs: false };

type Changes = Partial<Omit<PeopleFields, 'lastWritten'>> & {
  readonly lastWritten?: Partial<PeopleFields['lastWritten']>;
};

/** An account on which we wrote Tier 2 and nobody said anything. */
function fields({ lastWritten, ...changes }: Changes = {}): PeopleFields {
  return {
    tier: 'tier_2',
    overrideTier: null,
    overrideReason: null,
    overrideUntil: null,
    bearsOurReason: true,
    ...changes,
    lastWritten: { tier: 'tier_2', overrideTier: undefined, overrideReason: undefined, ...lastWritten },
  };
}

/** Tier 1, edited by a person and shown by us in the override fields until 20 Feb 2027. */
const PINNED: Changes = {
  tier: 'tier_1',
  overrideTier: 'tier_1',
  overrideReason: 'set by hand',
  overrideUntil: '2027-02-20',
  lastWritten: { tier: 'tier_1', overrideTier: 'tier_1', overrideReason: 'set by hand' },
};

interface Moment {
  readonly computed?: Tier;
  readonly today?: string;
  readonly firstSeen?: string;
}

function read(changes: Changes, { computed = 'Tier 2', today = TODAY, firstSeen = today }: Moment = {}) {
  return readPeoplesWord(fields(changes), computed, today, firstSeen, DAYS);
}

describe('the tier field', () => {
  it('says nothing while it holds what we wrote', () => {
    expect(read({})).toEqual(NOTHING);
  });

  it('says nothing when the policy has moved on and the CRM still holds our last value', () => {
    expect(read({}, { computed: 'Tier 1' })).toEqual(NOTHING);
  });

  it('becomes a pin of 90 days when a person edits it', () => {
    expect(read({ tier: 'tier_1' })).toEqual({
      override: { kind: 'pin', tier: 'Tier 1', expiresInDays: 91 },
      until: '2027-02-20',
      reason: null,
      pin: 'Tier 1',
      clearOurs: false,
    });
  });

  it('becomes a pin when a person fills it before we ever wrote', () => {
    const word = read({ tier: 'tier_3', bearsOurReason: false, lastWritten: { tier: undefined } });
    expect(word.pin).toBe('Tier 3');
  });

  it('is no edit when an earlier installation of ours left the value', () => {
    expect(read({ tier: 'tier_3', bearsOurReason: true, lastWritten: { tier: undefined } })).toEqual(NOTHING);
  });

  it('is no edit when it is empty, or edited to what the policy says', () => {
    expect(read({ tier: null })).toEqual(NOTHING);
    expect(read({ tier: 'tier_1' }, { computed: 'Tier 1' })).toEqual(NOTHING);
  });

  it.each(['unscored', 'excluded', 'gold'])('cannot be pinned to %s', (tier) => {
    expect(read({ tier })).toEqual(NOTHING);
  });

  it('takes along the reason that people wrote beside it', () => {
    expect(read({ tier: 'tier_1', overrideReason: 'board asked' }).reason).toBe('board asked');
  });
});

describe('a pin that we filled', () => {
  it('stands, and is not written as a new one', () => {
    expect(read(PINNED)).toEqual({
      override: { kind: 'pin', tier: 'Tier 1', expiresInDays: 91 },
      until: '2027-02-20',
      reason: null,
      pin: null,
      clearOurs: false,
    });
  });

  it('keeps the reason that people give later', () => {
    expect(read({ ...PINNED, overrideReason: 'board asked' }).reason).toBe('board asked');
  });

  it('ends when the tier is edited back to the computed one', () => {
    expect(read({ ...PINNED, tier: 'tier_2' })).toEqual({ ...NOTHING, clearOurs: true });
  });

  it('becomes another pin when the tier is edited to a third one', () => {
    expect(read({ ...PINNED, tier: 'tier_3' })).toMatchObject({ pin: 'Tier 3', until: '2027-02-20' });
  });

  it('ends when the tier is cleared', () => {
    expect(read({ ...PINNED, tier: null })).toEqual({ ...NOTHING, clearOurs: true });
  });

  it('ends when the override is cleared, and the tier that stands there is no new edit', () => {
    expect(read({ ...PINNED, overrideTier: null })).toEqual({ ...NOTHING, clearOurs: true });
  });

  it('holds on its last day and is ours to empty on the next', () => {
    const [lastDay, nextDay] = ['2027-02-20', '2027-02-21'].map((today) =>
      read(PINNED, { today, firstSeen: TODAY }),
    );
    expect(lastDay?.override?.expiresInDays).toBe(1);
    expect(nextDay).toEqual({ ...NOTHING, clearOurs: true });
  });
});

describe('the override fields', () => {
  it.each([
    { code: 'tier_1', kind: 'pin', tier: 'Tier 1' },
    { code: 'not_tiered', kind: 'pin', tier: 'Not tiered' },
    { code: 'at_least_tier_1', kind: 'floor', tier: 'Tier 1' },
    { code: 'at_least_tier_3', kind: 'floor', tier: 'Tier 3' },
    { code: 'at_most_tier_2', kind: 'ceiling', tier: 'Tier 2' },
    { code: 'at_most_tier_3', kind: 'ceiling', tier: 'Tier 3' },
  ])('read $code as $kind at $tier', ({ code, kind, tier }) => {
    expect(read({ overrideTier: code }).override).toEqual({ kind, tier, expiresInDays: 91 });
  });

  it('read excluded as an exclusion', () => {
    expect(read({ overrideTier: 'excluded' }).override).toEqual({ kind: 'exclude', expiresInDays: 91 });
  });

  it.each(['at_most_tier_1', 'unscored', 'Tier 9'])('pass over %s, which is no override', (code) => {
    expect(read({ overrideTier: code })).toEqual(NOTHING);
  });

  it('hold through the last day that people name, and are expired on the next', () => {
    const overruled: Changes = { overrideTier: 'at_least_tier_1', overrideUntil: '2026-12-01' };
    expect(read(overruled, { today: '2026-12-01' }).override?.expiresInDays).toBe(1);
    expect(read(overruled, { today: '2026-12-02' })).toMatchObject({
      override: { expiresInDays: 0 },
      clearOurs: false,
    });
  });

  it('end 90 days after they were first seen when people name no end', () => {
    const seen = { firstSeen: '2026-11-01' };
    expect(read({ overrideTier: 'tier_1' }, seen).until).toBe('2027-01-30');
  });

  it('end 180 days after they were first seen at the latest', () => {
    const word = read({ overrideTier: 'tier_1', overrideUntil: '2030-01-01' });
    expect(word.until).toBe('2027-05-21');
  });

  it('are read with no reason when people gave none', () => {
    expect(read({ overrideTier: 'tier_1' }).reason).toBeNull();
    expect(read({ overrideTier: 'tier_1', overrideReason: 'a promise' }).reason).toBe('a promise');
  });
});

describe('tier codes', () => {
  it('are read only as they are written', () => {
    expect(tierOfCode('tier_1')).toBe('Tier 1');
    expect(tierOfCode('Tier 1')).toBeNull();
  });
});
