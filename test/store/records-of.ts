// Records for store tests, with only what a test says about them.
import type { CanonicalFields, CrmObject } from '#domain/record/objects.ts';
import type { StoredRecord } from '#domain/record/stored-record.ts';

export function recordOf(
  object: CrmObject,
  id: string,
  fields: CanonicalFields = {},
  more: Partial<Pick<StoredRecord, 'connection' | 'modifiedAt' | 'deleted'>> = {},
): StoredRecord {
  return {
    connection: 'sf',
    object,
    id,
    fields,
    modifiedAt: '2026-11-01T00:00:00.000Z',
    deleted: false,
    ...more,
  };
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item, void> {
  yield* items;
}
