import { describe, expect, it } from 'vitest';
import { toInstant, toValue } from '#connectors/salesforce/read/to-value.ts';

describe('toValue', () => {
  it.each([
    ['int', 12, '12', 12],
    ['currency', 1_000_000.5, '1000000.5', 1_000_000.5],
    ['double', 1e7, '1.0E7', 10_000_000],
    ['boolean', true, 'true', true],
    ['boolean', false, 'false', false],
    ['string', '007', '007', '007'],
    ['multipicklist', 'A;B', 'A;B', 'A;B'],
    ['date', '2026-11-02', '2026-11-02', '2026-11-02'],
    ['datetime', '2026-11-02T08:00:00.000+0000', '2026-11-02T08:00:00.000Z', '2026-11-02T08:00:00.000Z'],
    ['reference', '001A0000006Vm9r', '001A0000006Vm9rIAC', '001A0000006Vm9rIAC'],
    ['string', null, '', null],
    ['int', null, '', null],
    ['string', undefined, '', null],
  ])('reads a %s alike from REST (%j) and from Bulk (%j)', (type, rest, bulk, value) => {
    expect(toValue(type, rest)).toBe(value);
    expect(toValue(type, bulk)).toBe(value);
  });
});

describe('toInstant', () => {
  it.each([
    ['2026-11-02T08:00:00.000+0000', '2026-11-02T08:00:00.000Z'],
    ['2026-11-02T08:00:00Z', '2026-11-02T08:00:00.000Z'],
    ['2026-11-02T10:00:00.000+0200', '2026-11-02T08:00:00.000Z'],
  ])('writes %s in UTC with milliseconds', (given, expected) => {
    expect(toInstant(given)).toBe(expected);
  });

  it('leaves alone what is no instant', () => {
    expect(toInstant('soon')).toBe('soon');
  });
});
