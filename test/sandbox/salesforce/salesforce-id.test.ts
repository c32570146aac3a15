import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdMint, parseId, toShortId } from '#sandbox/salesforce/org/salesforce-id.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const shortId = fc.string({
  unit: fc.constantFrom(...letters.split('')),
  minLength: 15,
  maxLength: 15,
});

describe('record ids', () => {
  it('gain the suffix of a well-known id', () => {
    expect(parseId('001D000000IRFma')).toBe('001D000000IRFmaIAH');
  });

  it('are the same record at 15 and 18 characters', () => {
    fc.assert(
      fc.property(shortId, (id) => {
        const long = parseId(id) ?? '';
        expect(toShortId(long)).toBe(id);
        expect(parseId(long)).toBe(long);
      }),
    );
  });

  it('survive tools that lose case at 18 characters', () => {
    fc.assert(
      fc.property(shortId, (id) => {
        const long = parseId(id) ?? '';
        expect(parseId(long.toLowerCase())).toBe(long);
        expect(parseId(long.toUpperCase())).toBe(long);
      }),
    );
  });

  it('are refused when they have another length or other characters', () => {
    for (const text of ['', '001', '001D000000IRFm', '001D000000IRF-a', '001D000000IRFmaIAHx']) {
      expect(parseId(text)).toBeNull();
    }
  });

  it('sort in the order they were made', () => {
    const mint = createIdMint();
    const ids = Array.from({ length: 500 }, () => mint('001'));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(500);
  });
});
