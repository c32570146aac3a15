import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StringTable } from '#domain/key/group/string-table.ts';
import { longestText, TextPool } from '#domain/key/group/text-pool.ts';

describe('TextPool', () => {
  it('gives back every text as it was, in any script', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 })), (texts) => {
        const pool = new TextPool();
        const numbers = texts.map((text) => pool.add(text));
        expect(numbers.map((number) => pool.textOf(number))).toEqual(texts);
        texts.forEach((text, index) => expect(pool.equals(numbers[index] ?? -1, text)).toBe(true));
      }),
    );
  });

  it('compares texts as JavaScript does, whichever width they are kept in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const pool = new TextPool();
        const difference = pool.compare(pool.add(a), pool.add(b));
        expect(Math.sign(difference)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('goes on in a new chunk when one is full', () => {
    const pool = new TextPool();
    const long = 'x'.repeat(longestText);
    const kanji = '漢'.repeat(longestText);
    for (let index = 0; index < 8; index++) {
      expect(pool.textOf(pool.add(long))).toBe(long);
      expect(pool.textOf(pool.add(kanji))).toBe(kanji);
    }
  });
});

describe('StringTable', () => {
  it('gives equal strings one number and different ones different numbers', () => {
    const table = new StringTable();
    const numbers = Array.from({ length: 5_000 }, (_, index) => table.numberOf(`text ${index}`));
    expect(new Set(numbers).size).toBe(5_000);
    expect(Array.from({ length: 5_000 }, (_, index) => table.numberOf(`text ${index}`))).toEqual(numbers);
    expect(table.find('text 42')).toBe(numbers[42]);
    expect(table.find('never seen')).toBe(-1);
  });
});
