import { describe, expect, it } from 'vitest';
import { normaliseCountry } from '#domain/record/country.ts';

describe('normaliseCountry', () => {
  it.each([
    ['US', 'US'],
    ['usa', 'US'],
    ['U.S.A.', 'US'],
    ['United States of America', 'US'],
    ['美國', 'US'],
    ['日本', 'JP'],
    ['ＪＡＰＡＮ', 'JP'],
    ['대한민국', 'KR'],
    ['한국', 'KR'],
    ['Korea, Republic of', 'KR'],
    ['台灣', 'TW'],
    ['臺灣', 'TW'],
    ['Taiwan (R.O.C.)', 'TW'],
    ['P.R. China', 'CN'],
    ['中华人民共和国', 'CN'],
    ['Deutschland', 'DE'],
    ['Österreich', 'AT'],
    ['England', 'GB'],
    ['UK', 'GB'],
    ['Viet Nam', 'VN'],
    ['The Netherlands', 'NL'],
    ['Côte d’Ivoire', 'CI'],
    ['Россия', 'RU'],
    ['840', 'US'],
  ])('reads %s as %s', (text, code) => {
    expect(normaliseCountry(text)).toBe(code);
  });

  it('reads a name beside its code when both mean one country', () => {
    expect(normaliseCountry('Germany (DE)')).toBe('DE');
    expect(normaliseCountry('日本 / Japan')).toBe('JP');
    expect(normaliseCountry('Germany / France')).toBeNull();
  });

  it.each(['', '  ', 'n/a', 'Atlantis', 'EU', 'xx', '-'])('knows no country in %j', (text) => {
    expect(normaliseCountry(text)).toBeNull();
  });

  it('keeps Niger and Nigeria, the two Congos and the two Koreas apart', () => {
    expect(
      ['Niger', 'Nigeria', 'Congo', 'DR Congo', 'North Korea', 'South Korea'].map(normaliseCountry),
    ).toEqual(['NE', 'NG', 'CG', 'CD', 'KP', 'KR']);
  });
});
