import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSound } from '#domain/key/sound/align-sound.ts';
import { openingKeyOf, openingOfFullKey } from '#domain/key/sound/skeleton-key.ts';
import { isUntouched, SoundIndex } from '#domain/key/sound/sound-block.ts';
import { SoundedNames } from '#domain/key/sound/sounded-names.ts';

const skeleton = fc.string({ unit: fc.constantFrom('B', 'K'), minLength: 1, maxLength: 5 });
const member = fc.record({ skeleton, was: fc.boolean(), is: fc.boolean() });
const lookUp = fc.record({
  shortest: fc.integer({ min: 1, max: 3 }),
  blockCap: fc.integer({ min: 1, max: 4 }),
  mostCandidates: fc.integer({ min: 1, max: 8 }),
});

describe('isUntouched', () => {
  it('never takes a look-up for the same that finds other names than before', () => {
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
          const index = { now: entriesOf('is'), before: entriesOf('was') };
          const block = {
            language: 'ja' as const,
            place: 0,
            now: new SoundIndex(names, index.now),
            before: new SoundIndex(names, index.before),
            moved: Int32Array.from(new Set(index.now).symmetricDifference(new Set(index.before)), (entry) =>
              openingOfFullKey(names.keyOf(entry)),
            ).toSorted(),
          };
          const openings = asked.map(openingKeyOf);
          const before: number[] = [];
          const now: number[] = [];
          const overfull = [block.before.find(openings, rule, before), block.now.find(openings, rule, now)];
          const untouched = openings.every((opening) => isUntouched(block, opening, rule));
          const finds = overfull[0] === overfull[1] && now.join() === before.join();
          told.add(`${untouched} ${finds}`);
          expect(untouched && !finds).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
    expect([...told].toSorted()).toEqual(['false false', 'false true', 'true true']);
  });
});
