// Company identifiers with right check digits, decided by the company's label alone.
// Invented like everything here: that a number is well-formed doesn't mean that nobody has it.
import type { Random } from '#sandbox/world/random.ts';

export interface Identifiers {
  readonly duns: string;
  readonly lei: string;
  /** Japanese companies only. */
  readonly jp_corporate_number: string | null;
  /** Taiwanese companies only. */
  readonly tw_ubn: string | null;
}

export const createIdentifiers = (random: Random, country: string): Identifiers => ({
  duns: digits(random, 9),
  lei: createLei(random),
  jp_corporate_number: country === 'JP' ? createCorporateNumber(random) : null,
  tw_ubn: country === 'TW' ? createUnifiedBusinessNumber(random) : null,
});

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.int(0, 9)).join('');

const LEI_CHARACTERS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'.split('');

/** ISO 17442: 18 characters and two check digits by ISO 7064 MOD 97-10. */
const createLei = (random: Random): string => {
  const body = `9845${Array.from({ length: 14 }, () => random.pick(LEI_CHARACTERS)).join('')}`;
  const asNumber = `${body}00`.replaceAll(/[A-Z]/gu, (letter) => String(Number.parseInt(letter, 36)));
  return body + String(98n - (BigInt(asNumber) % 97n)).padStart(2, '0');
};

/** 12 digits behind a check digit: 9 minus the sum of digits weighted 1 and 2 from the right, modulo 9. */
const createCorporateNumber = (random: Random): string => {
  const body = `${random.int(1, 9)}${digits(random, 11)}`;
  const sum = body
    .split('')
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2), 0);
  return `${9 - (sum % 9)}${body}`;
};

/** Eight digits whose weighted digit sums add up to a multiple of 10, which the older and the newer rule accept. */
const createUnifiedBusinessNumber = (random: Random): string => {
  const weights = [1, 2, 1, 2, 1, 2, 4, 1];
  for (;;) {
    // A seventh digit of 7 has a rule of its own; it is left out.
    const number = `${digits(random, 6)}${random.int(0, 6)}${random.int(0, 9)}`;
    const sum = weights.reduce((total, weight, at) => {
      const product = weight * Number(number[at]);
      return total + Math.floor(product / 10) + (product % 10);
    }, 0);
    if (sum % 10 === 0) return number;
  }
};
