// Reads the kanji words of business in a Japanese name, so that a name of kana and such words can be heard.
// The readings are data (mappings/keys/kanji-readings.yaml), keyed by the folded form of the words.
import { foldHan } from '../name/fold-han.ts';

export interface KanjiReadings {
  readonly byWord: ReadonlyMap<string, string>;
  readonly longest: number;
}

export function arrangeKanjiReadings(
  pairs: readonly (readonly [word: string, reading: string])[],
): KanjiReadings {
  const byWord = new Map(pairs.map(([word, reading]) => [foldHan(word), reading]));
  return { byWord, longest: Math.max(0, ...Array.from(byWord.keys(), (word) => word.length)) };
}

/** The name in kana, or null when kanji are left that the list does not read. */
export function readKanji(core: string, { byWord, longest }: KanjiReadings): string | null {
  let read = '';
  for (let at = 0; at < core.length; ) {
    const word = longestWordAt(core, at, byWord, longest);
    const reading = word === null ? undefined : byWord.get(word);
    if (word !== null && reading !== undefined) {
      read += reading;
      at += word.length;
    } else {
      const letter = core[at] ?? '';
      if (/\p{Script=Han}/u.test(letter)) return null;
      read += letter;
      at++;
    }
  }
  return read;
}

function longestWordAt(
  core: string,
  at: number,
  byWord: ReadonlyMap<string, string>,
  longest: number,
): string | null {
  for (let length = Math.min(longest, core.length - at); length > 0; length--) {
    const word = core.slice(at, at + length);
    if (byWord.has(word)) return word;
  }
  return null;
}
