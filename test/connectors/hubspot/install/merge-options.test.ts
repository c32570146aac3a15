import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeOptions } from '#connectors/hubspot/install/merge-options.ts';
import { toOptions } from '#connectors/hubspot/install/property-definition.ts';

const needed = (...values: readonly string[]) => toOptions(values.map((value) => ({ value, label: value })));
const present = (...values: readonly string[]) =>
  values.map((value) => ({ value: value.replace('-', ''), label: value, hidden: value.startsWith('-') }));

describe('mergeOptions', () => {
  it('changes nothing when all are there, whatever people call them', () => {
    const renamed = [{ value: 'a', label: 'Our A', hidden: false }];
    expect(mergeOptions(renamed, needed('a'))).toBeNull();
  });

  it('adds what is missing behind what is there', () => {
    expect(mergeOptions(present('a'), needed('a', 'b'))?.map(({ value }) => value)).toEqual(['a', 'b']);
  });

  it('hides what is no longer needed and never takes it away', () => {
    expect(mergeOptions(present('a', 'old'), needed('a'))).toMatchObject([
      { value: 'a', hidden: false },
      { value: 'old', hidden: true },
    ]);
  });

  it('shows a hidden one again when it is needed', () => {
    expect(mergeOptions(present('-a'), needed('a'))).toMatchObject([{ value: 'a', hidden: false }]);
  });

  it('keeps every option there was and finds nothing to do the second time', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(
        names,
        names,
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        (had, wanted, hidden) => {
          const before = had.map((value, index) => ({ value, label: value, hidden: hidden[index] ?? false }));
          const merged = mergeOptions(before, needed(...wanted)) ?? before;
          for (const value of [...had, ...wanted]) expect(merged.map((each) => each.value)).toContain(value);
          expect(mergeOptions(merged, needed(...wanted))).toBeNull();
        },
      ),
    );
  });
});
