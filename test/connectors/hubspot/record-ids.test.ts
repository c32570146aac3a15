import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIds, isLowerId } from '#connectors/hubspot/record-ids.ts';

const ids = fc.bigInt({ min: 1n, max: 10n ** 20n }).map(String);

describe('compareIds', () => {
  it('orders ids as the whole numbers they are, also beyond what a number can hold', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const difference = BigInt(a) - BigInt(b);
        expect(Math.sign(compareIds(a, b))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
  });

  it('puts a shorter id first, though its text would sort last', () => {
    expect(isLowerId('9999999999', '10000000000')).toBe(true);
  });
});
