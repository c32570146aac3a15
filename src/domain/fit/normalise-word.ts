// Makes two spellings of one word equal: case, width, underscores and runs of spaces carry no meaning.

/** CRMs store `COMPUTER_SOFTWARE` or `Computer  Software`; people write either. */
export function normaliseWord(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/gu, ' ')
    .trim();
}
