// Groups accounts into companies and families: rung by rung, from what people said down to what names sound like.
import { AccountGrouping } from './group/account-grouping.ts';
import { AccountView } from './group/account-view.ts';
import type { ClusterForest } from './group/cluster-forest.ts';
import type { KeyRules } from './key-rules.ts';
import type { RecordColumns } from './record-columns.ts';
import { groupByDomain } from './rung/by-domain.ts';
import { groupByDomainStem } from './rung/by-domain-stem.ts';
import { groupByIdentifier } from './rung/by-identifier.ts';
import { groupByJudgement } from './rung/by-judgement.ts';
import { groupByName } from './rung/by-name.ts';
import { groupByShortName, type ShortNameIndex } from './rung/by-short-name.ts';
import { groupBySound } from './rung/by-sound.ts';
import type { SettledJudgements } from './settle-judgements.ts';
import { SoundMemory } from './sound/sound-memory.ts';

export interface AccountGroups {
  readonly view: AccountView;
  readonly grouping: AccountGrouping;
  readonly shortNames: ShortNameIndex;
  /** Lowest rank of the group, and of the family. */
  groupOf: (rank: number) => number;
  familyOf: (rank: number) => number;
}

/** `sounds` is of an earlier grouping of the same columns: it makes this one cheaper and changes nothing about it. */
export function groupAccounts(
  columns: RecordColumns,
  rules: KeyRules,
  judgements: SettledJudgements,
  sounds = new SoundMemory(false),
): AccountGroups {
  const { together, apart, unsure } = judgements;
  const pairs = [...apart, ...unsure].flatMap(({ a, b }) => [a, b]);
  for (const id of [...together.flat(), ...pairs]) columns.linkTable.numberOf(id);
  const view = new AccountView(columns, sounds.rowsInOrder);
  const grouping = new AccountGrouping(view.count);
  for (let rank = 0; rank < view.count; rank++)
    grouping.companies.locate(rank, view.countryOf(rank), view.stemOf(rank));
  groupByJudgement(view, grouping, judgements);
  groupByIdentifier(view, grouping);
  groupByDomain(view, grouping);
  groupByName(view, grouping);
  groupByDomainStem(view, grouping);
  const shortNames = groupByShortName(view, grouping);
  groupBySound(view, grouping, rules, sounds);
  joinParents(view, grouping);
  const groupByRank = lowestMembers(grouping.companies, view.count);
  const familyByRank = lowestMembers(grouping.families, view.count);
  return {
    view,
    grouping,
    shortNames,
    groupOf: (rank) => groupByRank[rank] ?? rank,
    familyOf: (rank) => familyByRank[rank] ?? rank,
  };
}

/** The CRM's own hierarchy: a parent is another company of the same family. */
function joinParents(view: AccountView, grouping: AccountGrouping): void {
  const { parents } = view.columns;
  for (let index = 0; index < parents.length; index++) {
    const parent = view.rankOfLink(parents.values.get(index));
    const child = view.rankOfRow(parents.rows.get(index));
    if (parent >= 0 && child >= 0) grouping.joinFamilies(child, parent);
  }
}

/** Ranks ascend, so the first member met is the lowest. */
function lowestMembers(forest: ClusterForest, count: number): Int32Array {
  const lowest = new Int32Array(count).fill(-1);
  const byRank = new Int32Array(count);
  for (let rank = 0; rank < count; rank++) {
    const root = forest.find(rank);
    if (lowest[root] === -1) lowest[root] = rank;
    byRank[rank] = lowest[root] ?? rank;
  }
  return byRank;
}
