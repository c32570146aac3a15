import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeAbove, edgeBelow } from '#domain/fit/learn/round-number-edge.ts';

describe('edges of number classes', () => {
  it('are 1, 2 and 5 of every power of ten', () => {
    expect([1, 1.9, 2, 4.99, 5, 9, 10, 999, 1000, 49_999_999, 50_000_000].map(edgeBelow)).toEqual([
      1, 1, 2, 2, 5, 5, 10, 500, 1000, 20_000_000, 50_000_000,
    ]);
    expect([0.3, 0.05, 0.001].map(edgeBelow)).toEqual([0.2, 0.05, 0.001]);
  });

  it('mirror below zero, which has a class of its own', () => {
    expect([0, -1, -1.5, -3, -5, -7, -10].map(edgeBelow)).toEqual([0, -1, -2, -5, -5, -10, -10]);
  });

  it('enclose every number between an edge and the next', () => {
    const number = fc
      .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: -4, max: 6 }), fc.boolean())
      .map(([digits, exponent, negative]) => (negative ? -1 : 1) * Number(`${digits}e${exponent}`));
    fc.assert(
      fc.property(number, (given) => {
        const edge = edgeBelow(given);
        expect(edge).toBeLessThanOrEqual(given);
        expect(edgeAbove(edge)).toBeGreaterThan(given);
        expect(edgeBelow(edge)).toBe(edge);
      }),
    );
  });
});
