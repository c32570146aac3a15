import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCapacity, type CapacityCandidate } from '#domain/tier/apply-capacity.ts';
import type { Tier } from '#domain/tier/tier.ts';
import { shippedPolicy } from './account.ts';

const limits = (tier1: number, tier2 = 40, tier1PerMarketer = 50) => ({
  ...shippedPolicy.capacity,
  enabled: true,
  perRep: { 'Tier 1': tier1, 'Tier 2': tier2, 'Tier 3': 0 },
  tier1PerMarketer,
});
const wants = (id: string, changes: Partial<CapacityCandidate> = {}): CapacityCandidate => ({
  id,
  owner: 'rep',
  marketer: null,
  tier: 'Tier 1',
  previousTier: null,
  isLocked: false,
  ratingTotal: 6,
  priority: 50,
  acv: null,
  ...changes,
});
const tiersOf = (candidates: readonly CapacityCandidate[], policy = limits(2)) =>
  Object.fromEntries([...applyCapacity(candidates, policy).places].map(([id, { tier }]) => [id, tier]));

describe('capacity', () => {
  it('is off until it is enabled', () => {
    const many = Array.from({ length: 30 }, (_, at) => wants(`a${at}`));
    expect(new Set(Object.values(tiersOf(many, { ...limits(2), enabled: false })))).toEqual(
      new Set(['Tier 1']),
    );
  });

  it('keeps the best rated, then those of priority, who is in already having a bonus', () => {
    const wanting = [
      wants('A', { ratingTotal: 9, priority: 75.7 }),
      wants('B', { ratingTotal: 11, priority: 71 }),
      wants('C', { ratingTotal: 9, priority: 72, previousTier: 'Tier 1' }),
    ];
    const { places } = applyCapacity(wanting, limits(2));
    expect([...places].map(([id, { tier }]) => [id, tier])).toEqual([
      ['A', 'Tier 2'],
      ['B', 'Tier 1'],
      ['C', 'Tier 1'],
    ]);
    expect(places.get('A')).toEqual({
      tier: 'Tier 2',
      tierUncapped: 'Tier 1',
      limit: { tier: 'Tier 1', wanted: 3, cap: 2 },
    });
    expect(places.get('B')?.limit).toBeNull();
  });

  it('breaks ties by ACV, then by id', () => {
    expect(tiersOf([wants('c', { acv: 10 }), wants('b', { acv: 10 }), wants('a', { acv: 9 })])).toEqual({
      c: 'Tier 1',
      b: 'Tier 1',
      a: 'Tier 2',
    });
    expect(tiersOf([wants('c'), wants('a'), wants('b')])).toEqual({ a: 'Tier 1', b: 'Tier 1', c: 'Tier 2' });
  });

  it('gives slots to locked accounts first, whatever their rank', () => {
    const locked = wants('z', { isLocked: true, ratingTotal: 0, priority: 0 });
    expect(tiersOf([wants('a'), wants('b'), locked])).toEqual({ a: 'Tier 1', b: 'Tier 2', z: 'Tier 1' });
  });

  it('demotes nobody for more locked accounts than slots, but says so', () => {
    const locked = ['a', 'b', 'c'].map((id) => wants(id, { isLocked: true }));
    const { places, overbooked } = applyCapacity([...locked, wants('d')], limits(2));
    expect([...places.values()].map(({ tier }) => tier)).toEqual(['Tier 1', 'Tier 1', 'Tier 1', 'Tier 2']);
    expect(overbooked).toEqual([{ tier: 'Tier 1', holder: 'rep', locked: 3, cap: 2 }]);
  });

  it('lets the overflow stand in line for the next tier, and caps no Tier 3', () => {
    const wanting = [
      wants('a', { ratingTotal: 9 }),
      wants('b', { ratingTotal: 8 }),
      wants('c', { tier: 'Tier 2', ratingTotal: 3 }),
      wants('d', { tier: 'Tier 3' }),
    ];
    expect(tiersOf(wanting, limits(1, 1))).toEqual({ a: 'Tier 1', b: 'Tier 2', c: 'Tier 3', d: 'Tier 3' });
  });

  it('counts each rep alone, and limits Tier 1 by marketer too', () => {
    const wanting = ['a', 'b', 'c'].map((id) => wants(id, { owner: id, marketer: 'Mei' }));
    expect(Object.values(tiersOf(wanting, limits(1)))).toEqual(['Tier 1', 'Tier 1', 'Tier 1']);
    expect(tiersOf(wanting, limits(1, 40, 2))).toEqual({ a: 'Tier 1', b: 'Tier 1', c: 'Tier 2' });
  });

  it('never lifts an account, and never exceeds a limit that nobody is locked beyond', () => {
    const candidate = fc.record({
      owner: fc.constantFrom('p', 'q', null),
      marketer: fc.constantFrom('m', null),
      tier: fc.constantFrom<Tier>('Tier 1', 'Tier 2', 'Tier 3', 'Not tiered'),
      ratingTotal: fc.nat(12),
      priority: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 40 }), (given) => {
        const candidates = given.map((changes, at) => wants(`x${at}`, changes));
        const { places } = applyCapacity(candidates, limits(3, 5));
        const order = ['Tier 1', 'Tier 2', 'Tier 3', 'Not tiered'];
        for (const { tier, tierUncapped } of places.values()) {
          expect(order.indexOf(tier)).toBeGreaterThanOrEqual(order.indexOf(tierUncapped));
        }
        const held = candidates.filter(({ id, owner }) => owner === 'p' && places.get(id)?.tier === 'Tier 1');
        expect(held.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
