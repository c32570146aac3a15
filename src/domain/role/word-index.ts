// Finds the longest word of a list that begins at a place of a title. Characters only: what words mean isn't known here.
import type { CompiledWord } from './compile-word.ts';

interface WordMatch<Meaning> {
  /** Where to read on: of a word with gaps only the part before the first is used up, so that the gap is read too. */
  readonly next: number;
  readonly meanings: readonly Meaning[];
}

export interface WordIndex<Meaning> {
  add(word: CompiledWord, meaning: Meaning): void;
  /** null when no word begins there. Words of equal length add up their meanings. */
  longestAt(title: string, start: number): WordMatch<Meaning> | null;
}

interface Node<Meaning> {
  readonly next: Map<string, Node<Meaning>>;
  readonly words: { readonly word: CompiledWord; readonly meaning: Meaning }[];
}

const MAX_WORDS_BETWEEN = 4;
const MAX_CHARACTERS_BETWEEN = 10;

const isLatinOrDigit = (character: string | undefined): boolean =>
  character !== undefined && /[\p{Script=Latin}\p{Number}]/u.test(character);

export function createWordIndex<Meaning>(): WordIndex<Meaning> {
  const root: Node<Meaning> = { next: new Map(), words: [] };
  return {
    add(word, meaning) {
      let node = root;
      for (const character of word.text) {
        const next = node.next.get(character) ?? { next: new Map(), words: [] };
        node.next.set(character, next);
        node = next;
      }
      node.words.push({ word, meaning });
    },
    longestAt(title, start) {
      let node: Node<Meaning> | undefined = root;
      let best: { end: number; next: number; meanings: Meaning[] } | null = null;
      let at = start;
      for (const character of title.slice(start)) {
        node = node.next.get(character);
        if (node === undefined) break;
        at += character.length;
        for (const { word, meaning } of node.words) {
          const end = endOf(word, title, start, at);
          if (end === null || (best !== null && end < best.end)) continue;
          if (best === null || end > best.end) best = { end, next: at, meanings: [meaning] };
          else best.meanings.push(meaning);
        }
      }
      return best;
    },
  };
}

/** Where the word ends whose text stands from `start` to `at`, or null when its edges or its tail don't fit. */
function endOf(word: CompiledWord, title: string, start: number, at: number): number | null {
  if (word.atStart && start > 0) return null;
  if (!word.gluedBefore && isLatinOrDigit(title[start]) && isLatinOrDigit(title[start - 1])) return null;
  let end = at;
  for (const part of word.tail) {
    if (!isEdge(title, end)) return null;
    const next = findAfterGap(part, title, end);
    if (next === null) return null;
    end = next;
  }
  if (word.atEnd && end < title.length) return null;
  return word.gluedAfter || isEdge(title, end) ? end : null;
}

function isEdge(title: string, at: number): boolean {
  return !(isLatinOrDigit(title[at - 1]) && isLatinOrDigit(title[at]));
}

function findAfterGap(part: string, title: string, from: number): number | null {
  for (let at = title.indexOf(part, from); at !== -1; at = title.indexOf(part, at + 1)) {
    const gap = title.slice(from, at).trim();
    if (gap === '' || !isEdge(title, at) || !isEdge(title, at + part.length)) continue;
    return isShortGap(gap) ? at + part.length : null;
  }
  return null;
}

function isShortGap(gap: string): boolean {
  if (/[,;/|()]/u.test(gap)) return false;
  return isLatinOrDigit(gap[0])
    ? gap.split(' ').length <= MAX_WORDS_BETWEEN
    : gap.length <= MAX_CHARACTERS_BETWEEN;
}
