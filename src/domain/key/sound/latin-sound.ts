// Spells a Latin word in sound letters as a Japanese, Korean or Chinese ear would write it down: rough on purpose,
// since the comparison is tolerant of vowels.
import { kanaSound, shortenVowels } from './kana-sound.ts';

const rewrites: readonly (readonly [RegExp, string])[] = [
  [/^wr/gu, 'r'],
  [/^kn/gu, 'n'],
  [/^ps/gu, 's'],
  [/^woo/gu, 'u'],
  [/igh/gu, 'ai'],
  [/(?<=[aeiou])res?$/gu, 'a'],
  [/(?:t|s|ss)ion/gu, 'Son'],
  [/cian/gu, 'Sian'],
  [/ture$/gu, 'Tia'],
  [/que$/gu, 'k'],
  [/n?ds$/gu, 'nZ'],
  [/sch/gu, 'S'],
  [/tch/gu, 'T'],
  [/dge?(?=$|[^aou])/gu, 'Z'],
  [/ck/gu, 'k'],
  [/ch(?=[^aeiouy]|$)/gu, 'k'],
  [/ch/gu, 'T'],
  [/sh/gu, 'S'],
  [/ph/gu, 'H'],
  [/th/gu, 'S'],
  [/ts/gu, 'T'],
  [/wh/gu, 'W'],
  [/qu/gu, 'Ku'],
  [/q/gu, 'K'],
  [/x/gu, 'KS'],
  [/c(?=[eiy])/gu, 'S'],
  [/c/gu, 'K'],
  // r and h that only lengthen a vowel.
  [/(?<=[aeiouy])[rh](?![aeiouy])/gu, ''],
  [/m(?=[pbm])/gu, 'N'],
  [/j/gu, 'Z'],
  [/l/gu, 'R'],
  [/v/gu, 'B'],
  [/f/gu, 'H'],
  [/(?<=[knhmrgbp])y(?=[aeiou])/gu, '~'],
  [/y(?=[aeiou])/gu, 'Y'],
  [/y/gu, 'i'],
  [/(?<=[aeiou][^aeiou])e$/gu, ''],
];

/** `word` is folded: lower-case letters and digits. */
export function latinSound(word: string): string {
  let sound = word;
  for (const [pattern, replacement] of rewrites) sound = sound.replace(pattern, replacement);
  sound = sound.replace(/[kgsztdnhbpmrw]/gu, (letter) => letter.toUpperCase()).replace(/~/gu, 'y');
  return shortenVowels(sound.replace(/([A-Z])\1+/gu, '$1'));
}

/** The usual sound and those that the spelling allows besides: g before e and i soft, r kept before a consonant, th and ch hard, the g of ng unheard. */
export function latinSounds(word: string): string[] {
  const sounds = new Set([latinSound(word)]);
  if (/g[eiy]/u.test(word)) sounds.add(latinSound(word.replace(/g(?=[eiy])/gu, 'j')));
  if (/[aeiou][rl](?=[^aeiouyrl])/u.test(word))
    sounds.add(latinSound(word.replace(/(?<=[aeiou])r(?=[^aeiouyr])/gu, 'ru')));
  if (/th/u.test(word)) sounds.add(latinSound(word.replace(/th/gu, 't')));
  if (/ch[aeiouy]/u.test(word)) sounds.add(latinSound(word.replace(/ch(?=[aeiouy])/gu, 'k')));
  if (/ng(?=$|[^aeiouy])/u.test(word)) sounds.add(latinSound(word.replace(/ng(?=$|[^aeiouy])/gu, 'n')));
  return [...sounds];
}

const letterNames: Readonly<Record<string, string>> = {
  a: 'エー',
  b: 'ビー',
  c: 'シー',
  d: 'ディー',
  e: 'イー',
  f: 'エフ',
  g: 'ジー',
  h: 'エイチ',
  i: 'アイ',
  j: 'ジェー',
  k: 'ケー',
  l: 'エル',
  m: 'エム',
  n: 'エヌ',
  o: 'オー',
  p: 'ピー',
  q: 'キュー',
  r: 'アール',
  s: 'エス',
  t: 'ティー',
  u: 'ユー',
  v: 'ブイ',
  w: 'ダブリュー',
  x: 'エックス',
  y: 'ワイ',
  z: 'ゼット',
};

/** "NTT" read letter by letter; empty when the word holds more than letters. */
export function spelledSound(word: string): string {
  const names = Array.from(word, (letter) => letterNames[letter]);
  return names.every((name) => name !== undefined)
    ? shortenVowels(names.map((name) => kanaSound(name)).join(''))
    : '';
}

/** Every syllable is a consonant and a vowel, as in romanised Japanese: then vowels mean what they say. */
export function looksRomanised(word: string): boolean {
  return /^(?:(?:[kgsztdnhbpmrjfwy]|ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|kk|tt|pp|ss)?(?:a|i|u|e|o|oh(?=$|[^aiueo])|uh(?=$|[^aiueo]))+n?(?=$|[^aiueo])|m(?=[pbm])|(?:[kgsztdnhbpmrjfwy]|ky|gy|sh|ch|ts|ny|hy|by|py|my|ry)?[aiueo]+)+$/u.test(
    word,
  );
}
