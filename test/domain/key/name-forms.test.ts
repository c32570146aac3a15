import { describe, expect, it } from 'vitest';
import { isJunkName } from '#domain/key/name/is-junk-name.ts';
import { readNameForms } from '#domain/key/name/name-forms.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';

const rules = loadKeyRules();
const coreOf = (text: string) => readNameForms(text, rules.legalForms)?.core ?? null;

describe('readNameForms', () => {
  it.each([
    ['㈱トヨタ', 'トヨタ'],
    ['（株）トヨタ', 'トヨタ'],
    ['ﾄﾖﾀ㈱', 'トヨタ'],
    ['トヨタ株式会社', 'トヨタ'],
    ['カブシキガイシャトヨタ', 'トヨタ'],
    ['주식회사 삼성전자', '삼성전자'],
    ['삼성전자(주)', '삼성전자'],
    ['台灣積體電路製造股份有限公司', '台湾积体电路制造'],
    ['鴻海精密工業(股)公司', '鸿海精密工业'],
    ['Müller GmbH & Co. KG', 'muller'],
    ['Foo Sp. z o.o.', 'foo'],
    ['L’Oréal S.A.', 'loreal'],
    ['PT Astra International Tbk', 'astrainternational'],
    ['ООО «Яндекс»', 'яндекс'],
    ['บริษัท ปตท. จำกัด (มหาชน)', 'ปตท'],
    ['Công ty TNHH Samsung', 'samsung'],
    ['The Gap, Inc.', 'gap'],
    ['FOO CORP /DE/', 'foo'],
    ['U.S. Steel Corp.', 'ussteel'],
    ['KT&G', 'ktandg'],
  ])('reads %s as %s', (text, core) => {
    expect(coreOf(text)).toBe(core);
  });

  it.each(['COOP', 'AMBA', 'SE', 'Inc', '株式会社', '公司', 'GmbH & Co. KG', 'Co., Ltd.'])(
    'never strips %s to nothing',
    (text) => {
      expect(coreOf(text)).not.toBe('');
      expect(coreOf(text)).not.toBeNull();
    },
  );

  it('remembers the kind of legal form it took away', () => {
    expect(readNameForms('Acme LP', rules.legalForms)?.kinds).toEqual(['partnership']);
  });

  it('finds no name in punctuation', () => {
    expect(readNameForms(' - ', rules.legalForms)).toBeNull();
  });
});

describe('isJunkName', () => {
  it.each(['N/A', 'self employed', '没有', '個人', '프리랜서', 'xxxx', 'asdf', '해당 없음', '12'])(
    'finds no company in %s',
    (text) => {
      expect(isJunkName(coreOf(text) ?? '', rules.junkNames)).toBe(true);
    },
  );

  it.each(['A-B-C Company', '3M', 'IKEA', '無印良品', 'LG'])('takes %s for a company', (text) => {
    expect(isJunkName(coreOf(text) ?? '', rules.junkNames)).toBe(false);
  });
});
