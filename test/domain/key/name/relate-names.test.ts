import { describe, expect, it } from 'vitest';
import { relateNames } from '#domain/key/name/relate-names.ts';

describe('relateNames', () => {
  it.each([
    ['acme', 'acme', 'equal'],
    ['acme robotics', 'acme', 'near'],
    ['ibm', 'international business machines', 'near'],
    ['bofa', 'bank of america', 'unlike'],
    ['robotics acme', 'acme robotics', 'near'],
    ['中钢', '中国钢铁', 'near'],
    ['トヨタ', 'toyota', 'other_script'],
    ['acme', 'zenith', 'unlike'],
    ['acme fund iii', 'acme fund iv', 'other_number'],
    ['plant 1', 'plant 2', 'other_number'],
  ])('calls %s and %s %s', (a, b, relation) => {
    expect(relateNames(a, b)).toBe(relation);
    expect(relateNames(b, a)).toBe(relation);
  });
});
