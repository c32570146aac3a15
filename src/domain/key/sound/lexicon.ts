// Words that companies translate instead of transliterating: "Bank" is 銀行, ギンコウ and 은행. The list is data (mappings/keys/lexicon.yaml).
import { encodeSound, type SoundCode } from './align-sound.ts';
import { hanSound } from './han-sound.ts';
import { hangulSound } from './hangul-sound.ts';
import { kanaSound } from './kana-sound.ts';

export const soundLanguages = ['ja', 'ko', 'zh'] as const;
/** The language whose reading a name in other than Latin letters is compared by. */
export type SoundLanguage = (typeof soundLanguages)[number];

/** A shorter sound ends too many names by chance. */
const shortestEnding = 3;

export interface LexiconEntry {
  readonly en: readonly string[];
  readonly ja: readonly string[];
  readonly ko: readonly string[];
  readonly zh: readonly string[];
  /** Price of a name that leaves the word out: low for what is often left out, 1 for a consonant. */
  readonly leave: number;
}

export interface LexiconWord {
  /** What the word sounds like in the other language. */
  readonly sounds: Readonly<Record<SoundLanguage, readonly SoundCode[]>>;
  readonly leavePrice: number;
}

export interface LexiconEnding {
  readonly sound: string;
  readonly leavePrice: number;
}

export interface Lexicon {
  /** By folded Latin word or phrase ("real estate"). */
  readonly byWord: ReadonlyMap<string, LexiconWord>;
  /** What may be left off at the end of a name, longest first. */
  readonly endings: Readonly<Record<SoundLanguage, readonly LexiconEnding[]>>;
}

export function arrangeLexicon(entries: readonly LexiconEntry[]): Lexicon {
  const soundsByWord = new Map<string, Record<SoundLanguage, Set<string>>>();
  const leavePrices = new Map<string, number>();
  const endings: Record<SoundLanguage, Map<string, number>> = { ja: new Map(), ko: new Map(), zh: new Map() };
  for (const entry of entries) {
    const sounds = { ja: entry.ja.map(kanaSound), ko: entry.ko.map(hangulSound), zh: entry.zh.map(hanSound) };
    for (const language of soundLanguages) {
      for (const sound of sounds[language])
        if (sound.length >= shortestEnding) keepLower(endings[language], sound, entry.leave);
    }
    for (const word of entry.en) {
      const known = soundsByWord.get(word) ?? { ja: new Set(), ko: new Set(), zh: new Set() };
      for (const language of soundLanguages) for (const sound of sounds[language]) known[language].add(sound);
      soundsByWord.set(word, known);
      keepLower(leavePrices, word, entry.leave);
    }
  }
  const byWord = new Map<string, LexiconWord>();
  for (const [word, { ja, ko, zh }] of soundsByWord) {
    const sounds = { ja: encodeAll(ja), ko: encodeAll(ko), zh: encodeAll(zh) };
    byWord.set(word, { sounds, leavePrice: leavePrices.get(word) ?? 1 });
  }
  return {
    byWord,
    endings: { ja: longestFirst(endings.ja), ko: longestFirst(endings.ko), zh: longestFirst(endings.zh) },
  };
}

function encodeAll(sounds: ReadonlySet<string>): SoundCode[] {
  return Array.from(sounds, encodeSound);
}

function keepLower(prices: Map<string, number>, key: string, price: number): void {
  prices.set(key, Math.min(prices.get(key) ?? price, price));
}

function longestFirst(prices: ReadonlyMap<string, number>): LexiconEnding[] {
  return Array.from(prices, ([sound, leavePrice]) => ({ sound, leavePrice })).toSorted(
    (a, b) => b.sound.length - a.sound.length || (a.sound < b.sound ? -1 : 1),
  );
}
