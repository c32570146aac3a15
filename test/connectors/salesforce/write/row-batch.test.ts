import { array, assert, asyncProperty, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BatchLimits, subjectOf, toBatches } from '#connectors/salesforce/write/row-batch.ts';
import type { CrmChange } from '#ports/crm.ts';

const change = (index: number, recordNumber: number): CrmChange => ({
  changeId: `c${index}`,
  recordId: `001A0000006V${String(recordNumber).padStart(3, '0')}`,
  fields: { Name: 'x' },
});

const create = (changeId: string): CrmChange => ({
  changeId,
  recordId: null,
  fields: {},
  idempotency: { field: 'Key__c', value: 'same' },
});

const batchesOf = async (
  changes: readonly CrmChange[],
  limits: BatchLimits,
): Promise<readonly (readonly CrmChange[])[]> => {
  const stream = async function* (): AsyncGenerator<CrmChange, void> {
    yield* changes;
  };
  const batches: (readonly CrmChange[])[] = [];
  for await (const batch of toBatches(stream(), limits)) batches.push(batch);
  return batches;
};

describe('toBatches', () => {
  it('keeps every change, in order, and no record twice in a batch', async () => {
    await assert(
      asyncProperty(array(integer({ min: 0, max: 9 }), { maxLength: 60 }), async (records) => {
        const changes = records.map((record, index) => change(index, record));
        const batches = await batchesOf(changes, { rows: 7 });
        expect(batches.flat()).toEqual(changes);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(7);
          expect(new Set(batch.map(subjectOf)).size).toBe(batch.length);
        }
      }),
    );
  });

  it('sees one record in the short and the long form of its id', async () => {
    const short = { ...change(0, 1), recordId: '001A0000006Vm9r' };
    const long = { ...change(1, 1), recordId: '001A0000006Vm9rIAC' };
    expect(await batchesOf([short, long], { rows: 200 })).toHaveLength(2);
  });

  it('keeps two creates of one key apart', async () => {
    expect(await batchesOf([create('a'), create('b')], { rows: 200 })).toHaveLength(2);
  });

  it('begins a new batch before the text grows too large', async () => {
    const wide = [0, 1, 2].map((index) => ({ ...change(index, index), fields: { Name: 'x'.repeat(400) } }));
    expect(await batchesOf(wide, { rows: 200, bytes: 1000 })).toHaveLength(2);
  });
});
