// Which fields a plan writes (invariants W7 and W9).
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldSituation, shouldWrite, wasEdited } from '#domain/plan/diff-field.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';

const RULES = ['overwrite', 'fill_blank', 'newer', 'never'] as const;

function situation(changes: Partial<FieldSituation>): FieldSituation {
  return {
    rule: 'overwrite',
    live: null,
    wanted: 'new',
    lastWritten: undefined,
    clearsOnNull: false,
    ...changes,
  };
}

describe('whether a field is written', () => {
  it.each<{
    rule: FieldSituation['rule'];
    live: CanonicalValue;
    lastWritten: CanonicalValue | undefined;
    written: boolean;
    why: string;
  }>([
    { rule: 'overwrite', live: null, lastWritten: undefined, written: true, why: 'nothing stands there' },
    { rule: 'overwrite', live: 'theirs', lastWritten: undefined, written: true, why: 'the field is ours' },
    { rule: 'overwrite', live: 'old', lastWritten: 'old', written: true, why: 'our value moved' },
    { rule: 'overwrite', live: 'theirs', lastWritten: 'old', written: true, why: 'our value moved since' },
    { rule: 'overwrite', live: 'theirs', lastWritten: 'new', written: false, why: 'a person edited it' },
    { rule: 'overwrite', live: null, lastWritten: 'new', written: false, why: 'a person cleared it' },
    { rule: 'overwrite', live: 'new', lastWritten: 'old', written: false, why: 'it stands already' },
    { rule: 'fill_blank', live: null, lastWritten: undefined, written: true, why: 'it is blank' },
    { rule: 'fill_blank', live: 'theirs', lastWritten: undefined, written: false, why: 'it is filled' },
    { rule: 'fill_blank', live: null, lastWritten: 'old', written: false, why: 'a person cleared it' },
    { rule: 'fill_blank', live: 'old', lastWritten: 'old', written: false, why: 'it is filled' },
    { rule: 'newer', live: null, lastWritten: undefined, written: true, why: 'it is blank' },
    { rule: 'newer', live: null, lastWritten: 'old', written: false, why: 'a person cleared it' },
    { rule: 'never', live: null, lastWritten: undefined, written: false, why: 'it is not ours' },
    { rule: 'never', live: 'theirs', lastWritten: 'new', written: false, why: 'it is not ours' },
  ])(
    '$rule over $live, last written $lastWritten: $written, for $why',
    ({ rule, live, lastWritten, written }) => {
      expect(shouldWrite(situation({ rule, live, lastWritten }))).toBe(written);
    },
  );

  it.each([
    { observedAt: '2026-11-02T00:00:00.000Z', recordModifiedAt: '2026-11-01T00:00:00.000Z', written: true },
    { observedAt: '2026-11-01T00:00:00.000Z', recordModifiedAt: '2026-11-01T00:00:00.000Z', written: false },
    { observedAt: '2026-10-31T00:00:00.000Z', recordModifiedAt: '2026-11-01T00:00:00.000Z', written: false },
    { observedAt: '2026-11-02T00:00:00.000Z', recordModifiedAt: null, written: true },
    { observedAt: null, recordModifiedAt: '2026-11-01T00:00:00.000Z', written: false },
    { observedAt: null, recordModifiedAt: null, written: false },
  ])('newer, observed $observedAt against $recordModifiedAt: $written', ({ written, ...moments }) => {
    expect(shouldWrite(situation({ rule: 'newer', live: 'theirs', ...moments }))).toBe(written);
  });

  it('lets an unknown value empty a field only where the mapping says so', () => {
    const unknown = situation({ live: 'old', wanted: null, lastWritten: 'old' });
    expect(shouldWrite(unknown)).toBe(false);
    expect(shouldWrite({ ...unknown, clearsOnNull: true })).toBe(true);
  });

  it('takes the ticks of a list in any order as the same', () => {
    expect(shouldWrite(situation({ live: ['b', 'a'], wanted: ['a', 'b'] }))).toBe(false);
    expect(shouldWrite(situation({ live: ['a'], wanted: ['a', 'b'] }))).toBe(true);
  });

  it('sees that a list lost an item though another stands in it twice', () => {
    expect(shouldWrite(situation({ live: ['a', 'a'], wanted: ['a', 'b'] }))).toBe(true);
    expect(shouldWrite(situation({ live: ['a', 'b'], wanted: ['a', 'a'] }))).toBe(true);
    expect(shouldWrite(situation({ live: ['a', 'a'], wanted: ['a'] }))).toBe(false);
  });
});

describe('whether a person edited a field', () => {
  it('is told by what we wrote last', () => {
    expect(wasEdited('theirs', 'ours')).toBe(true);
    expect(wasEdited(null, 'ours')).toBe(true);
    expect(wasEdited('ours', 'ours')).toBe(false);
  });

  it('cannot be told where we never wrote', () => {
    expect(wasEdited('theirs', undefined)).toBe(false);
  });
});

const value: fc.Arbitrary<CanonicalValue> = fc.oneof(
  fc.constantFrom<CanonicalValue>(null, '', 'a', 'b', 0, 1, true, false),
  fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
);
const anySituation: fc.Arbitrary<FieldSituation> = fc.record({
  rule: fc.constantFrom(...RULES),
  live: value,
  wanted: value,
  lastWritten: fc.option(value, { nil: undefined }),
  clearsOnNull: fc.boolean(),
  observedAt: fc.constantFrom(null, '2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'),
  recordModifiedAt: fc.constantFrom(null, '2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'),
});

describe('planning again', () => {
  it('writes nothing once the wanted value stands there', () => {
    fc.assert(
      fc.property(anySituation, (before) => {
        fc.pre(shouldWrite(before));
        expect(shouldWrite({ ...before, live: before.wanted, lastWritten: before.wanted })).toBe(false);
      }),
    );
  });

  it('never undoes what a person puts in place of our value, while ours stays the same', () => {
    fc.assert(
      fc.property(anySituation, value, (before, theirs) => {
        fc.pre(before.rule !== 'newer' && shouldWrite(before));
        expect(shouldWrite({ ...before, live: theirs, lastWritten: before.wanted })).toBe(false);
      }),
    );
  });

  it('never touches a field that is only read', () => {
    fc.assert(
      fc.property(anySituation, (any) => {
        expect(shouldWrite({ ...any, rule: 'never' })).toBe(false);
      }),
    );
  });
});
