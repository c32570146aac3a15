// Record ids in their 18-character form, which stays unique when a tool ignores case. Knows no object.

const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

export const isSalesforceId = (text: string): boolean => ID.test(text);

/**
 * Adds the three characters that say which of the fifteen are capitals; an id of 18 characters has its suffix written anew,
 * so that two spellings of one id are equal. Text that is no id is given back as it is.
 */
export const toLongId = (id: string): string => {
  if (!isSalesforceId(id)) return id;
  const base = id.slice(0, 15);
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let index = 0; index < 5; index += 1) {
      const character = base.charAt(start + index);
      if (character >= 'A' && character <= 'Z') bits += 2 ** index;
    }
    suffix += SUFFIX_ALPHABET.charAt(bits);
  }
  return base + suffix;
};
