import { describe, expect, it } from 'vitest';
import { splitNameText } from '#domain/key/name/split-name-text.ts';

describe('splitNameText', () => {
  it('takes a country in brackets for the country', () => {
    expect(splitNameText('Acme (Germany)')).toEqual({ name: 'Acme', also: [], country: 'DE' });
    expect(splitNameText('Acme (Robotics)')).toEqual({ name: 'Acme (Robotics)', also: [], country: null });
  });

  it.each([
    ['Foo Inc. d/b/a Bar', 'Foo Inc.', ['Bar']],
    ['Meta (formerly Facebook)', 'Meta', ['Facebook']],
    ['甲乙股份有限公司(原丙丁)', '甲乙股份有限公司', ['丙丁']],
    ['Müller GmbH', 'Müller GmbH', ['Mueller GmbH']],
  ])('finds the other names in %s', (text, name, also) => {
    expect(splitNameText(text)).toEqual({ name, also, country: null });
  });

  it.each([
    ['甲乙-KY', '甲乙'],
    ['甲乙*', '甲乙'],
    ['甲乙-創', '甲乙'],
  ])('drops the mark of the exchange from %s', (text, name) => {
    expect(splitNameText(text).name).toBe(name);
  });

  it('leaves a legal form in brackets where it is', () => {
    expect(splitNameText('삼성전자(주)').name).toBe('삼성전자(주)');
    expect(splitNameText('トヨタ（株）').name).toBe('トヨタ（株）');
  });
});
