// The shape of the legal-form list (mappings/keys/legal-forms.yaml), arranged so that a name is stripped in a few look-ups.

export const legalKinds = ['stock', 'limited', 'partnership', 'association', 'branch'] as const;
export type LegalKind = (typeof legalKinds)[number];

export interface LegalForm {
  readonly kind: LegalKind;
  /** Words in order for a spaced form; one item for a joined form. */
  readonly words: readonly string[];
}

export interface LegalFormRules {
  /** Spaced forms by their last word, longest first. */
  readonly endingByLastWord: ReadonlyMap<string, readonly LegalForm[]>;
  /** Spaced forms by their first word, longest first. */
  readonly leadingByFirstWord: ReadonlyMap<string, readonly LegalForm[]>;
  /** Joined forms by their last and by their first character, longest first. */
  readonly joinedByLastCharacter: ReadonlyMap<string, readonly LegalForm[]>;
  readonly joinedByFirstCharacter: ReadonlyMap<string, readonly LegalForm[]>;
  /** What stands between brackets as an abbreviation: 株 of (株). */
  readonly bracketed: ReadonlyMap<string, LegalKind>;
}

export interface LegalFormEntry {
  readonly kind: LegalKind;
  readonly ending: readonly string[];
  readonly leading: readonly string[];
  readonly joined: readonly string[];
}

/** Arranges the list. Spellings are expected as the data file has them: lower case, no dots. */
export function arrangeLegalForms(entries: readonly LegalFormEntry[]): LegalFormRules {
  const endingByLastWord = new Map<string, LegalForm[]>();
  const leadingByFirstWord = new Map<string, LegalForm[]>();
  const joinedByLastCharacter = new Map<string, LegalForm[]>();
  const joinedByFirstCharacter = new Map<string, LegalForm[]>();
  const bracketed = new Map<string, LegalKind>();
  for (const { kind, ending, leading, joined } of entries) {
    for (const text of ending)
      file(endingByLastWord, text.split(' ').at(-1), { kind, words: text.split(' ') });
    for (const text of leading)
      file(leadingByFirstWord, text.split(' ')[0], { kind, words: text.split(' ') });
    for (const text of joined) {
      const abbreviation = /^\(?([^()]{1,2})\)$/u.exec(text)?.[1];
      if (abbreviation === undefined) {
        file(joinedByLastCharacter, Array.from(text).at(-1), { kind, words: [text] });
        file(joinedByFirstCharacter, Array.from(text)[0], { kind, words: [text] });
      } else bracketed.set(abbreviation, kind);
    }
  }
  for (const map of [endingByLastWord, leadingByFirstWord, joinedByLastCharacter, joinedByFirstCharacter]) {
    for (const forms of map.values())
      forms.sort((a, b) => b.words.join(' ').length - a.words.join(' ').length);
  }
  return { endingByLastWord, leadingByFirstWord, joinedByLastCharacter, joinedByFirstCharacter, bracketed };
}

function file(map: Map<string, LegalForm[]>, key: string | undefined, form: LegalForm): void {
  if (key === undefined || key === '') return;
  const forms = map.get(key);
  if (forms === undefined) map.set(key, [form]);
  else forms.push(form);
}
