// Reads a country however a CRM spells it and answers its ISO 3166-1 alpha-2 code; knows no CRM and no field.
import countries from 'i18n-iso-countries';
import { countryAliases } from './country-aliases.ts';

// Read first to last, the first meaning of a spelling stands: English and the languages of our users before
// the rest, so that a word that names another country in some small locale does not take it over.
const preferredLanguages = [
  'en',
  'ja',
  'ko',
  'zh',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'pl',
  'ru',
  'vi',
  'th',
  'tr',
  'ar',
];
// ICU carries names that i18n-iso-countries lacks, traditional Chinese above all.
const displayLocales = ['zh-Hant', 'zh-Hans', 'zh-Hant-HK', 'ja', 'ko', 'en'];
const remembered = new Map<string, string | null>();
const rememberedLimit = 5_000;

/** ISO 3166-1 alpha-2 of a code (alpha-2, alpha-3, numeric) or a name in about 80 languages; null when unknown. */
export function normaliseCountry(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const code = lookUp(text);
  if (remembered.size >= rememberedLimit) remembered.clear();
  remembered.set(text, code);
  return code;
}

function lookUp(text: string): string | null {
  // A code is taken as written: "n/a" is not Namibia.
  const code = codeTable().get(text.normalize('NFKC').trim().toUpperCase());
  if (code !== undefined) return code;
  const spelled = fold(text);
  if (spelled === '') return null;
  const found = codeBySpelling().get(spelled) ?? codeBySpelling().get(spelled.replace(/^the/u, ''));
  if (found !== undefined) return found;
  // "Germany (DE)", "日本 / Japan", "KR - South Korea": one meaning in all the parts that have one.
  const parts = text.split(/[()（）/|;,，、]|\s-\s/u).filter((part) => fold(part).length > 1);
  if (parts.length < 2) return null;
  const meanings = new Set<string>();
  for (const part of parts) {
    const meant = codeTable().get(part.trim().toUpperCase()) ?? codeBySpelling().get(fold(part));
    if (meant !== undefined) meanings.add(meant);
  }
  const [only] = meanings;
  return meanings.size === 1 && only !== undefined ? only : null;
}

/** Case, width, accents, spaces and punctuation carry no meaning in a country's name. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/&/gu, 'and')
    .replace(/[\s\p{P}\p{S}\p{Cf}]+/gu, '');
}

let codesOnly: ReadonlyMap<string, string> | null = null;
let spellings: ReadonlyMap<string, string> | null = null;

function codeTable(): ReadonlyMap<string, string> {
  codesOnly ??= collectCodes();
  return codesOnly;
}

function codeBySpelling(): ReadonlyMap<string, string> {
  spellings ??= collectSpellings();
  return spellings;
}

function collectCodes(): ReadonlyMap<string, string> {
  // Not ISO, but what the United Kingdom and the European Commission write.
  const found = new Map([
    ['UK', 'GB'],
    ['EL', 'GR'],
  ]);
  for (const [alpha2, alpha3] of Object.entries(countries.getAlpha2Codes())) {
    found.set(alpha2, alpha2).set(alpha3, alpha2);
    const numeric = countries.alpha2ToNumeric(alpha2);
    if (numeric !== undefined) found.set(numeric, alpha2);
  }
  return found;
}

function collectSpellings(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (spelling: string, code: string) => {
    const key = fold(spelling);
    if (key !== '' && !found.has(key)) found.set(key, code);
  };
  for (const [code, names] of Object.entries(countryAliases)) for (const name of names) add(name, code);
  const languages = new Set([...preferredLanguages, ...countries.getSupportedLanguages()]);
  for (const language of languages) {
    const names = countries.getNames(language, { select: 'all' });
    for (const [code, all] of Object.entries(names)) for (const name of all) add(name, code);
  }
  for (const locale of displayLocales) {
    const display = new Intl.DisplayNames([locale], { type: 'region' });
    for (const code of Object.keys(countries.getAlpha2Codes())) add(display.of(code) ?? code, code);
  }
  return found;
}
