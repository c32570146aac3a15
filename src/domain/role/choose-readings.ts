// Decides in which languages a title is to be read: by its script, and where Chinese and Japanese share it, by the
// characters that only one of them writes.
import type { RoleCatalogue, Script, TitleLanguage } from './role-catalogue.ts';
import { createTitleReader, type Reading, type TitleReader } from './title-reader.ts';

export interface TitleReaders {
  readonly latin: TitleReader;
  readonly hangul: TitleReader;
  readonly kana: TitleReader;
  readonly han: TitleReader;
  /** Characters that only the languages written in kana, or only those in Han characters, use. */
  readonly telling: { readonly kana: ReadonlySet<string>; readonly han: ReadonlySet<string> };
}

/** Every script also reads Latin words: a 営業マネージャー may just as well be a Sales Manager. */
export function createTitleReaders({ languages }: RoleCatalogue): TitleReaders {
  const of = (script: Script): readonly TitleLanguage[] =>
    languages.filter((language) => language.script === script);
  const tellingOf = (script: Script): ReadonlySet<string> =>
    new Set(of(script).flatMap(({ telling }) => Array.from(telling.replaceAll(/\s/gu, ''))));
  const latin = of('latin');
  return {
    latin: createTitleReader([latin]),
    hangul: createTitleReader([of('hangul'), latin]),
    kana: createTitleReader([of('kana'), latin]),
    han: createTitleReader([of('han'), latin]),
    telling: { kana: tellingOf('kana'), han: tellingOf('han') },
  };
}

/** The likeliest reading first; more than one where neither the script nor the words tell. */
export function chooseReadings(folded: string, readers: TitleReaders): readonly Reading[] {
  if (/\p{Script=Hangul}/u.test(folded)) return [readers.hangul(folded)];
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(folded)) return [readers.kana(folded)];
  if (!/\p{Script=Han}/u.test(folded)) return [readers.latin(folded)];
  const characters = Array.from(folded);
  const isJapanese = characters.some((character) => readers.telling.kana.has(character));
  const isChinese = characters.some((character) => readers.telling.han.has(character));
  if (isJapanese && !isChinese) return [readers.kana(folded)];
  if (isChinese && !isJapanese) return [readers.han(folded)];
  const readings = [readers.kana(folded), readers.han(folded)];
  const fewest = Math.min(...readings.map((reading) => reading.unexplained));
  return readings.filter((reading) => reading.unexplained === fewest);
}
