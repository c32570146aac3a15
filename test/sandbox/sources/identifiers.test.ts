import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { createIdentifiers } from '#sandbox/sources/identifiers.ts';
import { createRandom } from '#sandbox/world/random.ts';

const random = createRandom(5);

describe('createIdentifiers', () => {
  it('gives Japanese companies corporate numbers with the right check digit', () => {
    const numbers = Array.from(
      { length: 300 },
      () => createIdentifiers(random, 'JP').jp_corporate_number ?? '',
    );
    expect(numbers.filter((number) => !stdnum['JP']?.['cn']?.validate(number).isValid)).toEqual([]);
  });

  it('gives Taiwanese companies business numbers that the older rule accepts too', () => {
    const numbers = Array.from({ length: 300 }, () => createIdentifiers(random, 'TW').tw_ubn ?? '');
    expect(numbers.filter((number) => !stdnum['TW']?.['ubn']?.validate(number).isValid)).toEqual([]);
  });

  it('gives legal entity identifiers whose check digits make the number 1 modulo 97', () => {
    const remainders = Array.from({ length: 300 }, () => {
      const { lei } = createIdentifiers(random, 'DE');
      return BigInt(lei.replaceAll(/[A-Z]/gu, (letter) => String(Number.parseInt(letter, 36)))) % 97n;
    });
    expect(new Set(remainders)).toEqual(new Set([1n]));
  });

  it('gives national numbers to companies of that nation only', () => {
    expect(createIdentifiers(random, 'FR')).toMatchObject({ jp_corporate_number: null, tw_ubn: null });
  });
});
