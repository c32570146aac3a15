import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MappingError } from '#errors/errors.ts';
import { createMappingFiles } from '#mapping/files/mapping-files.ts';
import { hashPolicy, loadPolicy, parsePolicy } from '#mapping/policy/load-policy.ts';

const file = 'mappings/policy.yaml';

function refusal(text: string): string {
  try {
    parsePolicy(text, file);
  } catch (error) {
    if (error instanceof MappingError) return `${error.message}\n${error.next}`;
    throw error;
  }
  return 'accepted';
}

describe('the shipped policy', () => {
  const policy = loadPolicy();

  it('is goldilocks-1, whole and free of contradictions', () => {
    expect(policy.version).toBe('goldilocks-1');
    expect(Object.values(policy.fit.weights.ecommerce).reduce((sum, weight) => sum + weight, 0)).toBe(100);
    expect(policy.stay.dwellDays).toEqual({ 'Tier 1': 91, 'Tier 2': 42, 'Tier 3': 14 });
  });

  it('cannot be changed by anybody who holds it', () => {
    expect(Object.isFrozen(policy.engagement.roleFactors)).toBe(true);
    expect(Object.isFrozen(policy.table[0])).toBe(true);
  });
});

describe('a policy file of a workspace', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'policy-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('changes what it names and keeps the rest', () => {
    writeFileSync(
      join(folder, 'policy.yaml'),
      'intent: { enter: 65 }\nengagement: { points: { page: 2 } }\n',
    );
    const policy = loadPolicy(createMappingFiles(folder));
    expect(policy.intent).toMatchObject({ enter: 65, stay: 55, halfLifeDays: 14 });
    expect(policy.engagement.points).toMatchObject({ page: 2, webinar: 8 });
  });

  it('need not exist, and may be empty', () => {
    expect(loadPolicy(createMappingFiles(folder))).toEqual(loadPolicy());
    writeFileSync(join(folder, 'policy.yaml'), '# nothing yet\n');
    expect(loadPolicy(createMappingFiles(folder))).toEqual(loadPolicy());
  });

  it('replaces lists as a whole', () => {
    expect(parsePolicy('intent: { refusedMethods: [unknown] }', file).intent.refusedMethods).toEqual([
      'unknown',
    ]);
  });
});
const everything = 'fit: any, acv: any, intent: any, engaged: any';
const row = (conditions: string, tier: string, reason: string) =>
  `  - { ${conditions}, tier: ${tier}, reason: ${reason}, from: ours }`;

describe('a policy file that is wrong', () => {
  it('is refused with file, path, what was read and what would do', () => {
    expect(refusal('fit: { strong: { enter: eighty } }')).toMatch(
      /mappings\/policy\.yaml is not valid:\n\s+fit\.strong\.enter: .*expected number.*read "eighty"\nCorrect mappings\/policy\.yaml/u,
    );
    expect(refusal('stay: { dwellDays: { Tier 1: -3 } }')).toContain('stay.dwellDays.Tier 1');
  });

  it('is refused for a key it does not know, naming the nearest', () => {
    expect(refusal('engagement: { halfLiveDays: 20 }')).toMatch(
      /engagement\.halfLiveDays: unknown key; did you mean "halfLifeDays"/u,
    );
  });

  it('is refused when its YAML cannot be read', () => {
    expect(refusal('fit: { strong: ')).toContain(file);
  });

  it.each([
    [
      'weights that do not add up',
      'fit: { weights: { general: { geo: 30 } } }',
      'fit.weights.general: read weights that add up to 120; wanted: a sum of 100',
    ],
    [
      'priority shares that do not add up',
      'priority: { fit: 0.5 }',
      'priority: read weights that add up to 1.1',
    ],
    [
      'a flag that goes off above where it goes on',
      'intent: { stay: 61 }',
      'intent.stay: read 61, above enter 60; wanted: 60 or less',
    ],
    [
      'bands that overlap',
      'fit: { high: { enter: 80 } }',
      'fit.strong.enter: read 80, which overlaps fit.high.enter',
    ],
    [
      'a medium band that reaches into high',
      'fit: { mediumFrom: 68 }',
      'fit.high.stay: read 65, which overlaps fit.mediumFrom',
    ],
    [
      'ACV bands in the wrong order',
      'value: { bands: { medium: 200000 } }',
      'value.bands.large: read 100000, which overlaps',
    ],
    ['a gap so wide that ACV bands overlap', 'value: { bandGap: 0.7 }', 'value.bandGap: read 0.7'],
    [
      'sizes with an open end missing',
      'engagement: { sizes: [{ below: 50, factor: 1 }] }',
      'engagement.sizes: read no size from 50 up',
    ],
    ['a default longer than the maximum', 'override: { defaultDays: 400 }', 'override.defaultDays: read 400'],
    ['a veto that leads nowhere', 'veto: { to: Tier 1 }', 'veto.to: read Tier 1'],
    [
      'an unknown that counts like a match',
      'fit: { unknownCounts: 1 }',
      'fit.unknownCounts: read 1, with which a blank record is an exact match; wanted: less than 1',
    ],
    [
      'no room for low fit',
      'fit: { mediumFrom: 0 }',
      'fit.mediumFrom: read 0, so that no fit is low; wanted: more than 0',
    ],
    [
      'no room for medium fit',
      'fit: { high: { enter: 70, stay: 70 }, mediumFrom: 70 }',
      'fit.mediumFrom: read 70, so that no fit is medium: high begins at 70',
    ],
    [
      'no room for small deals',
      'value: { bands: { medium: 0 } }',
      'value.bands.medium: read 0, so that no ACV is small',
    ],
    [
      'intent that is always on',
      'intent: { enter: 0, stay: 0 }',
      'intent.enter: read 0, with which every account has recent intent',
    ],
    [
      'a surge that lowers the score',
      'intent: { counts: { surge: { score: 40 } } }',
      'intent.counts.surge.score: read 40, not above ownAverage 50',
    ],
    [
      'engagement that is always on',
      'engagement: { threshold: { enter: 0, stay: 0, people: 0 } }',
      'engagement.threshold: read no points and no people',
    ],
    [
      'engagement that nobody can reach',
      'engagement: { personCap: 0, actNow: { types: [] } }',
      'engagement: read points, role factors and caps with which nobody can be engaged',
    ],
    [
      'a reminder before its override',
      'override: { remindDaysBefore: 180 }',
      'override.remindDaysBefore: read 180, not below maximumDays',
    ],
    ['a limit below zero', 'capacity: { perRep: { Tier 1: -1 } }', 'capacity.perRep.Tier 1'],
    ['a publish cycle of no days', 'change: { publishEveryDays: 0 }', 'change.publishEveryDays'],
    ['a score above a hundred', 'fit: { strong: { enter: 101 } }', 'fit.strong.enter'],
    ['a share above one', 'breaker: { changingShare: 10 }', 'breaker.changingShare'],
  ])('is refused for %s', (_what, text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it('is refused for a table that leaves a situation without an answer', () => {
    const text = ['table:', row('fit: [strong], acv: any, intent: any, engaged: any', 'Tier 1', 'ALL')].join(
      '\n',
    );
    expect(refusal(text)).toContain('no row for fit high, acv large, intent true, engaged true');
  });

  it('is refused for a tier that no row gives', () => {
    const text = ['table:', row(everything, 'Tier 2', 'ALL')].join('\n');
    expect(refusal(text)).toMatch(/no row gives Tier 1;[^]*no row gives Tier 3/u);
  });

  it('is refused when only a veto that is off would give a tier', () => {
    const text = [
      'table:',
      row('fit: [strong], acv: any, intent: any, engaged: any', 'Tier 1', 'FIRST'),
      row(everything, 'Tier 3', 'REST'),
      'veto: { able: OFF, success: OFF }',
    ].join('\n');
    expect(refusal(text.replaceAll('OFF', 'false'))).toContain('no row gives Tier 2');
    expect(refusal(text.replaceAll('OFF', 'true'))).toBe('accepted');
  });

  it('is refused for a row that never gets its turn', () => {
    const text = [
      'table:',
      row('fit: [strong], acv: any, intent: any, engaged: any', 'Tier 1', 'FIRST'),
      row('fit: [strong], acv: [small], intent: true, engaged: true', 'Tier 2', 'NEVER'),
      row(everything, 'Tier 3', 'REST'),
    ].join('\n');
    expect(refusal(text)).toContain('table[1]: read NEVER, which is never reached: FIRST come first');
  });

  it('names all that is wrong at once', () => {
    expect(refusal('intent: { stay: 70 }\nfit: { high: { stay: 72 } }')).toMatch(
      /fit\.high\.stay[^]*intent\.stay/u,
    );
  });
});

describe('the hash that a run keeps', () => {
  it('is the same for the same numbers however they are laid out', () => {
    expect(hashPolicy(parsePolicy('intent: { stay: 52, enter: 58 }', file))).toBe(
      hashPolicy(parsePolicy('intent:\n  enter: 58\n  stay: 52.0\n', 'elsewhere.yaml')),
    );
  });

  it('changes with any number', () => {
    expect(hashPolicy(parsePolicy('journey: { awareDays: 31 }', file))).not.toBe(hashPolicy(loadPolicy()));
    expect(hashPolicy(loadPolicy())).toMatch(/^[0-9a-f]{64}$/u);
  });
});
