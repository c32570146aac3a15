import { describe, expect, it } from 'vitest';
import { judgeTitle } from '#domain/role/judge-title.ts';
import type { RoleCatalogue, WordKind } from '#domain/role/role-catalogue.ts';
import type { Reading } from '#domain/role/title-reader.ts';

const catalogue: RoleCatalogue = {
  version: 'test',
  titles: new Map(),
  rules: [
    { any: ['gatekeeper'], level: null, role: 'gatekeeper' },
    { any: ['it'], level: ['chief', 'vice'], role: 'technical_approver' },
    { any: ['it'], level: null, role: 'it_expert' },
    { any: null, level: ['chief'], role: 'economic_buyer' },
    { any: null, level: ['vice', 'director'], role: 'decision_maker' },
    { any: null, level: ['staff'], role: 'user' },
  ],
  confidence: { clear: 0.9, partial: 0.7, unsure: 0.5, none: 0.1 },
  languages: [],
  crmRoles: new Map(),
};

/** Words of two letters, one blank apart. */
const reading = (kinds: readonly (WordKind | `${WordKind}?`)[], unexplained = 0): Reading => ({
  found: kinds.map((kind, at) => ({
    start: at * 3,
    end: at * 3 + 2,
    meanings: [{ kind: kind.replace('?', '') as WordKind, isUnsure: kind.endsWith('?') }],
  })),
  unexplained,
});

describe('judgeTitle', () => {
  it('lets the first rule that holds decide', () => {
    expect(judgeTitle(reading(['gatekeeper', 'chief']), catalogue).role).toBe('gatekeeper');
    expect(judgeTitle(reading(['it', 'chief']), catalogue).role).toBe('technical_approver');
    expect(judgeTitle(reading(['it', 'director']), catalogue).role).toBe('it_expert');
  });

  it('goes by the highest level in the title', () => {
    expect(judgeTitle(reading(['staff', 'director', 'chief']), catalogue).role).toBe('economic_buyer');
  });

  it('makes a chief with a deputy beside them a vice', () => {
    expect(judgeTitle(reading(['deputy', 'chief']), catalogue).role).toBe('decision_maker');
    expect(judgeTitle(reading(['chief', 'deputy']), catalogue).role).toBe('decision_maker');
    expect(judgeTitle(reading(['deputy', 'staff', 'chief']), catalogue).role).toBe('economic_buyer');
  });

  it('trusts a level less when a word is left over, a function not', () => {
    expect(judgeTitle(reading(['director'], 5), catalogue).confidence).toBe(0.7);
    expect(judgeTitle(reading(['it'], 5), catalogue).confidence).toBe(0.9);
  });

  it('is unsure when only ambiguous words speak for the role', () => {
    expect(judgeTitle(reading(['chief?']), catalogue)).toEqual({ role: 'economic_buyer', confidence: 0.5 });
    expect(judgeTitle(reading(['chief?', 'chief']), catalogue).confidence).toBe(0.9);
  });

  it('suggests nothing when no rule holds', () => {
    expect(judgeTitle(reading(['other'], 3), catalogue)).toEqual({ role: null, confidence: 0.1 });
  });
});
