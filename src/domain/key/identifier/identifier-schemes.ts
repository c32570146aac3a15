// The identifier schemes we know: who issues them, how a value is checked, whether a company can have only one.
import { stdnum } from 'stdnum';
import {
  isGs1Valid,
  isKoreanCorporateNumber,
  isMod97Valid,
  isTaiwaneseBusinessNumber,
} from './check-digits.ts';

export interface IdentifierScheme {
  /** Other spellings of the scheme's name, in snake case. */
  readonly aliases?: readonly string[];
  /** A company has one value at a time, so two values mean two companies. */
  readonly exclusive: boolean;
  /** The canonical value, or null when the value is not one of this scheme or belongs to a natural person. */
  readonly canonicalise: (text: string) => string | null;
}

function compact(text: string): string {
  return text.toUpperCase().replace(/[\s\p{P}\p{S}\p{Cf}]+/gu, '');
}

/** No check digit is published: the shape is all there is, and a run of one digit is a filler. */
function shaped(shape: RegExp): IdentifierScheme['canonicalise'] {
  return (text) => {
    const value = compact(text);
    return shape.test(value) && !/^(.)\1*$/u.test(value) ? value : null;
  };
}

function checked(isValid: (value: string) => boolean, prefix?: RegExp): IdentifierScheme['canonicalise'] {
  return (text) => {
    const value = prefix === undefined ? compact(text) : compact(text).replace(prefix, '');
    return isValid(value) ? value : null;
  };
}

/** stdnum's check; a number that can only be a person's is refused, since we never store one. */
export function byStdnum(country: string, validator: string): IdentifierScheme['canonicalise'] {
  const check = stdnum[country]?.[validator];
  if (check === undefined) throw new TypeError(`stdnum has no ${country}.${validator}`);
  return (text) => {
    const result = check.validate(text.normalize('NFKC').trim());
    if (!result.isValid || (result.isIndividual && !result.isCompany)) return null;
    return /^0+$/u.test(result.compact) ? null : result.compact;
  };
}

function national(country: string, validator: string, ...aliases: string[]): IdentifierScheme {
  return { aliases, exclusive: true, canonicalise: byStdnum(country, validator) };
}

const japaneseCorporateNumber = byStdnum('JP', 'cn');
const swedishNumber = byStdnum('SE', 'orgnr');
const czechNumber = byStdnum('CZ', 'dic');

function companyOnly(value: string | null, isCompany: (value: string) => boolean): string | null {
  return value !== null && isCompany(value) ? value : null;
}

export const identifierSchemes: Readonly<Record<string, IdentifierScheme>> = {
  lei: {
    aliases: ['lei_code', 'legal_entity_identifier'],
    exclusive: true,
    canonicalise: checked((value) => /^[0-9A-Z]{18}\d{2}$/u.test(value) && isMod97Valid(value)),
  },
  // D&B gave up the check digit in 2006.
  duns: {
    aliases: ['duns_number', 'd_u_n_s', 'dnb_duns'],
    exclusive: true,
    canonicalise: shaped(/^\d{9}$/u),
  },
  // SAM.gov: twelve characters without I and O, first not 0; the checksum rule is not published.
  uei: {
    aliases: ['us_uei', 'sam_uei'],
    exclusive: true,
    canonicalise: shaped(/^[1-9A-HJ-NP-Z][0-9A-HJ-NP-Z]{11}$/u),
  },
  jp_corporate_number: {
    aliases: ['corporate_number', 'houjin_bangou', 'hojin_bango', 'jp_cn', 'jp_invoice_number'],
    exclusive: true,
    // An invoice registration number of a company is T and its corporate number.
    canonicalise: (text) => japaneseCorporateNumber(compact(text).replace(/^T(?=\d{13}$)/u, '')),
  },
  tw_ubn: {
    aliases: ['ubn', 'tw_ban', 'unified_business_number', 'tw_gui'],
    exclusive: true,
    canonicalise: checked(isTaiwaneseBusinessNumber, /^TW/u),
  },
  kr_brn: national('KR', 'brn', 'brn', 'business_registration_number'),
  kr_corporate_number: {
    aliases: ['kr_crn', 'kr_corporate_registration_number'],
    exclusive: true,
    // A resident's number has 13 digits too: one that passes as such is refused.
    canonicalise: checked(
      (value) => isKoreanCorporateNumber(value) && stdnum['KR']?.['rrn']?.validate(value).isValid !== true,
    ),
  },
  cn_uscc: national('CN', 'uscc', 'uscc', 'unified_social_credit_code'),
  siren: national('FR', 'siren', 'fr_siren'),
  siret: { aliases: ['fr_siret'], exclusive: false, canonicalise: byStdnum('FR', 'siret') },
  us_ein: national('US', 'ein', 'ein', 'fein'),
  us_cik: {
    aliases: ['cik', 'sec_cik'],
    exclusive: true,
    canonicalise: (text) =>
      /^\d{1,10}$/u.test(compact(text)) ? compact(text).replace(/^0+/u, '') || null : null,
  },
  uk_company_number: {
    aliases: ['crn', 'gb_company_number', 'companies_house_number', 'uk_crn', 'company_number'],
    exclusive: true,
    canonicalise: (text) => {
      const value = compact(text).replace(/^(?:GB|UK)(?=\d{6,8}$)/u, '');
      const padded = /^\d{5,7}$/u.test(value) ? value.padStart(8, '0') : value;
      return /^(?:\d{8}|[A-Z]{2}\d{6}|R\d{7})$/u.test(padded) && !/^0+$/u.test(padded) ? padded : null;
    },
  },
  de_register_number: {
    aliases: ['de_hrb', 'hrb', 'de_hra', 'handelsregister', 'handelsregisternummer'],
    exclusive: true,
    canonicalise: canonicaliseGermanRegisterNumber,
  },
  nl_kvk: { aliases: ['kvk', 'kvk_number'], exclusive: true, canonicalise: shaped(/^\d{8}$/u) },
  nz_nzbn: {
    aliases: ['nzbn'],
    exclusive: true,
    canonicalise: checked((value) => value.startsWith('94') && isGs1Valid(value)),
  },
  in_cin: {
    aliases: ['cin'],
    exclusive: true,
    canonicalise: shaped(/^[LU]\d{5}[A-Z]{2}\d{4}[A-Z]{3}\d{6}$/u),
  },
  // One GSTIN a state: several of one company are normal.
  in_gstin: { aliases: ['gstin'], exclusive: false, canonicalise: byStdnum('IN', 'gstin') },
  ar_cuit: national('AR', 'cuit', 'cuit'),
  at_company_number: national('AT', 'businessid', 'firmenbuchnummer', 'at_fn'),
  au_abn: national('AU', 'abn', 'abn'),
  au_acn: national('AU', 'acn', 'acn'),
  be_enterprise_number: national('BE', 'vat', 'kbo', 'bce', 'be_kbo'),
  bg_uic: national('BG', 'vat', 'uic', 'bulstat'),
  br_cnpj: national('BR', 'cnpj', 'cnpj'),
  ca_bn: national('CA', 'bn', 'canada_bn'),
  ch_uid: national('CH', 'uid', 'uid_ch'),
  cl_rut: national('CL', 'rut'),
  co_nit: national('CO', 'nit'),
  cz_ico: {
    aliases: ['ico'],
    exclusive: true,
    // Nine and ten digits are birth numbers of traders.
    canonicalise: (text) => companyOnly(czechNumber(text), (value) => value.length === 8),
  },
  dk_cvr: national('DK', 'cvr', 'cvr'),
  ee_registrikood: national('EE', 'registrikood'),
  es_cif: national('ES', 'cif', 'cif', 'es_nif'),
  fi_ytunnus: national('FI', 'ytunnus', 'y_tunnus', 'fi_business_id'),
  hu_anum: national('HU', 'anum'),
  id_npwp: national('ID', 'npwp', 'npwp'),
  ie_vat: national('IE', 'vat'),
  il_hp: national('IL', 'hp'),
  it_partita_iva: national('IT', 'iva', 'partita_iva', 'piva'),
  lt_pvm: national('LT', 'pvm'),
  lu_tva: national('LU', 'tva'),
  lv_pvn: national('LV', 'pvn'),
  mx_rfc: national('MX', 'rfc', 'rfc'),
  no_orgnr: national('NO', 'orgnr', 'orgnr', 'no_org_number'),
  pe_ruc: national('PE', 'ruc'),
  pl_nip: national('PL', 'nip', 'nip'),
  pl_regon: national('PL', 'regon', 'regon'),
  pl_krs: { aliases: ['krs'], exclusive: true, canonicalise: shaped(/^\d{10}$/u) },
  pt_nipc: national('PT', 'nif', 'nipc'),
  ro_cui: national('RO', 'cui', 'cui'),
  ru_inn: national('RU', 'inn', 'inn'),
  se_orgnr: {
    aliases: ['organisationsnummer'],
    exclusive: true,
    // A sole trader's number is a personal number: its third digit begins a month and is below 2.
    canonicalise: (text) => companyOnly(swedishNumber(text), (value) => Number(value[2]) >= 2),
  },
  sg_uen: national('SG', 'uen', 'uen'),
  si_ddv: national('SI', 'ddv'),
  sk_dph: national('SK', 'dph'),
  th_tin: national('TH', 'moa', 'th_juristic_id'),
  tr_vkn: national('TR', 'vkn', 'vkn'),
  ua_edrpou: national('UA', 'edrpou', 'edrpou'),
  vn_mst: national('VN', 'mst', 'mst'),
};

/** "HRB 42243 München", "Amtsgericht München, HRB 42243": without the court the number is not unique. */
function canonicaliseGermanRegisterNumber(text: string): string | null {
  const upper = text.normalize('NFKC').toUpperCase();
  const number = /\b(HR[AB]|GNR|PR|VR)\s*[-:.]?\s*(\d{1,7})\s*([A-Z]{1,2}(?!\p{L}))?/u.exec(upper);
  if (number === null) return null;
  const court = upper
    .replace(number[0], ' ')
    .replace(/AMTSGERICHT|HANDELSREGISTER|\bAG\b|[^\p{L}]+/gu, ' ')
    .trim();
  if (court === '') return null;
  return `${number[1]} ${Number(number[2])}${number[3] ?? ''} ${court.replace(/\s+/gu, ' ')}`;
}
