// Folds the spellings of a name that mean the same: width, case, accents, quotes, dots of abbreviations, punctuation.
// Words and their order stay; legal forms are split off elsewhere.

const unfoldedLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  ƒ: 'f',
};

/** Lower-case words; brackets stay as words of their own, since an abbreviation between them may be a legal form. */
export function foldName(text: string): string {
  let folded = text.normalize('NFKC').toLowerCase();
  if (/\P{ASCII}/u.test(folded)) folded = foldLetters(folded);
  return (
    folded
      .replace(/['’‘`´ʻʼ′]/gu, '')
      // Marks that filings append: /DE/, \NEW\, /ADR/.
      .replace(/[/\\](?:[a-z]{2,3}|adr)[/\\]?\s*$/u, ' ')
      .replace(/[&+]/gu, ' and ')
      // Dots inside an abbreviation join its letters (u.s.a., s.p.a.); every other dot separates.
      .replace(
        /(?<![\p{L}\p{N}])\p{L}(?:\.\s?\p{L}(?![\p{L}\p{N}]))+\.?/gu,
        (letters) => `${letters.replace(/[.\s]/gu, '')} `,
      )
      .replace(/[^\p{L}\p{N}\p{M}()]+/gu, ' ')
      .replace(/[()]/gu, ' $& ')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

function foldLetters(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/gu, '')
      .normalize('NFC')
      .replace(/[ßæœøłđðþıħŋƒ]/gu, (letter) => unfoldedLetters[letter] ?? letter)
      // 会社名 written with middle dots is the same name without them.
      .replace(
        /(?<=[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー])[・·‧•．]+(?=[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}])/gu,
        '',
      )
  );
}
