// Writes the difference of two texts as a unified diff, as `diff -u` and git show it and `patch` takes it.
import { diffLines, type LineEdit } from './diff-lines.ts';

const CONTEXT_LINES = 3;
const SIGNS = { same: ' ', removed: '-', added: '+' } as const;

export interface DiffSide {
  /** Behind `---` or `+++`. */
  readonly name: string;
  /** Null: there is no such file. */
  readonly text: string | null;
}

/** Empty when the texts are the same. Ends with a line break otherwise. */
export function unifiedDiff(before: DiffSide, after: DiffSide): string {
  if (before.text === after.text) return '';
  const edits = diffLines(linesOf(before.text), linesOf(after.text));
  const hunks = cutHunks(edits).map(({ start, end }) => writeHunk(edits, start, end));
  return [`--- ${headOf(before)}`, `+++ ${headOf(after)}`, ...hunks, ''].join('\n');
}

function headOf({ name, text }: DiffSide): string {
  return text === null ? '/dev/null' : name;
}

/** A last line without a line break carries its remark, so that it differs from the same line with one. */
function linesOf(text: string | null): readonly string[] {
  if (text === null || text === '') return [];
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

interface Stretch {
  readonly start: number;
  /** The first edit behind it. */
  readonly end: number;
}

/** Stretches of edits that changed something, with the lines around; those that meet are one. */
function cutHunks(edits: readonly LineEdit[]): readonly Stretch[] {
  const hunks: Stretch[] = [];
  for (const [index, { kind }] of edits.entries()) {
    if (kind === 'same') continue;
    const start = Math.max(0, index - CONTEXT_LINES);
    const end = Math.min(edits.length, index + CONTEXT_LINES + 1);
    const last = hunks.at(-1);
    if (last !== undefined && start <= last.end) hunks[hunks.length - 1] = { start: last.start, end };
    else hunks.push({ start, end });
  }
  return hunks;
}

function writeHunk(edits: readonly LineEdit[], start: number, end: number): string {
  const hunk = edits.slice(start, end);
  const range = (other: 'removed' | 'added') => {
    const isHere = ({ kind }: LineEdit) => kind === 'same' || kind === other;
    const count = hunk.filter(isHere).length;
    const first = edits.slice(0, start).filter(isHere).length + (count === 0 ? 0 : 1);
    return count === 1 ? `${first}` : `${first},${count}`;
  };
  const lines = hunk.map(({ kind, line }) => SIGNS[kind] + line);
  return [`@@ -${range('removed')} +${range('added')} @@`, ...lines].join('\n');
}
