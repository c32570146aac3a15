import { describe, expect, it } from 'vitest';
import type { FieldType } from '#domain/record/objects.ts';
import type { Transform } from '#mapping/fields/object-mapping.ts';
import { isoMomentOf, readTypedValue, readValue } from '#mapping/fields/read-value.ts';
import type { CrmValue } from '#ports/crm.ts';
import { fieldMapping } from './field-mapping.ts';

const read = (type: FieldType, raw: CrmValue | undefined) => readValue(fieldMapping({ type }), raw);

describe('a CRM value', () => {
  it.each<{ type: FieldType; raw: CrmValue; value: unknown }>([
    { type: 'text', raw: '  Acme ', value: 'Acme' },
    { type: 'text', raw: 'Cafe\u0301', value: 'Café' },
    { type: 'text', raw: 12, value: '12' },
    { type: 'id', raw: 42, value: '42' },
    { type: 'number', raw: 1.5, value: 1.5 },
    { type: 'number', raw: '1.5', value: 1.5 },
    { type: 'number', raw: '１２', value: 12 },
    { type: 'number', raw: '-1e3', value: -1000 },
    { type: 'money', raw: '0', value: 0 },
    { type: 'boolean', raw: true, value: true },
    { type: 'boolean', raw: 'false', value: false },
    { type: 'boolean', raw: 'Yes', value: true },
    { type: 'boolean', raw: '0', value: false },
    { type: 'date', raw: '2026-11-22', value: '2026-11-22' },
    { type: 'date', raw: '2026-11-22T23:30:00.000-0500', value: '2026-11-23' },
    { type: 'date', raw: '1795305600000', value: '2026-11-22' },
    { type: 'datetime', raw: '2026-11-22', value: '2026-11-22T00:00:00.000Z' },
    { type: 'datetime', raw: '2026-11-22T10:20:30.000+0000', value: '2026-11-22T10:20:30.000Z' },
    { type: 'datetime', raw: '2026-11-22T10:20:30+09:00', value: '2026-11-22T01:20:30.000Z' },
    { type: 'datetime', raw: '2026-11-22 10:20', value: '2026-11-22T10:20:00.000Z' },
    { type: 'datetime', raw: '2026-11-22T10:20:30.123456Z', value: '2026-11-22T10:20:30.123Z' },
    { type: 'datetime', raw: '1795342830000', value: '2026-11-22T10:20:30.000Z' },
    { type: 'datetime', raw: 1_795_342_830_000, value: '2026-11-22T10:20:30.000Z' },
    { type: 'list', raw: 'SAP; Oracle;;', value: ['SAP', 'Oracle'] },
    { type: 'list', raw: ' ; ', value: null },
    { type: 'country', raw: 'Deutschland', value: 'DE' },
    { type: 'country', raw: '日本', value: 'JP' },
    { type: 'country', raw: 'usa', value: 'US' },
    { type: 'country', raw: '대한민국', value: 'KR' },
  ])('$raw is read as $type', ({ type, raw, value }) => {
    expect(read(type, raw)).toEqual({ value });
  });

  it.each<CrmValue | undefined>([null, undefined, '', '   '])('%j is unknown in every type', (raw) => {
    for (const type of ['text', 'number', 'boolean', 'date', 'list', 'country'] as const)
      expect(read(type, raw)).toEqual({ value: null });
  });

  it.each<{ type: FieldType; raw: CrmValue; reason: string }>([
    { type: 'number', raw: 'many', reason: 'is not a number' },
    { type: 'number', raw: '1,200', reason: 'is not a number' },
    { type: 'number', raw: '1.200,5', reason: 'is not a number' },
    { type: 'number', raw: '0x10', reason: 'is not a number' },
    { type: 'number', raw: Number.POSITIVE_INFINITY, reason: 'is not a finite number' },
    { type: 'boolean', raw: 'maybe', reason: 'is neither true nor false' },
    { type: 'date', raw: '22.11.2026', reason: 'is not a date' },
    { type: 'date', raw: '2026-02-30', reason: 'is not a date' },
    { type: 'datetime', raw: '2026-02-30T10:00:00Z', reason: 'is not a date' },
    { type: 'datetime', raw: '2026-11-22T25:00:00Z', reason: 'is not a date' },
    { type: 'datetime', raw: 'yesterday', reason: 'is not a date' },
    { type: 'country', raw: 'Atlantis', reason: 'is no country that Tierline knows' },
    { type: 'country', raw: 'n/a', reason: 'is no country that Tierline knows' },
  ])('$raw is refused as $type', ({ type, raw, reason }) => {
    expect(read(type, raw)).toEqual({ reason });
  });
});

describe('a transform', () => {
  it.each<{ transform: Transform; type?: FieldType; raw: string; value: unknown }>([
    { transform: 'first_of_list', raw: 'decision maker;user', value: 'decision maker' },
    {
      transform: 'split_list',
      type: 'list',
      raw: 'SAP, Oracle|Salesforce、日立',
      value: ['SAP', 'Oracle', 'Salesforce', '日立'],
    },
    { transform: 'domain_of', raw: 'ana@acme.example', value: 'acme.example' },
    { transform: 'lower_case', raw: 'CUSTOMER', value: 'customer' },
    { transform: 'account_of_task_key', raw: 'hs:4711:act_now:2026-11-19', value: '4711' },
    { transform: 'account_of_task_key', raw: 'by hand', value: null },
  ])('$transform turns "$raw" into its value', ({ transform, type = 'text', raw, value }) => {
    expect(readValue(fieldMapping({ transform, type }), raw)).toEqual({ value });
  });
});

describe('translated values', () => {
  const values = { tier_1: 'Tier 1', tier_2: 'Tier 2' };

  it('are read as ours, and others as they stand', () => {
    const choice = fieldMapping({ type: 'choice', values });
    expect(readValue(choice, 'Tier 1')).toEqual({ value: 'tier_1' });
    expect(readValue(choice, 'Gold')).toEqual({ value: 'Gold' });
  });

  it('are read one by one in a list', () => {
    expect(readValue(fieldMapping({ type: 'list', values }), 'Tier 2;Gold;Tier 1')).toEqual({
      value: ['tier_2', 'Gold', 'tier_1'],
    });
  });
});

describe('text of a file', () => {
  it('is read by the same rules', () => {
    expect(readTypedValue('number', ' 12 ')).toEqual({ value: 12 });
    expect(readTypedValue('number', '')).toEqual({ value: null });
    expect(readTypedValue('number', 'twelve')).toEqual({ reason: 'is not a number' });
  });
});

describe('a moment', () => {
  it('is in UTC when it names no zone', () => {
    expect(isoMomentOf('2026-11-22T10:20:30')).toBe('2026-11-22T10:20:30.000Z');
  });

  it.each(['2026', '20261122', '2026-13-01', '2026-04-31', '2026-04-31 10:00', '11/22/2026', ''])(
    'is not "%s"',
    (text) => {
      expect(isoMomentOf(text)).toBeNull();
    },
  );
});
