// The columns that a profile asks for and no firmographics source has by itself, with the type in which to read them.
import type { Icp, ValueMatcher } from '#domain/fit/icp.ts';
import { canonicalTypeOf, type FieldType } from '#domain/record/objects.ts';
import type { SourceColumn } from '#mapping/source/source-columns.ts';

/** Criteria that ask where a company, or what it sells, is from. */
const PLACES: ReadonlySet<string> = new Set(['geo', 'location', 'origin']);

export function columnsOfIcp({ criteria, avoid }: Icp): readonly SourceColumn[] {
  const types = new Map<string, FieldType>();
  for (const { name, field, exact, adjacent } of criteria)
    types.set(field, typeOf(name, adjacent === null ? [exact] : [exact, adjacent]));
  for (const { field } of avoid) if (!types.has(field)) types.set(field, 'list');
  return [...types]
    .filter(([field]) => canonicalTypeOf('account', field) === undefined)
    .map(([field, type]) => ({ name: toColumnName(field), type }));
}

/** A place told in country codes is a country, however the file spells it; other words may stand in a list. */
function typeOf(criterion: string, matchers: readonly ValueMatcher[]): FieldType {
  if (matchers.some(({ kind }) => kind === 'range')) return 'number';
  return PLACES.has(criterion) && matchers.every(holdsCodes) ? 'country' : 'list';
}

function holdsCodes(matcher: ValueMatcher): boolean {
  return matcher.kind === 'words' && [...matcher.words.values()].every((word) => /^[A-Z]{2}$/u.test(word));
}

/** `shipmentVolume` is `shipment_volume` in a file. */
function toColumnName(field: string): string {
  return field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
