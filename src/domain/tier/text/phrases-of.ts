// The languages there are, by the workspace's `locale`.
import type { Phrases } from './phrases.ts';
import { ENGLISH } from './phrases-en.ts';
import { JAPANESE } from './phrases-ja.ts';
import { KOREAN } from './phrases-ko.ts';
import { SIMPLIFIED_CHINESE } from './phrases-zh-cn.ts';
import { TRADITIONAL_CHINESE } from './phrases-zh-tw.ts';

const BY_LOCALE: Readonly<Record<string, Phrases>> = {
  en: ENGLISH,
  ja: JAPANESE,
  ko: KOREAN,
  'zh-CN': SIMPLIFIED_CHINESE,
  'zh-TW': TRADITIONAL_CHINESE,
};

/** A workspace has one of these; English for anything else. */
export function phrasesOf(locale: string): Phrases {
  return BY_LOCALE[locale] ?? ENGLISH;
}
