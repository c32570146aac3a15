import { expect, it } from 'vitest';
import { createUsageCounter } from '#connectors/calls/usage-counter.ts';

it('counts calls by kind and shows the daily allowance beside them', () => {
  const counter = createUsageCounter();
  counter.count('read');
  counter.count('read');
  counter.count('write');
  counter.count('other');
  expect(counter.usage({ used: 4, limit: 100 })).toEqual({
    read: 2,
    write: 1,
    other: 1,
    daily: { used: 4, limit: 100 },
  });
});
