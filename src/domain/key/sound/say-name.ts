// A Latin name as it may be said in another language: in each order of its words, with how it may begin.
import { type Saying, skeletonOf, soundWeight } from './align-sound.ts';
import type { Lexicon, SoundLanguage } from './lexicon.ts';
import { sayWords, wordOrders } from './sayings.ts';
import { openingKeyOf, openingLength } from './skeleton-key.ts';

const mostOpenings = 24;

export interface SaidName {
  readonly sayings: readonly Saying[];
  readonly wordCount: number;
  /** The most that the words can say: a much longer name needs no alignment. */
  readonly heaviest: number;
}

/** `name` is folded: Latin words with spaces between them. */
export function sayName(name: string, language: SoundLanguage, lexicon: Lexicon): SaidName[] {
  return wordOrders(name.split(' ')).map((words) => {
    const sayings = sayWords(words, language, lexicon);
    return { sayings, wordCount: words.length, heaviest: heaviestSaying(sayings, words.length) };
  });
}

function heaviestSaying(sayings: readonly Saying[], wordCount: number): number {
  const heaviest = new Float64Array(wordCount + 1).fill(Number.NEGATIVE_INFINITY);
  heaviest[0] = 0;
  for (const { from, to, sound } of sayings) {
    heaviest[to] = Math.max(heaviest[to] ?? 0, (heaviest[from] ?? 0) + soundWeight(sound));
  }
  return heaviest[wordCount] ?? 0;
}

/** As keys of skeletons of a few consonants; the way it is written comes first. */
export function openingsOf({ sayings, wordCount }: SaidName): number[] {
  const byStart: Saying[][] = Array.from({ length: wordCount }, () => []);
  for (const saying of sayings) byStart[saying.from]?.push(saying);
  const found = new Set<string>();
  const extend = (at: number, skeleton: string) => {
    if (found.size > mostOpenings) return;
    if (skeleton.length >= openingLength || at >= wordCount) {
      if (skeleton !== '') found.add(skeleton.slice(0, openingLength));
      return;
    }
    for (const saying of byStart[at] ?? []) extend(saying.to, skeleton + skeletonOf(saying.sound));
  };
  extend(0, '');
  return Array.from(found, openingKeyOf);
}
