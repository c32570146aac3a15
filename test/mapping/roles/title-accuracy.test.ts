import { describe, expect, it } from 'vitest';
import { loadRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';
import { CHINESE } from './titles/chinese.ts';
import { ENGLISH } from './titles/english.ts';
import { FRENCH } from './titles/french.ts';
import { GERMAN } from './titles/german.ts';
import { JAPANESE } from './titles/japanese.ts';
import { KOREAN } from './titles/korean.ts';
import type { LabelledTitle } from './titles/labelled-title.ts';
import { SPANISH } from './titles/spanish.ts';

const { suggest } = loadRoleCatalogue();

/** From here a suggestion may be shown as if it were known. */
const HIGH_CONFIDENCE = 0.8;

const judge = (titles: readonly LabelledTitle[]) => {
  const wrong = titles.flatMap(([title, role]) => {
    const suggestion = suggest(title);
    return suggestion.role === role ? [] : [{ title, wanted: role, ...suggestion }];
  });
  return {
    rightShare: 1 - wrong.length / titles.length,
    wrong,
    confidentlyWrong: wrong.filter(({ confidence }) => confidence >= HIGH_CONFIDENCE),
  };
};

describe.each([
  ['English', ENGLISH],
  ['German', GERMAN],
  ['French', FRENCH],
  ['Spanish', SPANISH],
  ['Japanese', JAPANESE],
  ['Korean', KOREAN],
  ['Chinese', CHINESE],
])('%s titles', (_language, titles) => {
  it('are at least 150, each once', () => {
    expect(titles.length).toBeGreaterThanOrEqual(150);
    expect(new Set(titles.map(([title]) => title)).size).toBe(titles.length);
  });

  it('get the right role in at least 95 of 100 cases', () => {
    const { rightShare, wrong } = judge(titles);
    expect({ isEnough: rightShare >= 0.95, wrong }).toMatchObject({ isEnough: true });
  });

  it('get a wrong role with high confidence in at most 1 of 100 cases', () => {
    const { confidentlyWrong } = judge(titles);
    expect({ isFew: confidentlyWrong.length / titles.length <= 0.01, confidentlyWrong }).toMatchObject({
      isFew: true,
    });
  });
});
