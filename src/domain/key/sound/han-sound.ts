// Spells Han as Mandarin in sound letters. Never for Japanese names, whose kanji are read otherwise.
import anyAscii from 'any-ascii';
import { shortenVowels } from './kana-sound.ts';

// Pinyin and the older romanisations of Taiwan (Wade-Giles) differ most in these; both fall on one letter.
const rewrites: readonly (readonly [RegExp, string])[] = [
  [/zh|ch|j|q|c/gu, 'T'],
  [/sh|x/gu, 'S'],
  [/z/gu, 'T'],
  [/ng/gu, 'N'],
  [/l|r/gu, 'R'],
  [/g/gu, 'K'],
  [/d/gu, 'T'],
  [/b/gu, 'P'],
  [/f/gu, 'H'],
  [/v/gu, 'u'],
  [/w/gu, 'W'],
  [/y/gu, 'Y'],
];

/** Everything that is not Han is left out. */
export function hanSound(text: string): string {
  let sound = anyAscii(text.replace(/\P{Script=Han}/gu, '')).toLowerCase();
  for (const [pattern, replacement] of rewrites) sound = sound.replace(pattern, replacement);
  return shortenVowels(
    sound.replace(/[ksztnhpm]/gu, (letter) => letter.toUpperCase()).replace(/([A-Z])\1+/gu, '$1'),
  );
}
