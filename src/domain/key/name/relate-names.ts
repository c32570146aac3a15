// How two core names relate when something else (a shared domain) already speaks for one company.

export const nameRelations = ['equal', 'near', 'other_script', 'unlike', 'other_number'] as const;
/** `other_number`: the names differ in a number (Fund III, Fund IV) and so are two companies. */
export type NameRelation = (typeof nameRelations)[number];

const latin = /\p{Script=Latin}/u;
const otherScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Thai}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}]/u;

/** Names are folded cores with spaces between their words. */
export function relateNames(a: string, b: string): NameRelation {
  const one = a.replace(/ /gu, '');
  const other = b.replace(/ /gu, '');
  if (one === other) return 'equal';
  if (numbersDiffer(a, b)) return 'other_number';
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length >= 2 && long.startsWith(short)) return 'near';
  if (otherScript.test(a) !== otherScript.test(b) && (latin.test(a) || latin.test(b))) return 'other_script';
  if (sharesWords(a, b) || isInitialsOf(a, b) || isInitialsOf(b, a)) return 'near';
  return hasHanOnly(short) && isSubsequence(short, long) ? 'near' : 'unlike';
}

const romanNumbers = new Map(
  ['ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'].map((roman, index) => [
    roman,
    `${index + 2}`,
  ]),
);

function numbersDiffer(a: string, b: string): boolean {
  const mine = numbersIn(a);
  const theirs = numbersIn(b);
  return mine !== '' && theirs !== '' && mine !== theirs;
}

function numbersIn(name: string): string {
  if (!/\d/u.test(name) && !/ [ivx]+$/u.test(name)) return '';
  const found: string[] = [];
  name.split(' ').forEach((word, index, words) => {
    const roman = index === words.length - 1 && index > 0 ? romanNumbers.get(word) : undefined;
    if (roman !== undefined) found.push(roman);
    for (const digits of word.match(/\d+/gu) ?? []) found.push(String(Number(digits)));
  });
  return found.toSorted().join(' ');
}

/** Most of the shorter name's words stand in the other. */
function sharesWords(a: string, b: string): boolean {
  const one = new Set(a.split(' '));
  const other = new Set(b.split(' '));
  let shared = 0;
  for (const word of one) if (word.length > 1 && other.has(word)) shared++;
  return shared > 0 && shared * 2 >= Math.min(one.size, other.size);
}

/** "ibm" of "international business machines"; small words may be left out. */
export function isInitialsOf(short: string, long: string): boolean {
  const letters = short.replace(/ /gu, '');
  const words = long.split(' ');
  if (letters.length < 2 || letters.length > 8 || words.length < 2) return false;
  const all = words.map((word) => word[0] ?? '').join('');
  const significant = words
    .filter((word) => !/^(?:and|of|the|for|de|du|la|le|et|y|e|und|do|da|di|del|der)$/u.test(word))
    .map((word) => word[0] ?? '')
    .join('');
  return all.startsWith(letters) || significant.startsWith(letters);
}

export function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const character of short) {
    const found = long.indexOf(character, at);
    if (found < 0) return false;
    at = found + character.length;
  }
  return true;
}

function hasHanOnly(text: string): boolean {
  return /^\p{Script=Han}+$/u.test(text);
}
