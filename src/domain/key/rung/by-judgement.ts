// First rung: what people said of two accounts. It beats every evidence and no other rung undoes it.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import type { SettledJudgements } from '../settle-judgements.ts';

export function groupByJudgement(
  view: AccountView,
  grouping: AccountGrouping,
  judgements: SettledJudgements,
): void {
  const sets = judgements.together.map((ids) => rankAll(view, ids));
  const setOf = new Map<string, readonly number[]>();
  judgements.together.forEach((ids, index) => {
    for (const id of ids) setOf.set(id, sets[index] ?? []);
  });
  // One account speaks for its set, also where the record that was judged is gone.
  const speakerOf = (id: string): number => {
    const rank = rankOf(view, id);
    return rank >= 0 ? rank : (setOf.get(id)?.[0] ?? -1);
  };
  const eachPair = (list: SettledJudgements['apart'], act: (one: number, other: number) => void) => {
    for (const { a, b } of list) {
      const one = speakerOf(a);
      const other = speakerOf(b);
      if (one >= 0 && other >= 0 && one !== other) act(one, other);
    }
  };
  eachPair(judgements.apart, (one, other) => grouping.companies.forbid(one, other));
  eachPair(judgements.families, (one, other) => grouping.joinFamilies(one, other));
  eachPair(judgements.unsure, (one, other) => grouping.askForReview(one, other, 'judged_unsure'));
  const evidence = grouping.evidenceNumber('judgement');
  for (const [first, ...others] of sets) {
    for (const other of others) if (first !== undefined) grouping.join(first, other, evidence, 1, true);
  }
}

/** Those that are accounts, in the order of their ranks. */
function rankAll(view: AccountView, ids: readonly string[]): readonly number[] {
  return ids
    .map((id) => rankOf(view, id))
    .filter((rank) => rank >= 0)
    .toSorted((a, b) => a - b);
}

function rankOf(view: AccountView, id: string): number {
  return view.rankOfLink(view.columns.linkTable.find(id));
}
