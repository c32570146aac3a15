// Takes a name field apart before it is folded: "Acme (Germany)", "Foo Inc. d/b/a Bar", "豐達科技股份有限公司(原宏達)", "特昇-KY".
// Splits only on marks that mean one thing; everything else stays in the name.
import { normaliseCountry } from '../../record/country.ts';

export interface NameText {
  readonly name: string;
  /** Other names that the field holds: trading and former names. */
  readonly also: readonly string[];
  /** Alpha-2, when the name ends in a country in brackets. */
  readonly country: string | null;
}

const trailingBracket = /^(.*\S)\s*[(（]([^()（）]{1,60})[)）]\s*$/u;
const otherName =
  /^(?:原名?|舊名|旧名?|曾用名|前身|구|formerly(?: known as)?|former|fka|f\/k\/a|previously|ex|aka|a\.k\.a\.|dba|d\/b\/a)[\s:：.]*(.+)$/iu;
const tradingAs =
  /^(.+?\S)[\s,]+(?:d\/b\/a|dba|t\/a|trading as|doing business as|f\/k\/a|fka|formerly known as|formerly|also known as|a\/k\/a)[\s:]+(.+)$/iu;
/** Marks of Taiwan's exchange: foreign company, depositary receipt, innovation board, par value not 10. */
const exchangeMark = /(?:[-－](?:KY|DR|創|创)|\*)+\s*$/u;

export function splitNameText(text: string): NameText {
  let name = exchangeMark.test(text) ? text.replace(exchangeMark, '') : text;
  const also: string[] = [];
  let country: string | null = null;
  const bracket = /[)）]\s*$/u.test(name) ? trailingBracket.exec(name) : null;
  if (bracket?.[1] !== undefined && bracket[2] !== undefined) {
    const other = otherName.exec(bracket[2].trim())?.[1];
    country = normaliseCountry(bracket[2]);
    if (other !== undefined) also.push(other);
    if (other !== undefined || country !== null) name = bracket[1];
  }
  const trading = /\b(?:d\/b\/a|dba|t\/a|f\/k\/a|fka|a\/k\/a|as|formerly)\b/iu.test(name)
    ? tradingAs.exec(name)
    : null;
  if (trading?.[1] !== undefined && trading[2] !== undefined) {
    name = trading[1];
    also.push(trading[2]);
  }
  if (name.trim() === '') name = text;
  const spelledOut = spellOutUmlauts(name);
  if (spelledOut !== name) also.push(spelledOut);
  return { name, also, country };
}

const umlauts: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  å: 'aa',
  Ä: 'AE',
  Ö: 'OE',
  Ü: 'UE',
  Å: 'AA',
};

/** "Müller" is written Muller and Mueller: folding gives the first, this the second. */
function spellOutUmlauts(text: string): string {
  const composed = text.normalize('NFC');
  return composed.replace(/[äöüåÄÖÜÅ]/gu, (letter) => umlauts[letter] ?? letter);
}
