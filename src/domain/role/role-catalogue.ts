// What the catalogue of buying roles holds: kinds of words, language by language, and the rules that read them.
import type { BuyingRole, TitleRole } from './buying-role.ts';

/** What a person works on. `business` is any function that decides nothing by itself, such as sales. */
export const FUNCTIONS = [
  'gatekeeper',
  'legal',
  'security',
  'procurement',
  'it',
  'finance',
  'business',
] as const;
type TitleFunction = (typeof FUNCTIONS)[number];

/** Highest first. */
export const LEVELS = ['chief', 'vice', 'director', 'manager', 'staff'] as const;
export type TitleLevel = (typeof LEVELS)[number];

/** A deputy turns a chief beside it into a vice; `other` words mean nothing and only hide shorter ones. */
export const WORD_KINDS = [...FUNCTIONS, ...LEVELS, 'deputy', 'other'] as const;
export type WordKind = (typeof WORD_KINDS)[number];

export const SCRIPTS = ['latin', 'kana', 'hangul', 'han'] as const;
export type Script = (typeof SCRIPTS)[number];

export interface WordList {
  readonly kind: WordKind;
  /** Words with several meanings: whatever they decide is unsure. */
  readonly isUnsure: boolean;
  readonly words: readonly string[];
}

export interface TitleLanguage {
  readonly name: string;
  readonly script: Script;
  /** Characters that only this language of those sharing the script uses. */
  readonly telling: string;
  readonly lists: readonly WordList[];
}

/** Holds when one of `any` is in the title and its highest level is one of `level`; what is null isn't asked. */
export interface RoleRule {
  readonly any: readonly TitleFunction[] | null;
  readonly level: readonly TitleLevel[] | null;
  readonly role: TitleRole;
}

interface RoleConfidence {
  /** Every word is understood. */
  readonly clear: number;
  /** A word is left that might have changed the answer. */
  readonly partial: number;
  /** The deciding word has several meanings. */
  readonly unsure: number;
  /** Nothing is understood. */
  readonly none: number;
}

export interface RoleCatalogue {
  readonly version: string;
  /** Whole titles, folded, that need no rule. */
  readonly titles: ReadonlyMap<string, TitleRole>;
  /** First that holds decides. */
  readonly rules: readonly RoleRule[];
  readonly confidence: RoleConfidence;
  readonly languages: readonly TitleLanguage[];
  /** CRM → folded value of its own role field → our role; null for values that say nothing. */
  readonly crmRoles: ReadonlyMap<string, ReadonlyMap<string, BuyingRole | null>>;
}
