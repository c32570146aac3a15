// The languages there are. A locale without phrases of its own reads English until they are added here.
import type { Phrases } from './phrases.ts';
import { ENGLISH } from './phrases-en.ts';

const BY_LOCALE: Readonly<Record<string, Phrases>> = { en: ENGLISH };

export function phrasesOf(locale: string): Phrases {
  return BY_LOCALE[locale] ?? ENGLISH;
}
