// First rung: what a person said of two accounts. It beats every evidence and no other rung undoes it.
import type { Judgement } from '../company-record.ts';
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';

export function groupByJudgement(
  view: AccountView,
  grouping: AccountGrouping,
  judgements: readonly Judgement[],
): void {
  const same: (readonly [number, number])[] = [];
  for (const { a, b, verdict } of judgements) {
    const one = rankOf(view, a);
    const other = rankOf(view, b);
    if (one < 0 || other < 0 || one === other) continue;
    if (verdict === 'same') same.push(one < other ? [one, other] : [other, one]);
    if (verdict === 'different' || verdict === 'parent_of') grouping.companies.forbid(one, other);
    if (verdict === 'parent_of') grouping.joinFamilies(one, other);
    if (verdict === 'unsure') grouping.askForReview(one, other, 'judged_unsure');
  }
  const evidence = grouping.evidenceNumber('judgement');
  for (const [one, other] of same.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))
    grouping.join(one, other, evidence, 1, true);
}

function rankOf(view: AccountView, id: string): number {
  return view.rankOfLink(view.columns.linkTable.find(id));
}
