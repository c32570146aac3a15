import { describe, expect, it } from 'vitest';
import { foldHan } from '#domain/key/name/fold-han.ts';

describe('foldHan', () => {
  it.each([
    ['臺灣', '台湾'],
    ['台灣', '台湾'],
    ['髙島屋', '高島屋'],
    ['広島', '廣島'],
    ['渡邉', '渡辺'],
    ['豊田', '豐田'],
  ])('makes %s and %s one', (a, b) => {
    expect(foldHan(a)).toBe(foldHan(b));
  });

  it('leaves kana, Hangul and Latin as they are', () => {
    expect(foldHan('トヨタ 삼성 acme')).toBe('トヨタ 삼성 acme');
  });
});
