import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSound } from '#domain/key/sound/align-sound.ts';
import { openingKeyOf, openingOfFullKey } from '#domain/key/sound/skeleton-key.ts';
import { SoundBlock } from '#domain/key/sound/sound-block.ts';
import { SoundedNames } from '#domain/key/sound/sounded-names.ts';

const skeleton = fc.string({ unit: fc.constantFrom('B', 'K'), minLength: 1, maxLength: 5 });
const member = fc.record({ skeleton, was: fc.boolean(), is: fc.boolean() });
const lookUp = fc.record({
  shortest: fc.integer({ min: 1, max: 3 }),
  blockCap: fc.integer({ min: 1, max: 4 }),
  mostCandidates: fc.integer({ min: 1, max: 8 }),
});

describe('SoundBlock', () => {
  it('says truly how a look-up changed when names came and went', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 14 }),
        fc.uniqueArray(skeleton, { minLength: 1, maxLength: 4 }),
        lookUp,
        (members, asked, rule) => {
          const names = new SoundedNames();
          members.forEach((each, row) => {
            const sound = encodeSound(Array.from(each.skeleton).join('a'));
            names.add({ row, language: 'ja', sound, weight: 3, cost: 0 });
          });
          const entriesOf = (which: 'was' | 'is') =>
            members.flatMap((each, entry) => (each[which] ? [entry] : []));
          const keysOf = (one: 'was' | 'is', other: 'was' | 'is') =>
            Int32Array.from(
              entriesOf(one).filter((entry) => members[entry]?.[other] !== true),
              (entry) => openingOfFullKey(names.keyOf(entry)),
            ).toSorted();
          const none = { added: new Int32Array(0), removed: new Int32Array(0) };
          const changes = { added: keysOf('is', 'was'), removed: keysOf('was', 'is') };
          const before = new SoundBlock('ja', 0, names, entriesOf('was'), none);
          const after = new SoundBlock('ja', 0, names, entriesOf('is'), changes);
          const openings = asked.map(openingKeyOf);
          const then: number[] = [];
          const now: number[] = [];
          const overfullThen = before.find(openings, rule, then);
          const overfullNow = after.find(openings, rule, now);
          const change = after.compare(openings, rule);
          told.add(change);
          if (change === 'other') return;
          expect(overfullNow).toBe(overfullThen);
          expect(now.filter((entry) => members[entry]?.was)).toEqual(
            then.filter((entry) => members[entry]?.is),
          );
          if (change !== 'more') expect(now.every((entry) => members[entry]?.was)).toBe(true);
          if (change === 'same') expect(now).toEqual(then);
        },
      ),
      { numRuns: 2000 },
    );
    expect([...told].toSorted()).toEqual(['less', 'more', 'other', 'same']);
  });
});
