// Finds out which records hang on which, by batch read, and puts the primary one first.
import { associationsAnswer, expectShape, type HubspotRow } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { ASSOCIATION_BATCH_ROWS } from '../options.ts';
import type { AssociatedIds } from './from-hubspot-row.ts';
import type { ReadPlan } from './read-plan.ts';

/** Association types that mark the primary company: contact→company, company→contact, deal→company, company→deal. */
const PRIMARY_TYPE_IDS: ReadonlySet<number> = new Set([1, 2, 5, 6]);

/**
 * Ids of the associated records by record, the primary one first, else in HubSpot's order. A record with none is absent.
 * One call for each 1,000 records, plus one for each 500 associations a record has beyond the first 500.
 */
export async function readAssociations(
  portal: Portal,
  fromPath: string,
  toPath: string,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, { readonly id: string; readonly primary: boolean }[]>();
  const path = portal.paths.associations(fromPath, toPath);
  let inputs: readonly { id: string; after?: string }[] = ids.map((id) => ({ id }));
  while (inputs.length > 0) {
    const batch = inputs.slice(0, ASSOCIATION_BATCH_ROWS);
    // Records without associations come as entries of a 207's `errors`; that is their normal answer and no failure.
    const answer = await portal.call({ method: 'POST', path, body: { inputs: batch }, kind: 'read', signal });
    const { results } = expectShape(associationsAnswer, answer.body, `POST ${path}`);
    const unfinished: { id: string; after: string }[] = [];
    for (const { from, to, paging } of results) {
      const known = found.get(from.id) ?? [];
      found.set(from.id, known);
      for (const { toObjectId, associationTypes } of to)
        known.push({
          id: toObjectId,
          primary: associationTypes.some(({ typeId }) => PRIMARY_TYPE_IDS.has(typeId)),
        });
      if (paging !== null) unfinished.push({ id: from.id, after: paging });
    }
    inputs = [...inputs.slice(ASSOCIATION_BATCH_ROWS), ...unfinished];
  }
  return new Map([...found].map(([id, each]) => [id, primaryFirst(each)]));
}

/**
 * The associations of each row: read from the row itself where a list gave them whole, else by batch read.
 * `inline`: the rows come from a list that was asked for them; one that has none of any kind then lacks the whole key.
 */
export async function associationsOf(
  portal: Portal,
  plan: Pick<ReadPlan, 'type' | 'associations'>,
  rows: readonly HubspotRow[],
  { inline, signal }: { readonly inline: boolean; readonly signal?: AbortSignal | undefined },
): Promise<(row: HubspotRow) => AssociatedIds> {
  const byObject = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const object of plan.associations) {
    const unknown = inline ? rows.filter((row) => inlineIds(row, object) === null) : rows;
    const ids = unknown.map((row) => row.id);
    byObject.set(object, await readAssociations(portal, plan.type.path, object, ids, signal));
  }
  return (row) =>
    Object.fromEntries(
      plan.associations.map((object) => [
        object,
        byObject.get(object)?.get(row.id) ?? (inline ? inlineIds(row, object) : null) ?? [],
      ]),
    );
}

/** Null when the row carries only the first page of them. */
const inlineIds = (row: HubspotRow, object: string): readonly string[] | null => {
  const entry = row.associations?.[object];
  if (entry === undefined) return [];
  if (entry.paging !== null) return null;
  // The primary one stands there twice, as `deal_to_company` and as `deal_to_company_unlabeled`.
  return primaryFirst(entry.results.map(({ id, type }) => ({ id, primary: isPlainTypeName(type) })));
};

const isPlainTypeName = (type: string | null | undefined): boolean => /^[a-z]+_to_[a-z]+$/.test(type ?? '');

const primaryFirst = (
  found: readonly { readonly id: string; readonly primary: boolean }[],
): readonly string[] => {
  const primary = found.filter((each) => each.primary).map((each) => each.id);
  return [...new Set([...primary, ...found.map((each) => each.id)])];
};
