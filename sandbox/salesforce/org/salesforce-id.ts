// Salesforce record ids: 15 case-sensitive characters, or 18 with a suffix that stores the case of the first 15.
// Knows nothing of records; source: object_reference "Frequently-Occurring Fields, Id".

const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** In ASCII order, so that ids minted later also sort later. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_PATTERN = /^(?:[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/;
const POD = '5g0';
const COUNTER_LENGTH = 9;

const isUpperCase = (character: string): boolean => character >= 'A' && character <= 'Z';

const suffixOf = (id15: string): string => {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk += 1) {
    let bits = 0;
    for (let index = 0; index < 5; index += 1) {
      if (isUpperCase(id15.charAt(chunk * 5 + index))) bits |= 1 << index;
    }
    suffix += SUFFIX_ALPHABET.charAt(bits);
  }
  return suffix;
};

// An 18-character id survives tools that lose case: the suffix says which letters were capitals.
const restoreCase = (id18: string): string | null => {
  let restored = '';
  for (let chunk = 0; chunk < 3; chunk += 1) {
    const bits = SUFFIX_ALPHABET.indexOf(id18.charAt(15 + chunk).toUpperCase());
    if (bits === -1) return null;
    for (let index = 0; index < 5; index += 1) {
      const character = id18.charAt(chunk * 5 + index);
      restored += (bits >> index) & 1 ? character.toUpperCase() : character.toLowerCase();
    }
  }
  return restored;
};

/** The 18-character form of a well-formed id of either length, else null. It may belong to no record. */
export const parseId = (text: string): string | null => {
  if (!ID_PATTERN.test(text)) return null;
  if (text.length === 15) return text + suffixOf(text);
  const id15 = restoreCase(text);
  if (id15 === null) return null;
  const id18 = id15 + suffixOf(id15);
  return id18.toLowerCase() === text.toLowerCase() ? id18 : null;
};

export const toShortId = (id18: string): string => id18.slice(0, 15);

export const keyPrefixOf = (id: string): string => id.slice(0, 3);

/** Deterministic ids: the same calls give the same ids in every run. */
export const createIdMint = (): ((keyPrefix: string) => string) => {
  const counters = new Map<string, number>();
  return (keyPrefix) => {
    // Starts high enough for the counter to hold capitals and small letters from the first id on.
    const counter = (counters.get(keyPrefix) ?? 2_500_000) + 1;
    counters.set(keyPrefix, counter);
    let rest = counter;
    let encoded = '';
    for (let index = 0; index < COUNTER_LENGTH; index += 1) {
      encoded = DIGITS.charAt(rest % DIGITS.length) + encoded;
      rest = Math.floor(rest / DIGITS.length);
    }
    const id15 = `${keyPrefix}${POD}${encoded}`;
    return id15 + suffixOf(id15);
  };
};
