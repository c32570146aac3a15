import { describe, expect, it } from 'vitest';
import { roundToHundredth, roundToTenth } from '#domain/value/round.ts';

describe('rounding', () => {
  it('rounds half up on the decimal value', () => {
    expect([51.25, 51.24, 51.35].map(roundToTenth)).toEqual([51.3, 51.2, 51.4]);
  });

  it('is not led astray by binary noise', () => {
    // 1.005 is 1.00499999999999989… and 0.1 + 0.15 is 0.25 with noise.
    expect(roundToHundredth(1.005)).toBe(1.01);
    expect(roundToTenth(0.1 + 0.15)).toBe(0.3);
    expect(roundToTenth(59.949999999999996)).toBe(60);
  });
});
