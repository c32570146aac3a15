// Check-digit rules of identifiers that stdnum lacks or has outdated. Values come in compact: upper case, no separators.

/** ISO 7064 MOD 97-10, as ISO 17442 asks of a Legal Entity Identifier. */
export function isMod97Valid(compact: string): boolean {
  let remainder = 0;
  for (const character of compact) {
    const value = Number.parseInt(character, 36);
    remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97;
  }
  return remainder === 1;
}

const taiwaneseWeights = [1, 2, 1, 2, 1, 2, 4, 1];

/**
 * Taiwan's unified business number. Since April 2023 the weighted sum has to be divisible by 5 (10 before),
 * because the older numbers were running out; a seventh digit of 7 may count as one less.
 */
export function isTaiwaneseBusinessNumber(digits: string): boolean {
  if (!/^\d{8}$/u.test(digits) || /^(\d)\1+$/u.test(digits)) return false;
  let sum = 0;
  taiwaneseWeights.forEach((weight, position) => {
    const product = weight * Number(digits[position]);
    sum += Math.floor(product / 10) + (product % 10);
  });
  return sum % 5 === 0 || (digits[6] === '7' && (sum + 1) % 5 === 0);
}

/** Korea's corporate registration number (법인등록번호), 13 digits, weights 1 and 2 in turn. */
export function isKoreanCorporateNumber(digits: string): boolean {
  if (!/^\d{13}$/u.test(digits)) return false;
  let sum = 0;
  for (let position = 0; position < 12; position++)
    sum += Number(digits[position]) * (position % 2 === 0 ? 1 : 2);
  return (10 - (sum % 10)) % 10 === Number(digits[12]);
}

/** GS1 check digit, as the New Zealand Business Number uses it. */
export function isGs1Valid(digits: string): boolean {
  if (!/^\d{13}$/u.test(digits)) return false;
  let sum = 0;
  for (let position = 0; position < 13; position++)
    sum += Number(digits[position]) * (position % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}
