// Which column of a file is which of ours (invariant C4).
import { describe, expect, it } from 'vitest';
import { ConfigError } from '#errors/errors.ts';
import { checkHeader, type LayoutSettings } from '#mapping/source/source-layout.ts';
import type { SourceKind } from '#ports/store.ts';
import { layoutOf, parseRow, SHOWN_PATH } from './source-fixture.ts';

function check(kind: SourceKind, header: readonly string[], settings: Partial<LayoutSettings> = {}) {
  checkHeader(layoutOf(kind, settings), header, SHOWN_PATH);
}

/** What the person is told, message and advice. */
function refusal(work: () => unknown): string {
  expect(work).toThrow(ConfigError);
  try {
    work();
    return '';
  } catch (error) {
    return error instanceof ConfigError ? `${error.message}\n${error.next}` : '';
  }
}

const SCORES = ['domain', 'topic', 'score', 'observed_on'];

describe('the columns of a file', () => {
  it('are known in any case, with spaces and hyphens', () => {
    expect(() => check('intent-scores', ['Domain', ' Topic', 'SCORE', 'Observed-On'])).not.toThrow();
    expect(layoutOf('firmographics').ourName('Annual Revenue')).toBe('annual_revenue');
  });

  it('that are unknown are an error which names both ways out', () => {
    const said = refusal(() => check('intent-scores', [...SCORES, 'vendor_note']));
    expect(said).toContain(
      `${SHOWN_PATH}: the column "vendor_note" is none of a source of kind intent-scores`,
    );
    expect(said).toMatch(/sources\.src in tierline\.yaml.*`columns: .*vendor_note.*`ignore: .*vendor_note/u);
  });

  it('that are misspelt bring up the nearest one', () => {
    expect(refusal(() => check('intent-scores', ['domain', 'topc', 'score', 'observed_on']))).toContain(
      'did you mean "topic"?',
    );
  });

  it('may be renamed or left out', () => {
    const settings = { columns: { score: 'Surge' }, ignore: ['vendor_note'] };
    expect(() =>
      check('intent-scores', ['domain', 'topic', 'Surge', 'observed_on', 'vendor_note'], settings),
    ).not.toThrow();
    expect(() => check('intent-scores', [...SCORES, 'a', 'b'], { ignore: ['*'] })).not.toThrow();
  });

  it('are the same in full-width letters, which a file may show and settings copy', () => {
    const settings = { columns: { score: 'Ｓｃｏｒｅ点' } };
    for (const shown of ['Ｓｃｏｒｅ点', 'Score点'])
      expect(layoutOf('intent-scores', settings).ourName(shown)).toBe('score');
  });

  it('may be ours by an identifier', () => {
    expect(() => check('intent-signals', ['lei', 'signal', 'observed_on'])).not.toThrow();
  });

  it('may be what the profile asks for besides', () => {
    const layout = layoutOf('firmographics', {}, [{ name: 'solar_roof', type: 'text' }]);
    expect(() => checkHeader(layout, ['domain', 'solar_roof'], SHOWN_PATH)).not.toThrow();
  });

  it('may not be two for one of ours: neither would be sure to be read', () => {
    const twice = [...SCORES, 'Surge'];
    expect(refusal(() => check('intent-scores', twice, { columns: { score: 'Surge' } }))).toMatch(
      /the columns "score" and "Surge" are both our score\n.*ignore/u,
    );
    expect(() =>
      check('intent-scores', twice, { columns: { score: 'Surge' }, ignore: ['score'] }),
    ).not.toThrow();
  });

  it('of JSON Lines are looked at row by row', () => {
    const row = { topic: 'ERP', score: 5, observed_on: '2026-11-01', vendor_note: 'x' };
    expect(refusal(() => parseRow('intent-scores', row))).toContain('the column "vendor_note"');
  });
});

describe('a header', () => {
  it('is refused without a needed column, with what it has', () => {
    expect(refusal(() => check('intent-scores', ['domain', 'topic', 'score']))).toMatch(
      /lacks the column observed_on \(it has: domain, topic, score\)/u,
    );
  });

  it('is refused without a column that names the company', () => {
    for (const header of [SCORES.slice(1), ['country', ...SCORES.slice(1)]])
      expect(refusal(() => check('intent-scores', header))).toContain('no column that names the company');
  });
});

describe('`columns:` of a source', () => {
  it('is refused where it renames what is no column of ours', () => {
    expect(refusal(() => layoutOf('intent-scores', { columns: { scoer: 'Surge' } }))).toMatch(
      /tierline\.yaml: sources\.src\.columns: "scoer" is no column of intent-scores\n.*topic, score/u,
    );
  });
});
