import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acvBand } from '#domain/value/acv-band.ts';
import { ACV_BANDS, type AcvBand } from '#domain/value/value-policy.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const policy = shippedPolicy.value;
const bandAt = (acv: number, previous: AcvBand | null) => acvBand(acv, previous, policy);
const previousBand = fc.constantFrom(null, ...ACV_BANDS);

describe('the band of an annual contract value', () => {
  it('begins at its edge when no band is remembered', () => {
    expect(bandAt(100_000, null)).toBe('large');
    expect(bandAt(99_999.99, null)).toBe('medium');
    expect(bandAt(25_000, null)).toBe('medium');
    expect(bandAt(24_999.99, null)).toBe('small');
  });

  it('changes upwards only from a tenth past the edge', () => {
    expect(bandAt(109_999, 'medium')).toBe('medium');
    expect(bandAt(110_000, 'medium')).toBe('large');
    expect(bandAt(27_499, 'small')).toBe('small');
    expect(bandAt(27_500, 'small')).toBe('medium');
  });

  it('changes downwards only below a tenth under the edge', () => {
    expect(bandAt(90_000, 'large')).toBe('large');
    expect(bandAt(89_999, 'large')).toBe('medium');
    expect(bandAt(22_500, 'medium')).toBe('medium');
    expect(bandAt(22_499, 'medium')).toBe('small');
  });

  it('passes one edge and is held by the next', () => {
    expect(bandAt(104_000, 'small')).toBe('medium');
    expect(bandAt(23_000, 'large')).toBe('medium');
  });

  it('is medium while the value is unknown, whatever it was', () => {
    expect(acvBand(null, null, policy)).toBe('medium');
    expect(acvBand(null, 'large', policy)).toBe('medium');
  });

  it('stands still when computed again from itself', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 300_000, noNaN: true }), previousBand, (acv, previous) => {
        const band = bandAt(acv, previous);
        expect(bandAt(acv, band)).toBe(band);
      }),
    );
  });

  it('never falls when the value rises', () => {
    const acv = fc.double({ min: 0, max: 300_000, noNaN: true });
    fc.assert(
      fc.property(acv, acv, previousBand, (one, other, previous) => {
        const low = bandAt(Math.min(one, other), previous);
        const high = bandAt(Math.max(one, other), previous);
        expect(ACV_BANDS.indexOf(high)).toBeLessThanOrEqual(ACV_BANDS.indexOf(low));
      }),
    );
  });
});
