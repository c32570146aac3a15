import { describe, expect, it } from 'vitest';
import { fromHubspotValue, toHubspotValue, toIsoUtc } from '#connectors/hubspot/values.ts';

describe('fromHubspotValue', () => {
  it.each([
    ['12.5', 'number', 12.5],
    ['-3', 'number', -3],
    ['true', 'boolean', true],
    ['false', 'boolean', false],
    ['2026-11-22', 'date', '2026-11-22'],
    ['2026-11-22T00:00:00Z', 'date', '2026-11-22'],
    ['1795305600000', 'date', '2026-11-22'],
    ['2026-11-22T10:00:00Z', 'datetime', '2026-11-22T10:00:00.000Z'],
    ['2026-11-22T10:00:00.123Z', 'datetime', '2026-11-22T10:00:00.123Z'],
    ['1795341600123', 'datetime', '2026-11-22T10:00:00.123Z'],
    ['BUDGET_HOLDER;END_USER', 'multi_choice', 'BUDGET_HOLDER;END_USER'],
    ['00123', 'text', '00123'],
    ['10000000001', 'id', '10000000001'],
  ] as const)('reads %j of a %s property as %j', (value, kind, expected) => {
    expect(fromHubspotValue(value, kind)).toBe(expected);
  });

  it.each(['', null, undefined])('takes %j for no value, whatever the property', (value) => {
    expect(fromHubspotValue(value, 'number')).toBeNull();
    expect(fromHubspotValue(value, 'text')).toBeNull();
  });

  it('hands on what is not of its type instead of guessing', () => {
    expect(fromHubspotValue('about 50', 'number')).toBe('about 50');
    expect(fromHubspotValue('soon', 'date')).toBe('soon');
    expect(fromHubspotValue('yes', 'boolean')).toBe('yes');
  });
});

describe('toHubspotValue', () => {
  it.each([
    [null, ''],
    [0, '0'],
    [12.5, '12.5'],
    [false, 'false'],
    ['2026-11-22', '2026-11-22'],
  ] as const)('writes %j as %j', (value, expected) => {
    expect(toHubspotValue(value)).toBe(expected);
  });
});

describe('toIsoUtc', () => {
  it('is null for what is no moment', () => {
    expect(toIsoUtc('next week')).toBeNull();
    expect(toIsoUtc('')).toBeNull();
    expect(toIsoUtc(null)).toBeNull();
  });
});
