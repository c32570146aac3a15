import { expect, it } from 'vitest';
import { nextPollMs } from '#connectors/salesforce/bulk/poll-pace.ts';

const pace = { bulkFirstPollMs: 3000, bulkPollPerThousandMs: 400, bulkPollCapMs: 20_000 };

it('waits by size before the first look', () => {
  expect(nextPollMs(pace, 0, 1)).toBe(3000);
  expect(nextPollMs(pace, 10_000, 1)).toBe(7000);
});

it('waits longer before each further look, up to the cap', () => {
  expect([1, 2, 3, 9].map((look) => nextPollMs(pace, 10_000, look))).toEqual([7000, 10_500, 15_750, 20_000]);
});
