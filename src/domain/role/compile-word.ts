// Reads a word as the catalogue writes it. The notation is explained at the head of mappings/buying-roles.yaml.
import { foldTitle } from './fold-title.ts';

export interface CompiledWord {
  /** Folded; of a word with gaps the part before the first gap. */
  readonly text: string;
  /** What must follow after a gap of some words or characters; empty for most words. */
  readonly tail: readonly string[];
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly gluedBefore: boolean;
  readonly gluedAfter: boolean;
}

/** null for notation without a word, such as "-". */
export function compileWord(written: string): CompiledWord | null {
  const atStart = written.startsWith('^');
  const atEnd = written.endsWith('$');
  const inner = written.slice(atStart ? 1 : 0, atEnd ? -1 : undefined).trim();
  const gluedBefore = inner.startsWith('-');
  const gluedAfter = inner.length > 1 && inner.endsWith('-');
  const [text = '', ...tail] = inner
    .slice(gluedBefore ? 1 : 0, gluedAfter ? -1 : undefined)
    .split('*')
    .map(foldTitle);
  if (text === '' || tail.includes('')) return null;
  return { text, tail, atStart, atEnd, gluedBefore, gluedAfter };
}
