// Skeletons (the consonants of a sound) as numbers whose order is the order of skeletons: a beginning is a range of numbers.

const letters = 'BKNRST0123456789';
export const skeletonBase = letters.length + 1;
/** How much of a name's beginning is looked up. */
export const openingLength = 6;
/** 17^10 is far below 2^53: ten consonants make one exact number. */
const fullLength = 10;
export const openingKeys = skeletonBase ** openingLength;

export function fullSkeletonKey(skeleton: string): number {
  return keyOf(skeleton, fullLength);
}

export function openingKeyOf(skeleton: string): number {
  return keyOf(skeleton, openingLength);
}

/** The first letters of a full key. */
export function openingOfFullKey(key: number): number {
  return Math.floor(key / skeletonBase ** (fullLength - openingLength));
}

/** Consonants in an opening's key: padding is zeros at its end. */
export function lengthOfOpening(key: number): number {
  let length = openingLength;
  for (let rest = key; length > 0 && rest % skeletonBase === 0; rest /= skeletonBase) length--;
  return length;
}

function keyOf(skeleton: string, length: number): number {
  let key = 0;
  for (let index = 0; index < length; index++) {
    const letter = index < skeleton.length ? letters.indexOf(skeleton[index] ?? '') + 1 : 0;
    key = key * skeletonBase + letter;
  }
  return key;
}
