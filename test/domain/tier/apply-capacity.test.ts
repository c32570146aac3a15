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
  lockedTier: null,
  hasOpenDeal: false,
  mayEnter: true,
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
      limits: [{ tier: 'Tier 1', wanted: 3, cap: 2 }],
    });
    expect(places.get('B')?.limits).toEqual([]);
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
    const locked = wants('z', { lockedTier: 'Tier 1', ratingTotal: 0, priority: 0 });
    expect(tiersOf([wants('a'), wants('b'), locked])).toEqual({ a: 'Tier 1', b: 'Tier 2', z: 'Tier 1' });
  });

  it('demotes nobody for more locked accounts than slots, but says so', () => {
    const locked = ['a', 'b', 'c'].map((id) => wants(id, { lockedTier: 'Tier 1' }));
    const { places, overbooked } = applyCapacity([...locked, wants('d')], limits(2));
    expect([...places.values()].map(({ tier }) => tier)).toEqual(['Tier 1', 'Tier 1', 'Tier 1', 'Tier 2']);
    expect(overbooked).toEqual([{ tier: 'Tier 1', role: 'owner', holder: 'rep', locked: 3, cap: 2 }]);
  });

  it('lets the overflow stand in line for the next tier, and caps no Tier 3', () => {
    const wanting = [
      wants('a', { ratingTotal: 9 }),
      wants('b', { ratingTotal: 8 }),
      wants('c', { tier: 'Tier 2', ratingTotal: 3 }),
      wants('d', { tier: 'Tier 3' }),
    ];
    expect(tiersOf(wanting, limits(1, 1))).toEqual({ a: 'Tier 1', b: 'Tier 2', c: 'Tier 3', d: 'Tier 3' });
    expect(applyCapacity([wants('a'), wants('b')], limits(1, 0)).places.get('b')).toEqual({
      tier: 'Tier 3',
      tierUncapped: 'Tier 1',
      limits: [
        { tier: 'Tier 1', wanted: 2, cap: 1 },
        { tier: 'Tier 2', wanted: 1, cap: 0 },
      ],
    });
  });

  it('keeps the slot of Tier 2 for whoever is locked in it and finds no room in Tier 1', () => {
    const stays = wants('z', { lockedTier: 'Tier 2', ratingTotal: 0 });
    const wanting = [wants('a'), wants('b', { tier: 'Tier 2', ratingTotal: 12 }), stays];
    expect(tiersOf(wanting, limits(1, 1))).toEqual({ a: 'Tier 1', b: 'Tier 3', z: 'Tier 2' });
  });

  it('puts an open deal first among those without a lock, and lifts it over no limit', () => {
    const wanting = [
      wants('a', { ratingTotal: 12 }),
      wants('b', { hasOpenDeal: true, ratingTotal: 1 }),
      wants('c', { hasOpenDeal: true, ratingTotal: 0 }),
    ];
    expect(tiersOf(wanting, limits(1))).toEqual({ a: 'Tier 2', b: 'Tier 1', c: 'Tier 2' });
  });

  it('lets nobody in who has to wait for another run, though a slot is free', () => {
    const { places } = applyCapacity([wants('a', { mayEnter: false, lockedTier: 'Tier 2' })], limits(2));
    expect(places.get('a')).toMatchObject({ tier: 'Tier 2', limits: [{ wanted: 1, cap: 2 }] });
  });

  it('gives a slot to nobody behind the one who may enter it in another run', () => {
    const first = wants('a', { mayEnter: false, lockedTier: 'Tier 2', ratingTotal: 9 });
    expect(tiersOf([first, wants('b')], limits(1))).toEqual({ a: 'Tier 2', b: 'Tier 2' });
    expect(tiersOf([first, wants('b')])).toEqual({ a: 'Tier 2', b: 'Tier 1' });
  });

  it('leaves no slot of a rep empty that a marketer made free', () => {
    // The rep has two slots; of the three best, the marketer has room for one.
    const wanting = [
      wants('a', { marketer: 'Mei', ratingTotal: 12 }),
      wants('b', { marketer: 'Mei', ratingTotal: 11 }),
      wants('c', { ratingTotal: 1 }),
    ];
    expect(tiersOf(wanting, limits(2, 40, 1))).toEqual({ a: 'Tier 1', b: 'Tier 2', c: 'Tier 1' });
  });

  it('counts each rep alone, and limits Tier 1 by marketer too', () => {
    const wanting = ['a', 'b', 'c'].map((id) => wants(id, { owner: id, marketer: 'Mei' }));
    expect(Object.values(tiersOf(wanting, limits(1)))).toEqual(['Tier 1', 'Tier 1', 'Tier 1']);
    expect(tiersOf(wanting, limits(1, 40, 2))).toEqual({ a: 'Tier 1', b: 'Tier 1', c: 'Tier 2' });
  });

  it('gives the same places in any order, lifts nobody, and goes over a limit only for the locked (invariant T14)', () => {
    const ranked = fc.constantFrom('Tier 1' as const, 'Tier 2' as const, null);
    const candidate = fc.record({
      owner: fc.constantFrom('p', 'q', null),
      marketer: fc.constantFrom('m', null),
      tier: fc.constantFrom<Tier>('Tier 1', 'Tier 2', 'Tier 3', 'Not tiered'),
      previousTier: ranked,
      lockedTier: ranked,
      hasOpenDeal: fc.boolean(),
      mayEnter: fc.boolean(),
      ratingTotal: fc.nat(12),
      priority: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 40 }), fc.nat(), (given, by) => {
        const candidates = given.map((changes, at) => wants(`x${at}`, changes));
        const { places, overbooked } = applyCapacity(candidates, limits(3, 5, 4));
        const turned = candidates.toSpliced(0, by % (candidates.length + 1));
        const other = applyCapacity(
          [...turned, ...candidates.filter((one) => !turned.includes(one))],
          limits(3, 5, 4),
        );
        expect(new Map(other.places)).toEqual(new Map(places));
        const order = ['Tier 1', 'Tier 2', 'Tier 3', 'Not tiered'];
        for (const { tier, tierUncapped } of places.values()) {
          expect(order.indexOf(tier)).toBeGreaterThanOrEqual(order.indexOf(tierUncapped));
        }
        const kept = candidates.filter(({ tier, lockedTier }) => lockedTier === tier);
        for (const { id, tier } of kept) expect(places.get(id)?.tier).toBe(tier);
        for (const [tier, cap] of [
          ['Tier 1', 3],
          ['Tier 2', 5],
        ] as const) {
          for (const holder of ['p', 'q']) {
            const held = candidates.filter(
              ({ id, owner }) => owner === holder && places.get(id)?.tier === tier,
            );
            const locked = held.filter(({ lockedTier }) => lockedTier === tier);
            expect(held.length).toBeLessThanOrEqual(Math.max(cap, locked.length));
            const isTold = overbooked.some((one) => one.holder === holder && one.tier === tier);
            expect(isTold).toBe(locked.length > cap);
          }
        }
        const marketed = candidates.filter(
          ({ id, marketer }) => marketer === 'm' && places.get(id)?.tier === 'Tier 1',
        );
        const lockedThere = marketed.filter(({ lockedTier }) => lockedTier === 'Tier 1');
        expect(marketed.length).toBeLessThanOrEqual(Math.max(4, lockedThere.length));
      }),
    );
  });
});
