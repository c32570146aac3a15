import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProblem } from '#connectors/hubspot/call/problem.ts';
import { RefusedCallError } from '#connectors/hubspot/errors.ts';
import { isolateRefusals, type SendBatch } from '#connectors/hubspot/write/isolate.ts';
import { UnavailableError } from '#errors/errors.ts';
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';

const changesOf = (count: number): readonly CrmChange[] =>
  Array.from({ length: count }, (_, index) => ({ changeId: `c${index}`, recordId: `${index}`, fields: {} }));

const refusal = (status = 400): RefusedCallError =>
  new RefusedCallError('refused', readProblem(status, { category: 'VALIDATION_ERROR' }));

const writtenOf = (changes: readonly CrmChange[]): readonly ChangeOutcome[] =>
  changes.map(({ changeId, recordId }) => ({
    changeId,
    status: 'written',
    recordId: recordId ?? '',
    writtenAt: null,
  }));

async function isolate(changes: readonly CrmChange[], send: SendBatch): Promise<readonly ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  for await (const some of isolateRefusals(changes, send)) outcomes.push(...some);
  return outcomes;
}

describe('isolateRefusals', () => {
  it('lets every good row through and gives every row one outcome, whichever are bad', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 100 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 12 }),
        async (count, badIndexes) => {
          const changes = changesOf(count);
          const bad = new Set(badIndexes.filter((index) => index < count).map((index) => `c${index}`));
          const outcomes = await isolate(changes, async function* (part) {
            if (part.some(({ changeId }) => bad.has(changeId))) throw refusal();
            yield writtenOf(part);
          });
          expect(outcomes.map(({ changeId }) => changeId).toSorted()).toEqual(
            changes.map(({ changeId }) => changeId).toSorted(),
          );
          const failed = outcomes.filter(({ status }) => status === 'failed');
          expect(new Set(failed.map(({ changeId }) => changeId))).toEqual(bad);
        },
      ),
    );
  });

  it('finds one bad row of a hundred in 14 more calls', async () => {
    let calls = 0;
    await isolate(changesOf(100), async function* (part) {
      calls += 1;
      if (part.some(({ changeId }) => changeId === 'c61')) throw refusal();
      yield writtenOf(part);
    });
    expect(calls).toBeLessThanOrEqual(15);
  });

  it('sends nothing again once a batch has given outcomes', async () => {
    let calls = 0;
    const isolated = isolate(changesOf(10), async function* (part) {
      calls += 1;
      yield writtenOf(part.slice(0, 5));
      throw refusal();
    });
    await expect(isolated).rejects.toThrow(RefusedCallError);
    expect(calls).toBe(1);
  });

  it.each([refusal(415), new UnavailableError('away')])(
    'passes on what no row is to blame for',
    async (error) => {
      // oxlint-disable-next-line require-yield -- it is the failure before the first outcome that is meant
      const isolated = isolate(changesOf(10), async function* () {
        throw error;
      });
      await expect(isolated).rejects.toBe(error);
    },
  );
});
