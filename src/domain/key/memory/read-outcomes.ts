// Writes down what a grouping came to.
import { attachPersons, type Grounds, type PersonPlaces } from '../attach-persons.ts';
import type { StringTable } from '../group/string-table.ts';
import type { AccountGroups } from '../group-accounts.ts';
import type { RecordColumns } from '../record-columns.ts';
import type { SettledJudgements } from '../settle-judgements.ts';
import { Outcomes } from './outcomes.ts';

/** `grounds` goes on from the outcomes before, so that equal grounds have equal numbers. */
export function readOutcomes(
  columns: RecordColumns,
  groups: AccountGroups,
  settled: SettledJudgements,
  grounds: StringTable,
): Outcomes {
  const outcomes = new Outcomes();
  outcomes.grounds = grounds;
  readAccounts(columns, groups, outcomes);
  readPersons(columns, groups, attachPersons(columns, groups, settled), outcomes);
  return outcomes;
}

function readAccounts(columns: RecordColumns, groups: AccountGroups, outcomes: Outcomes): void {
  const { view, grouping } = groups;
  const count = columns.accountIds.size;
  outcomes.accountGroup = new Int32Array(count).fill(-1);
  outcomes.accountFamily = new Int32Array(count).fill(-1);
  outcomes.accountGrounds = new Int32Array(count).fill(-1);
  const numberOf = createNumbering(outcomes.grounds);
  for (let rank = 0; rank < view.count; rank++) {
    const row = view.rowOf(rank);
    outcomes.accountGroup[row] = view.rowOf(groups.groupOf(rank));
    outcomes.accountFamily[row] = view.rowOf(groups.familyOf(rank));
    outcomes.accountGrounds[row] = numberOf({
      evidence: grouping.evidenceOf(rank),
      confidence: grouping.confidenceOf(rank),
      review: grouping.needsReview(rank),
    });
  }
}

function readPersons(
  columns: RecordColumns,
  { view, groupOf }: AccountGroups,
  places: PersonPlaces,
  outcomes: Outcomes,
): void {
  const count = columns.personIds.size;
  outcomes.personGroup = new Int32Array(count).fill(-1);
  outcomes.personGrounds = new Int32Array(count).fill(-1);
  const numberOf = createNumbering(outcomes.grounds);
  for (let row = 0; row < count; row++) {
    if (columns.gonePersons.has(row)) continue;
    const rank = places.rankOf(row);
    const stranger = rank < 0 ? places.strangerOf(row) : -1;
    outcomes.personGroup[row] = rank >= 0 ? view.rowOf(groupOf(rank)) : stranger < 0 ? -1 : -2 - stranger;
    outcomes.personGrounds[row] = numberOf(places.groundsOf(row));
  }
}

/** Sets of evidence are shared objects: most records find their number without a spelling. */
function createNumbering(table: StringTable): (grounds: Grounds) => number {
  const known = new Map<readonly string[], Map<number, number>>();
  return ({ evidence, confidence, review }) => {
    const shade = confidence * 2000 + (review ? 1 : 0);
    const ofEvidence = known.get(evidence) ?? new Map<number, number>();
    const number = ofEvidence.get(shade);
    if (number !== undefined) return number;
    known.set(evidence, ofEvidence);
    const spelt = table.numberOf(JSON.stringify([confidence, review, ...evidence]));
    ofEvidence.set(shade, spelt);
    return spelt;
  };
}

export function spellOut(grounds: string): Grounds {
  const [confidence, review, ...evidence] = JSON.parse(grounds) as [number, boolean, ...string[]];
  return { confidence, review, evidence };
}
