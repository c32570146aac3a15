import { describe, expect, it } from 'vitest';
import { nearestName } from '#mapping/document/nearest-name.ts';

const KNOWN = ['industry', 'country', 'tier', 'fit'];

describe('the nearest name', () => {
  it.each([
    { name: 'idustry', nearest: 'industry', what: 'a letter left out' },
    { name: 'indsutry', nearest: 'industry', what: 'two letters swapped' },
    { name: 'COUNTRY', nearest: 'country', what: 'another case' },
    { name: 'teir', nearest: 'tier', what: 'a swap in a short name' },
  ])('is found for $what', ({ name, nearest }) => {
    expect(nearestName(name, KNOWN)).toBe(nearest);
  });

  it.each(['telephone', 'fog', 'tyre', ''])('is none for "%s", which is far from all', (name) => {
    expect(nearestName(name, KNOWN)).toBeNull();
  });

  it('is the closer of two', () => {
    expect(nearestName('counter', ['country', 'counted', 'counters'])).toBe('counted');
  });
});
