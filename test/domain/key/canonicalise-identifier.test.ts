import { describe, expect, it } from 'vitest';
import { canonicaliseIdentifier, deriveIdentifiers } from '#domain/key/identifier/canonicalise-identifier.ts';

function canonical(scheme: string, value: string, country: string | null = null): string | null {
  const identifier = canonicaliseIdentifier(scheme, value, country);
  return identifier === null ? null : `${identifier.scheme} ${identifier.value}`;
}

describe('canonicaliseIdentifier', () => {
  it.each([
    ['lei', '5299 00T8BM49AURSDO 55', 'lei 529900T8BM49AURSDO55'],
    ['duns', '15-048-3782', 'duns 150483782'],
    ['jp_corporate_number', '7000012050002', 'jp_corporate_number 7000012050002'],
    ['jp_corporate_number', 'T7000012050002', 'jp_corporate_number 7000012050002'],
    ['jp_corporate_number', '７００００１２０５０００２', 'jp_corporate_number 7000012050002'],
    ['tw_ubn', '22099131', 'tw_ubn 22099131'],
    ['kr_brn', '124-81-00998', 'kr_brn 1248100998'],
    ['cn_uscc', '91110000600037341L', 'cn_uscc 91110000600037341L'],
    ['siren', '732 829 320', 'siren 732829320'],
    ['vat', 'DE 136 695 976', 'vat DE136695976'],
    ['vat', 'EL094259216', 'vat GR094259216'],
    ['vat', 'CHE-107.787.577 IVA', 'vat CH107787577'],
    ['uk_company_number', '445790', 'uk_company_number 00445790'],
    ['uk_company_number', 'sc123456', 'uk_company_number SC123456'],
    ['de_hrb', 'Amtsgericht München, HRB 42243', 'de_register_number HRB 42243 MÜNCHEN'],
    ['us_ein', '12-3456789', 'us_ein 123456789'],
  ])('brings %s %s to %s', (scheme, value, expected) => {
    expect(canonical(scheme, value)).toBe(expected);
  });

  it('takes the country for a VAT number written without its prefix', () => {
    expect(canonical('vat', '136695976', 'DE')).toBe('vat DE136695976');
    expect(canonical('vat', '136695976')).toBeNull();
  });

  it('accepts a Taiwanese number that only the rule of 2023 allows', () => {
    expect(canonical('tw_ubn', '00227087')).toBe('tw_ubn 00227087');
  });

  it.each([
    ['lei', '529900T8BM49AURSDO56'],
    ['jp_corporate_number', '8000012050002'],
    ['tw_ubn', '12345678'],
    ['kr_brn', '124-81-00999'],
    ['duns', '000000000'],
    ['de_hrb', 'HRB 42243'],
    ['region', '7'],
    ['lei', ''],
  ])('refuses %s %s', (scheme, value) => {
    expect(canonical(scheme, value)).toBeNull();
  });

  it.each([
    ['us_ssn', '536-90-4399'],
    ['es_nif', '12345678Z'],
    ['ar_cuit', '20-12345678-6'],
    ['se_orgnr', '670919-9530'],
  ])('never keeps the number of a person: %s %s', (scheme, value) => {
    expect(canonical(scheme, value)).toBeNull();
  });

  it('reads schemes in camel case and by their usual names', () => {
    expect(canonical('jpCorporateNumber', '7000012050002')).toBe('jp_corporate_number 7000012050002');
    expect(canonical('LEI', '529900T8BM49AURSDO55')).toBe('lei 529900T8BM49AURSDO55');
  });

  it('says that a branch number is not the only one of its company', () => {
    expect(canonicaliseIdentifier('siret', '73282932000074')?.exclusive).toBe(false);
    expect(canonicaliseIdentifier('siren', '732829320')?.exclusive).toBe(true);
  });
});

function derived(scheme: string, value: string): string[] {
  const identifier = canonicaliseIdentifier(scheme, value);
  return identifier === null
    ? []
    : deriveIdentifiers(identifier).map((each) => `${each.scheme} ${each.value}`);
}

describe('deriveIdentifiers', () => {
  it('finds the company number inside a branch number and inside a French VAT number', () => {
    expect(derived('siret', '73282932000074')).toContain('siren 732829320');
    expect(derived('vat', 'FR40303265045')).toContain('siren 303265045');
  });
});
