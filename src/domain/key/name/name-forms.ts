// The forms of a company name that are compared. `core` is the name without its legal form; the text itself is not kept.
import { foldHan } from './fold-han.ts';
import { foldName } from './fold-name.ts';
import type { LegalFormRules, LegalKind } from './legal-form-rules.ts';
import { splitLegalForm } from './split-legal-form.ts';

export interface NameForms {
  /** Words of the core, folded. */
  readonly words: readonly string[];
  /** The words without spaces: what "equal names" means. */
  readonly core: string;
  readonly kinds: readonly LegalKind[];
}

/** Null for a text without a single letter or digit. */
export function readNameForms(text: string, rules: LegalFormRules): NameForms | null {
  const { words, kinds } = splitLegalForm(foldName(text), rules);
  if (words.length === 0) return null;
  const folded = words.map(foldHan);
  return { words: folded, core: folded.join(''), kinds };
}
