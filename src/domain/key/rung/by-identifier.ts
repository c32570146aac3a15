// Second rung: one valid identifier, one company. A number that stands on many unlike names is a filler or a group's
// and speaks for nobody.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import { Proposals } from '../group/proposals.ts';

const maxUnlikeNames = 20;

export function groupByIdentifier(view: AccountView, grouping: AccountGrouping): void {
  const { identifiers, identifierTable, identifierRegister, identifierScheme } = view.columns;
  const buckets = view.bucketsOfPairs(identifiers, identifierTable.size);
  const proposals = new Proposals();
  for (let identifier = 0; identifier < identifierTable.size; identifier++) {
    const members = buckets.membersOf(identifier);
    if (new Set(Array.from(members, (rank) => view.mainCoreOf(rank))).size > maxUnlikeNames) {
      grouping.omissions.genericIdentifiers++;
      continue;
    }
    const register = identifierRegister.get(identifier);
    if (register >= 0) for (const rank of members) grouping.companies.holds(rank, register, identifier);
    const [first] = members;
    if (first === undefined || members.length < 2) continue;
    const evidence = grouping.evidenceNumber(`identifier:${identifierScheme[identifier]}`);
    for (const rank of members) proposals.add(first, rank, register >= 0 ? 0.99 : 0.9, evidence);
  }
  grouping.apply(proposals, () => false);
}
