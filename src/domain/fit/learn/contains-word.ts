// Whether a text has one of the given words in it, as people write types and stages. Knows no language.
import { normaliseWord } from '#domain/fit/normalise-word.ts';

export function containsWord(text: string, words: readonly string[]): boolean {
  const normal = normaliseWord(text);
  return words.some((word) => normal.includes(normaliseWord(word)));
}
