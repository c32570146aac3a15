// Finds the catalogue's words in a title: leftmost first, and of those that begin at one place the longest.
import { compileWord } from './compile-word.ts';
import type { TitleLanguage, WordKind } from './role-catalogue.ts';
import { createWordIndex } from './word-index.ts';

export interface FoundWord {
  readonly start: number;
  readonly end: number;
  readonly meanings: readonly WordMeaning[];
}

interface WordMeaning {
  readonly kind: WordKind;
  readonly isUnsure: boolean;
}

export interface Reading {
  readonly found: readonly FoundWord[];
  /** Letters that no word explains. */
  readonly unexplained: number;
}

/** Reads a folded title. */
export type TitleReader = (folded: string) => Reading;

/**
 * Reads several languages at once. Those of the first group come first: a word that they have isn't looked up in the
 * groups behind; languages of one group add up.
 */
export function createTitleReader(groups: readonly (readonly TitleLanguage[])[]): TitleReader {
  const index = createWordIndex<WordMeaning>();
  const rankOf = new Map<string, number>();
  groups.forEach((languages, rank) => {
    for (const { lists } of languages) {
      for (const { kind, isUnsure, words } of lists) {
        for (const written of words) {
          const word = compileWord(written);
          if (word === null || (rankOf.get(word.text) ?? rank) < rank) continue;
          rankOf.set(word.text, rank);
          index.add(word, { kind, isUnsure });
        }
      }
    }
  });

  return (folded) => {
    const found: FoundWord[] = [];
    let unexplained = 0;
    for (let at = 0; at < folded.length; ) {
      const match = index.longestAt(folded, at);
      if (match === null) {
        if (/\p{Letter}/u.test(folded.charAt(at))) unexplained += 1;
        at += 1;
      } else {
        found.push({ start: at, end: match.next, meanings: match.meanings });
        at = match.next;
      }
    }
    return { found, unexplained };
  };
}
