// Invents a company's name in the script and with the legal form of its country.
// Which accounts carry the name, and how people misspell it, is decided elsewhere.
import type { Country, Speech } from './countries.ts';
import {
  type Industry,
  LATIN_INDUSTRY_WORDS,
  type LatinSpeech,
  SPELLED_INDUSTRY_WORDS,
  type SpelledWord,
} from './industries.ts';
import {
  CHINESE_PARTS,
  CHINESE_PLACES,
  JAPANESE_PARTS,
  KOREAN_STARTS,
  KOREAN_WORDS,
  PLAIN_NAMES,
  REAL_STEMS,
  STEM_ENDS,
  STEM_MIDDLES,
  STEM_STARTS,
} from './name-parts.ts';
import type { Random } from './random.ts';

export interface CompanyName {
  /** Without the legal form, in the company's own script. */
  readonly base: string;
  /** As registered. */
  readonly legal: string;
  /** As its English letterhead has it; the same as `legal` in Latin scripts. */
  readonly english: string;
  /** What its domain is made of, and what subsidiaries share: ASCII, lower case. */
  readonly stem: string;
  /** The rest of the domain's own label: ASCII, lower case. */
  readonly trade: string;
  readonly script: 'latin' | 'japanese' | 'korean' | 'chinese';
}

const LATIN_FORMS: Readonly<Record<string, readonly string[]>> = {
  US: ['Inc.', 'LLC', 'Corp.', 'Inc.', 'Co.'],
  CA: ['Inc.', 'Ltd.', 'Corp.'],
  GB: ['Ltd', 'Limited', 'PLC', 'LLP'],
  DE: ['GmbH', 'GmbH & Co. KG', 'AG', 'KG', 'SE', 'e.K.'],
  AT: ['GmbH', 'AG', 'Ges.m.b.H.'],
  CH: ['AG', 'GmbH', 'SA'],
  FR: ['SAS', 'S.A.', 'SARL', 'SA'],
  BE: ['SA', 'SRL', 'NV'],
  ES: ['S.L.', 'S.A.', 'S.L.U.'],
  MX: ['S.A. de C.V.', 'S. de R.L. de C.V.'],
  IT: ['S.p.A.', 'S.r.l.', 'S.a.s.'],
  NL: ['B.V.', 'N.V.', 'BV'],
  SE: ['AB', 'AB (publ)'],
  BR: ['Ltda', 'Ltda.', 'S.A.'],
  IN: ['Pvt. Ltd.', 'Private Limited', 'Ltd'],
  SG: ['Pte. Ltd.', 'Pte Ltd'],
  AU: ['Pty Ltd', 'Pty. Ltd.'],
};

/** With a stem given, a name of the same family: subsidiaries share their parent's. */
export const createCompanyName = (
  random: Random,
  country: Country,
  industry: Industry,
  familyStem?: string,
): CompanyName => {
  for (;;) {
    const name = drawName(random, country, industry, familyStem);
    if (!REAL_STEMS.has(name.stem)) return name;
  }
};

const drawName = (
  random: Random,
  country: Country,
  industry: Industry,
  familyStem: string | undefined,
): CompanyName => {
  const { speech } = country;
  if (familyStem === undefined) {
    if (speech === 'ja') return createJapaneseName(random, industry);
    if (speech === 'ko') return createKoreanName(random, industry);
    if (speech === 'zh-Hans' || speech === 'zh-Hant') return createChineseName(random, speech, industry);
  }
  return createLatinName(random, country, industry, familyStem);
};

const isLatin = (speech: Speech): speech is LatinSpeech => speech in LATIN_INDUSTRY_WORDS;

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** ASCII letters only, lower case: what survives of a word in a domain or an e-mail address. */
export const toAscii = (text: string): string =>
  text
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, '');

const createLatinName = (
  random: Random,
  country: Country,
  industry: Industry,
  familyStem: string | undefined,
): CompanyName => {
  const speech = isLatin(country.speech) ? country.speech : 'en';
  const form = random.pick(LATIN_FORMS[country.iso] ?? ['Co., Ltd.']);
  if (familyStem === undefined && speech === 'en' && random.chance(0.012)) {
    const base = random.pick(PLAIN_NAMES);
    const legal = `${base} ${form}`;
    // Nothing in the name tells one from the other: only the domain's town does.
    const stem = toAscii(base.replaceAll(' ', ''));
    return {
      base,
      legal,
      english: legal,
      stem,
      trade: toAscii(random.pick(country.cities)),
      script: 'latin',
    };
  }
  const stem =
    familyStem ??
    `${random.pick(STEM_STARTS)}${random.pick(STEM_MIDDLES)}${random.pick(STEM_ENDS)}`.toLowerCase();
  const trade = random.pick(LATIN_INDUSTRY_WORDS[speech][industry]);
  // Romance languages put the trade first, as often as not.
  const tradeFirst = ['fr', 'es', 'it', 'pt'].includes(speech) && random.chance(0.5);
  const coined = random.chance(0.06) && speech === 'en' ? `${capitalise(stem)} & Sons` : capitalise(stem);
  const base = tradeFirst ? `${trade} ${coined}` : `${coined} ${trade}`;
  const separator = ['es', 'en'].includes(speech) && random.chance(0.4) ? ', ' : ' ';
  const legal = `${base}${separator}${form}`;
  return { base, legal, english: legal, stem, trade: toAscii(trade), script: 'latin' };
};

const spell = (random: Random, industry: Industry, speech: Exclude<Speech, LatinSpeech>): SpelledWord =>
  random.pick(SPELLED_INDUSTRY_WORDS[speech][industry]);

const createJapaneseName = (random: Random, industry: Industry): CompanyName => {
  const first = random.pick(JAPANESE_PARTS);
  const second = random.pick(JAPANESE_PARTS);
  const trade = spell(random, industry, 'ja');
  const stem = first.latin + second.latin;
  const base = `${first.text}${second.text}${trade.text}`;
  const form = random.weighted([
    ['株式会社', 9],
    ['有限会社', 1],
    ['合同会社', 1],
  ]);
  const legal = random.chance(0.55) ? `${form}${base}` : `${base}${form}`;
  const english = `${capitalise(stem)} ${capitalise(trade.latin)} ${random.pick(['Co., Ltd.', 'Corporation', 'K.K.'])}`;
  return { base, legal, english, stem, trade: trade.latin, script: 'japanese' };
};

const createKoreanName = (random: Random, industry: Industry): CompanyName => {
  const start = random.chance(0.6) ? random.pick(KOREAN_STARTS) : { text: '', latin: '' };
  const word = random.pick(KOREAN_WORDS);
  const trade = spell(random, industry, 'ko');
  const stem = start.latin + word.latin;
  const base = `${start.text}${word.text}${trade.text}`;
  const legal = random.weighted([
    [`주식회사 ${base}`, 4],
    [`(주)${base}`, 4],
    [`${base} 주식회사`, 2],
    [`㈜${base}`, 1],
  ]);
  const english = `${capitalise(stem)} ${capitalise(trade.latin)} Co., Ltd.`;
  return { base, legal, english, stem, trade: trade.latin, script: 'korean' };
};

const createChineseName = (
  random: Random,
  speech: 'zh-Hans' | 'zh-Hant',
  industry: Industry,
): CompanyName => {
  const isSimplified = speech === 'zh-Hans';
  const parts = [random.pick(CHINESE_PARTS), random.pick(CHINESE_PARTS)];
  const trade = spell(random, industry, speech);
  const place = random.pick(CHINESE_PLACES);
  const stem = parts.map((part) => part.latin).join('');
  const brand = parts.map((part) => (isSimplified ? part.hans : part.hant)).join('');
  const base = isSimplified ? `${place.text}${brand}${trade.text}` : `${brand}${trade.text}`;
  const form = isSimplified
    ? random.weighted([
        ['有限公司', 6],
        ['股份有限公司', 2],
        ['有限责任公司', 1],
      ])
    : random.weighted([
        ['股份有限公司', 6],
        ['有限公司', 3],
      ]);
  const english = `${isSimplified ? `${capitalise(place.latin)} ` : ''}${capitalise(stem)} ${capitalise(trade.latin)} Co., Ltd.`;
  return { base, legal: `${base}${form}`, english, stem, trade: trade.latin, script: 'chinese' };
};
