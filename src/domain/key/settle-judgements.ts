// Decides what people's judgements come to when they are taken together: which records belong together, which never meet.
// The newest word stands where two contradict each other. Knows ids only; a record that is gone still links those it was judged with.
import type { Judgement } from './company-record.ts';

export interface SettledJudgements {
  /** Ids that are one company, two or more each; ids in order, sets by their first id. */
  readonly together: readonly (readonly string[])[];
  /** Ids whose companies must stay two; each id may stand for a whole set of `together`. */
  readonly apart: readonly Judgement[];
  /** Two companies of one family. */
  readonly families: readonly Judgement[];
  readonly unsure: readonly Judgement[];
  /** Overruled by newer ones that it contradicts. */
  readonly overruled: readonly Judgement[];
}

/** `judgements` newest first. */
export function settleJudgements(judgements: readonly Judgement[]): SettledJudgements {
  const sets = createSets();
  const apart: Judgement[] = [];
  const families: Judgement[] = [];
  const unsure: Judgement[] = [];
  const overruled: Judgement[] = [];
  const decided = new Set<string>();
  for (const judgement of judgements) {
    const { a, b, verdict } = judgement;
    const pair = a < b ? `${a}\t${b}` : `${b}\t${a}`;
    // Of two words on one pair the newer one stands, whatever both say.
    if (a === b || decided.has(pair)) continue;
    decided.add(pair);
    if (verdict === 'unsure') unsure.push(judgement);
    else if (verdict === 'same') {
      if (!sets.join(a, b)) overruled.push(judgement);
    } else if (sets.separate(a, b)) {
      apart.push(judgement);
      if (verdict === 'parent_of') families.push(judgement);
    } else overruled.push(judgement);
  }
  return { together: sets.list(), apart, families, unsure, overruled };
}

/** Sets of ids that grow together and remember which others they must not meet. */
function createSets() {
  const parents = new Map<string, string>();
  const enemies = new Map<string, Set<string>>();
  const find = (id: string): string => {
    let root = id;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    return root;
  };
  const areEnemies = (one: string, other: string): boolean => {
    for (const enemy of enemies.get(one) ?? []) if (find(enemy) === other) return true;
    return false;
  };
  const addEnemy = (root: string, enemy: string) => {
    const known = enemies.get(root);
    if (known === undefined) enemies.set(root, new Set([enemy]));
    else known.add(enemy);
  };
  const members = new Set<string>();
  return {
    /** False when the two are told apart. */
    join(a: string, b: string): boolean {
      const [root, child] = [find(a), find(b)].toSorted() as [string, string];
      if (root === child) return true;
      if (areEnemies(root, child) || areEnemies(child, root)) return false;
      members.add(a).add(b);
      parents.set(child, root);
      for (const enemy of enemies.get(child) ?? []) addEnemy(root, enemy);
      enemies.delete(child);
      return true;
    },
    /** False when the two are one already. */
    separate(a: string, b: string): boolean {
      const one = find(a);
      const other = find(b);
      if (one === other) return false;
      addEnemy(one, other);
      addEnemy(other, one);
      return true;
    },
    list(): string[][] {
      const sets = new Map<string, string[]>();
      for (const id of [...members].toSorted()) {
        const set = sets.get(find(id));
        if (set === undefined) sets.set(find(id), [id]);
        else set.push(id);
      }
      return [...sets.values()];
    },
  };
}
