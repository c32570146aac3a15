import { describe, expect, it } from 'vitest';
import { shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { loadPrograms } from '#mapping/programs/load-programs.ts';

const PROGRAM = {
  id: 'direct_mail',
  name: 'Direct mail',
  tier: 'tier_1',
  channel: 'mail',
  by: 'marketing',
  cost: 60,
  approval: 'none',
  dueDays: 10,
};
const load = (...programs: readonly object[]) =>
  loadPrograms(() => ({ text: JSON.stringify({ programs }), shownPath: 'mappings/programs.yaml' }));

describe('the catalogue of programs', () => {
  it('is valid as shipped, and its ids can stand in a key of 120 characters', () => {
    const programs = loadPrograms(shippedMappingFiles);
    expect(programs.length).toBeGreaterThan(10);
    const longest = Math.max(...programs.map(({ id }) => `001000000000000AAA:${id}:2026-10-01`.length));
    expect(longest).toBeLessThanOrEqual(120);
  });

  it('is empty where there is no file', () => {
    expect(loadPrograms(() => null)).toEqual([]);
  });

  it('fills in what a program leaves out', () => {
    expect(load(PROGRAM)).toEqual([
      {
        ...PROGRAM,
        autoUpTo: null,
        legalFor: [],
        dueWorkingHours: null,
        cycle: 'quarter',
        consent: null,
        retired: false,
      },
    ]);
  });

  it.each([
    {
      what: 'an id in another shape',
      change: { id: 'Direct Mail' },
      says: /programs\[1\]\.id: an id is snake_case/u,
    },
    { what: 'an id that is taken', change: {}, says: /programs\[1\]\.id: this id is used twice/u },
    { what: 'a negative cost', change: { id: 'b', cost: -1 }, says: /programs\[1\]\.cost: .*read -1/u },
    { what: 'half a day', change: { id: 'b2', dueDays: 0.5 }, says: /programs\[1\]\.dueDays/u },
    {
      what: 'an unknown menu',
      change: { id: 'b2', tier: 'tier_9' },
      says: /programs\[1\]\.tier: .*read "tier_9"/u,
    },
    {
      what: 'a misspelt key',
      change: { id: 'b2', aproval: 'none' },
      says: /programs\[1\]\.aproval: unknown key; did you mean "approval"/u,
    },
  ])('is refused for $what', ({ change, says }) => {
    expect(() => load(PROGRAM, { ...PROGRAM, ...change })).toThrow(says);
  });

  it('keeps the id of a retired program taken', () => {
    expect(() => load({ ...PROGRAM, retired: true }, PROGRAM)).toThrow(/used twice/u);
  });
});
