// How far the sound of a name is from the words of another one: an alignment over all ways to say each word
// (as written, letter by letter, translated), in which vowels are cheap, consonants dear and figures not for sale.

/** One way to say the words from here to `to`, at a price of its own. */
export interface Saying {
  readonly from: number;
  readonly to: number;
  readonly sound: SoundCode;
  readonly cost: number;
  /** Vowels count as written: the word is romanised, not English. */
  readonly strict: boolean;
}

/** Sound letters as small numbers. */
export type SoundCode = Uint8Array;

const letters = 'aiueoyKGSZTDNHBPMRWY0123456789';
const letterCount = letters.length;
const codeOfCharacter = new Uint8Array(128).fill(letterCount);
for (let code = 0; code < letterCount; code++) codeOfCharacter[letters.charCodeAt(code)] = code;

/** Whole thousandths: sums are exact, and integers are compared faster. */
const soundUnit = 1000;

const prices = {
  near: 0.45,
  far: 1,
  vowel: 0.25,
  strictVowel: 0.6,
  dropVowel: 0.2,
  dropStrictVowel: 0.4,
  dropWeak: 0.5,
  mixed: 1.1,
  figure: 3,
} as const;
const nearPairs = 'KG SZ TD PB ST ZD ZT HB HP NM BW ZK ZG ZY SH HW SK'.split(' ');

const tables = [false, true].map((strict) => ({
  drop: Int32Array.from(letters, (letter) => toUnits(dropPrice(letter, strict))),
  swap: Int32Array.from({ length: letterCount * letterCount }, (_, index) =>
    toUnits(
      swapPrice(letters[Math.floor(index / letterCount)] ?? '', letters[index % letterCount] ?? '', strict),
    ),
  ),
}));
const [loosePrices, strictPrices] = tables;

export function encodeSound(sound: string): SoundCode {
  const codes = new Uint8Array(sound.length);
  let used = 0;
  for (let index = 0; index < sound.length; index++) {
    const code = codeOfCharacter[sound.charCodeAt(index)] ?? letterCount;
    if (code < letterCount) codes[used++] = code;
  }
  return codes.subarray(0, used);
}

// Consonants that are heard for one another fall together; vowels and y are not kept.
const skeletonLetters = Array.from(letters, (letter) =>
  isVowel(letter) || letter === 'Y'
    ? ''
    : ({ G: 'K', Z: 'S', D: 'T', P: 'B', H: 'B', W: 'B', M: 'N' }[letter] ?? letter),
);

/** The consonants in broad classes: what names are found by. */
export function skeletonOf(sound: SoundCode): string {
  let skeleton = '';
  for (const code of sound) skeleton += skeletonLetters[code] ?? '';
  return skeleton;
}

/** What an exact agreement is worth: the denominator of the distance. */
export function soundWeight(sound: SoundCode): number {
  let weight = 0;
  for (const code of sound) weight += code < 6 ? 0.3 : 1;
  return weight;
}

// One alignment at a time: the rows are kept between calls.
const longestTarget = 120;
const mostWords = 24;
const rows = Array.from({ length: mostWords + 1 }, () => new Int32Array(longestTarget + 1));
const isReached = new Uint8Array(mostWords + 1);
let scratch = new Int32Array(longestTarget + 1);
let spare = new Int32Array(longestTarget + 1);

/** Cheapest way to say all `wordCount` words so that they make up `target`; beyond `limit` the answer is infinite. */
export function soundDistance(
  target: SoundCode,
  sayings: readonly Saying[],
  wordCount: number,
  limit: number,
): number {
  const width = target.length + 1;
  const first = rows[0];
  if (first === undefined || width > longestTarget || wordCount > mostWords) return Number.POSITIVE_INFINITY;
  isReached.fill(0);
  isReached[0] = 1;
  first[0] = 0;
  for (let at = 1; at < width; at++)
    first[at] = (first[at - 1] ?? 0) + (loosePrices?.drop[target[at - 1] ?? 0] ?? soundUnit);
  const limitUnits = limit * soundUnit;
  for (const saying of sayings) {
    const from = rows[saying.from];
    const to = rows[saying.to];
    if (isReached[saying.from] === 0 || from === undefined || to === undefined) continue;
    const after = sayWord(from, target, saying, limitUnits);
    if (after === null) continue;
    if (isReached[saying.to] === 0) {
      isReached[saying.to] = 1;
      for (let at = 0; at < width; at++) to[at] = after[at] ?? 0;
    } else for (let at = 0; at < width; at++) if ((after[at] ?? 0) < (to[at] ?? 0)) to[at] = after[at] ?? 0;
  }
  return isReached[wordCount] === 0
    ? Number.POSITIVE_INFINITY
    : (rows[wordCount]?.[target.length] ?? Number.POSITIVE_INFINITY) / soundUnit;
}

/** Null when every way has become dearer than the limit. */
function sayWord(from: Int32Array, target: SoundCode, saying: Saying, limit: number): Int32Array | null {
  const price = saying.strict ? strictPrices : loosePrices;
  if (price === undefined) return null;
  const { drop, swap } = price;
  const width = target.length + 1;
  const cost = toUnits(saying.cost);
  const { sound } = saying;
  for (let at = 0; at < width; at++) scratch[at] = (from[at] ?? 0) + cost;
  for (let said = 0; said < sound.length; said++) {
    const letter = sound[said] ?? 0;
    const row = scratch;
    const next = spare;
    const dropped = drop[letter] ?? soundUnit;
    const swaps = letter * letterCount;
    let before = (row[0] ?? 0) + dropped;
    let low = before;
    next[0] = before;
    for (let at = 1; at < width; at++) {
      const other = target[at - 1] ?? 0;
      let best = (row[at - 1] ?? 0) + (swap[swaps + other] ?? soundUnit);
      const skipped = (row[at] ?? 0) + dropped;
      if (skipped < best) best = skipped;
      const added = before + (drop[other] ?? soundUnit);
      if (added < best) best = added;
      next[at] = best;
      before = best;
      if (best < low) low = best;
    }
    if (low > limit) return null;
    scratch = next;
    spare = row;
  }
  return scratch;
}

function toUnits(price: number): number {
  return Math.round(price * soundUnit);
}

function isVowel(letter: string): boolean {
  return letter >= 'a';
}

function isFigure(letter: string): boolean {
  return letter >= '0' && letter <= '9';
}

function dropPrice(letter: string, strict: boolean): number {
  if (isFigure(letter)) return prices.figure;
  if (letter === 'y') return prices.dropVowel;
  if (isVowel(letter)) return strict ? prices.dropStrictVowel : prices.dropVowel;
  return 'HWYN'.includes(letter) ? prices.dropWeak : prices.far;
}

function swapPrice(a: string, b: string, strict: boolean): number {
  if (a === b) return 0;
  if (isFigure(a) || isFigure(b)) return prices.figure;
  if (isVowel(a) !== isVowel(b)) return prices.mixed;
  if (isVowel(a)) return strict ? prices.strictVowel : prices.vowel;
  return nearPairs.includes(a + b) || nearPairs.includes(b + a) ? prices.near : prices.far;
}
