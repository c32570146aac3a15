// Splits the legal form off a folded name, at both ends and as often as one stands there, but never to nothing.
import type { LegalForm, LegalFormRules, LegalKind } from './legal-form-rules.ts';

export interface SplitName {
  /** The words that are left, at least one when the name had any. */
  readonly words: readonly string[];
  readonly kinds: readonly LegalKind[];
}

export function splitLegalForm(folded: string, rules: LegalFormRules): SplitName {
  const kinds: LegalKind[] = [];
  let words = readBrackets(
    folded.split(' ').filter((word) => word !== ''),
    rules,
    kinds,
  );
  for (;;) {
    const shorter = stripEnd(words, rules, kinds) ?? stripStart(words, rules, kinds);
    if (shorter === null) break;
    words = shorter;
  }
  return { words, kinds };
}

/** Takes out "( 株 )" and the brackets of everything else. */
function readBrackets(
  words: readonly string[],
  rules: LegalFormRules,
  kinds: LegalKind[],
): readonly string[] {
  if (!words.includes(')') && !words.includes('(')) return words;
  const kept: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '(' || word === ')') continue;
    const kind = words[index + 1] === ')' ? rules.bracketed.get(word) : undefined;
    if (kind === undefined) kept.push(word);
    else kinds.push(kind);
  }
  return kept.length === 0 ? words.filter((word) => word !== '(' && word !== ')') : kept;
}

function stripEnd(
  words: readonly string[],
  rules: LegalFormRules,
  kinds: LegalKind[],
): readonly string[] | null {
  const last = words.at(-1);
  if (last === undefined) return null;
  if (last === 'the' && words.length > 1) return words.slice(0, -1);
  for (const form of rules.endingByLastWord.get(last) ?? []) {
    const from = words.length - form.words.length;
    if (from < 1 || !form.words.every((word, index) => words[from + index] === word)) continue;
    kinds.push(form.kind);
    return words.slice(0, from);
  }
  const final = Array.from(last.slice(-2)).at(-1) ?? '';
  return stripJoined(words, last, rules.joinedByLastCharacter.get(final), kinds, false);
}

function stripStart(
  words: readonly string[],
  rules: LegalFormRules,
  kinds: LegalKind[],
): readonly string[] | null {
  const first = words[0];
  if (first === undefined) return null;
  if (first === 'the' && words.length > 1) return words.slice(1);
  for (const form of rules.leadingByFirstWord.get(first) ?? []) {
    if (form.words.length >= words.length || !form.words.every((word, index) => words[index] === word))
      continue;
    kinds.push(form.kind);
    return words.slice(form.words.length);
  }
  const initial = String.fromCodePoint(first.codePointAt(0) ?? 0);
  return stripJoined(words, first, rules.joinedByFirstCharacter.get(initial), kinds, true);
}

function stripJoined(
  words: readonly string[],
  word: string,
  forms: readonly LegalForm[] | undefined,
  kinds: LegalKind[],
  atStart: boolean,
): readonly string[] | null {
  for (const {
    kind,
    words: [text],
  } of forms ?? []) {
    if (text === undefined || !(atStart ? word.startsWith(text) : word.endsWith(text))) continue;
    const left = atStart ? word.slice(text.length) : word.slice(0, -text.length);
    if (left === '' && words.length < 2) continue;
    kinds.push(kind);
    const others = atStart ? words.slice(1) : words.slice(0, -1);
    if (left === '') return others;
    return atStart ? [left, ...others] : [...others, left];
  }
  return null;
}
