// What our fields are called, and what they say of themselves, in languages other than English. Values of picklists are the
// same everywhere: mappings and people's list views name them.
import type { CrmObject } from '#domain/record/objects.ts';
import { JAPANESE_FIELDS } from './words-ja.ts';
import { KOREAN_FIELDS } from './words-ko.ts';
import { SIMPLIFIED_CHINESE_FIELDS } from './words-zh-cn.ts';
import { TRADITIONAL_CHINESE_FIELDS } from './words-zh-tw.ts';

export interface FieldWords {
  readonly label: string;
  readonly description: string;
}

/** By object, then by canonical name. A field without an entry keeps its English words. */
export type WordsOfFields = Readonly<Partial<Record<CrmObject, Readonly<Record<string, FieldWords>>>>>;

export const FIELD_WORDS: Readonly<Record<string, WordsOfFields>> = {
  ja: JAPANESE_FIELDS,
  ko: KOREAN_FIELDS,
  'zh-CN': SIMPLIFIED_CHINESE_FIELDS,
  'zh-TW': TRADITIONAL_CHINESE_FIELDS,
};

export function fieldWords(locale: string, object: CrmObject, name: string): FieldWords | null {
  return FIELD_WORDS[locale]?.[object]?.[name] ?? null;
}
