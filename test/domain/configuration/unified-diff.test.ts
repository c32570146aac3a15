import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '#domain/configuration/diff-lines.ts';
import { unifiedDiff } from '#domain/configuration/unified-diff.ts';

const diff = (before: string | null, after: string | null) =>
  unifiedDiff({ name: 'policy.yaml', text: before }, { name: 'policy.yaml', text: after });
const numbers = (count: number, change: (line: string) => string = (line) => line) =>
  Array.from({ length: count }, (_, index) => `${change(`line ${index + 1}`)}\n`).join('');

describe('the lines between two texts', () => {
  it('give back both texts, and leave out nothing that they share at both ends', () => {
    const lines = array(constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    assert(
      property(lines, lines, (before, after) => {
        const edits = diffLines(before, after);
        const without = (kind: string) => edits.filter((edit) => edit.kind !== kind).map(({ line }) => line);
        expect(without('added')).toEqual(before);
        expect(without('removed')).toEqual(after);
      }),
    );
  });

  it('are as few as can be', () => {
    const lines = array(constantFrom('a', 'b', 'c'), { maxLength: 9 });
    assert(
      property(lines, lines, (before, after) => {
        const same = diffLines(before, after).filter(({ kind }) => kind === 'same').length;
        expect(same).toBe(longestCommon(before, after));
      }),
    );
  });

  it('are told as replaced where thousands differ', () => {
    const before = Array.from({ length: 20_000 }, (_, index) => `old ${index}`);
    const after = Array.from({ length: 20_000 }, (_, index) => `new ${index}`);
    const edits = diffLines(['head', ...before], ['head', ...after]);
    expect(edits).toHaveLength(40_001);
    expect(edits[0]).toEqual({ kind: 'same', line: 'head' });
  });
});

describe('a unified diff', () => {
  it('is empty for equal texts', () => {
    expect(diff('a\n', 'a\n')).toBe('');
    expect(diff(null, null)).toBe('');
  });

  it('shows three lines around each change, and joins what meets', () => {
    const after = numbers(20, (line) => (/^line (?:2|5|18)$/u.test(line) ? `${line}!` : line));
    expect(diff(numbers(20), after)).toBe(
      [
        '--- policy.yaml',
        '+++ policy.yaml',
        '@@ -1,8 +1,8 @@',
        ' line 1',
        '-line 2',
        '+line 2!',
        ' line 3',
        ' line 4',
        '-line 5',
        '+line 5!',
        ' line 6',
        ' line 7',
        ' line 8',
        '@@ -15,6 +15,6 @@',
        ' line 15',
        ' line 16',
        ' line 17',
        '-line 18',
        '+line 18!',
        ' line 19',
        ' line 20',
        '',
      ].join('\n'),
    );
  });

  it('names the side on which there is no file, and counts lines as `patch` does', () => {
    expect(diff(null, 'a\n')).toBe('--- /dev/null\n+++ policy.yaml\n@@ -0,0 +1 @@\n+a\n');
    expect(diff('a\nb\n', null)).toBe('--- policy.yaml\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n');
  });

  it('tells a missing line break at the end', () => {
    expect(diff('a', 'a\n')).toContain('-a\n\\ No newline at end of file\n+a\n');
  });
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const [first, ...rest] = a;
  if (first === undefined || b.length === 0) return 0;
  const at = b.indexOf(first);
  const skipped = longestCommon(rest, b);
  return at === -1 ? skipped : Math.max(skipped, 1 + longestCommon(rest, b.slice(at + 1)));
}
