// Which lines went and which came between two texts, as few as can be (Myers, "An O(ND) Difference Algorithm", 1986).
// Knows lines, not what they mean.

export interface LineEdit {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

/** Above so many edits the search costs seconds and the answer helps nobody: the middle is told as replaced. */
const MOST_EDITS = 1_000;

export function diffLines(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1;
  }
  const old = before.slice(start, before.length - end);
  const fresh = after.slice(start, after.length - end);
  return [
    ...before.slice(0, start).map(same),
    ...(shortestEdits(old, fresh) ?? [...old.map(removed), ...fresh.map(added)]),
    ...before.slice(before.length - end).map(same),
  ];
}

const same = (line: string): LineEdit => ({ kind: 'same', line });
const removed = (line: string): LineEdit => ({ kind: 'removed', line });
const added = (line: string): LineEdit => ({ kind: 'added', line });

/** Null: more than `MOST_EDITS`. */
function shortestEdits(old: readonly string[], fresh: readonly string[]): readonly LineEdit[] | null {
  const most = Math.min(old.length + fresh.length, MOST_EDITS);
  /** By diagonal (lines of `old` less lines of `fresh`): how far into `old` the furthest path has come. */
  let furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(furthest);
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = stepFrom(furthest, diagonal, edits);
      let y = x - diagonal;
      while (x < old.length && y < fresh.length && old[x] === fresh[y]) {
        x += 1;
        y += 1;
      }
      next.set(diagonal, x);
      if (x >= old.length && y >= fresh.length) return walkBack(trace, old, fresh);
    }
    furthest = next;
  }
  return null;
}

/** A line of `fresh` comes in (down), or one of `old` goes out: whichever neighbouring path has come further. */
function goesDown(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits || diagonal === edits) return diagonal === -edits;
  return (furthest.get(diagonal - 1) ?? -1) < (furthest.get(diagonal + 1) ?? -1);
}

function stepFrom(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  return goesDown(furthest, diagonal, edits)
    ? (furthest.get(diagonal + 1) ?? 0)
    : (furthest.get(diagonal - 1) ?? 0) + 1;
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  old: readonly string[],
  fresh: readonly string[],
): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  let x = old.length;
  let y = fresh.length;
  const keepUntil = (start: number) => {
    for (; x > start; y -= 1) {
      x -= 1;
      edits.push(same(old[x] ?? ''));
    }
  };
  for (let count = trace.length - 1; count > 0; count -= 1) {
    const furthest = trace[count] ?? new Map<number, number>();
    const diagonal = x - y;
    keepUntil(stepFrom(furthest, diagonal, count));
    if (goesDown(furthest, diagonal, count)) {
      y -= 1;
      edits.push(added(fresh[y] ?? ''));
    } else {
      x -= 1;
      edits.push(removed(old[x] ?? ''));
    }
  }
  keepUntil(0);
  return edits.toReversed();
}
