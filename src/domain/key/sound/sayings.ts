// All ways to say the words of a Latin name in another language: as written, letter by letter, translated, or left out.
import { encodeSound, type Saying } from './align-sound.ts';
import { latinSounds, looksRomanised, spelledSound } from './latin-sound.ts';
import type { Lexicon, SoundLanguage } from './lexicon.ts';

const longestSpelled = 5;
const longestPhrase = 3;
const linkingWords = new Set(['and', 'the', 'of', 'for', 'de', 'in', 'co']);
const prices = { leaveLink: 0.05, translate: 0.05 } as const;

/** The words in the order they are compared: "Bank of Iwate" is said "Iwate Bank". */
export function wordOrders(words: readonly string[]): (readonly string[])[] {
  const of = words.findIndex((word) => word === 'of' || word === 'for');
  if (of < 1 || of === words.length - 1) return [words];
  return [words, [...words.slice(of + 1), ...words.slice(0, of)]];
}

/** In the order of their beginnings, as the alignment expects. */
export function sayWords(words: readonly string[], language: SoundLanguage, lexicon: Lexicon): Saying[] {
  const sayings: Saying[] = [];
  const say = (from: number, to: number, sound: string, cost: number, strict = false) => {
    sayings.push({ from, to, sound: encodeSound(sound), cost, strict });
  };
  words.forEach((word, from) => {
    const known = lexicon.byWord.get(word);
    const literals = latinSounds(word);
    const strict = language === 'ja' && looksRomanised(word);
    for (const literal of literals)
      say(from, from + 1, literal, literal === literals[0] ? 0 : prices.translate, strict);
    if (word.length <= longestSpelled && language !== 'zh') {
      const spelled = spelledSound(word);
      if (spelled !== '' && !literals.includes(spelled)) say(from, from + 1, spelled, prices.translate);
    }
    if (linkingWords.has(word)) say(from, from + 1, '', prices.leaveLink);
    else if (known !== undefined) say(from, from + 1, '', known.leavePrice);
    for (let length = 1; length <= longestPhrase && from + length <= words.length; length++) {
      const phrase = length === 1 ? known : lexicon.byWord.get(words.slice(from, from + length).join(' '));
      for (const sound of phrase?.sounds[language] ?? [])
        sayings.push({ from, to: from + length, sound, cost: prices.translate, strict: false });
    }
  });
  return sayings;
}
