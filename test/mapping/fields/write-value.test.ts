import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalValue, FieldType } from '#domain/record/objects.ts';
import { readValue } from '#mapping/fields/read-value.ts';
import { cutText, writeValue } from '#mapping/fields/write-value.ts';
import { fieldMapping } from './field-mapping.ts';

const VALUES = { tier_1: 'Tier 1', tier_2: 'Tier 2', excluded: 'Excluded' };

describe('a value that is written', () => {
  it('is translated into what the CRM holds', () => {
    expect(writeValue(fieldMapping({ type: 'choice', values: VALUES }), 'tier_1', undefined)).toBe('Tier 1');
    expect(writeValue(fieldMapping({ type: 'list', values: VALUES }), ['tier_2', 'own'], undefined)).toBe(
      'Tier 2;own',
    );
  });

  it('empties the field when it is unknown', () => {
    expect(writeValue(fieldMapping(), null, undefined)).toBeNull();
  });

  it('stays a number or a truth value', () => {
    expect(writeValue(fieldMapping({ type: 'number' }), 0, undefined)).toBe(0);
    expect(writeValue(fieldMapping({ type: 'boolean' }), false, undefined)).toBe(false);
  });
});

const day = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const item = fc.stringMatching(/^[a-z][a-z0-9_ ]{0,8}[a-z0-9]$/u);
const writable: fc.Arbitrary<{ readonly type: FieldType; readonly value: CanonicalValue }> = fc.oneof(
  fc.record({ type: fc.constant('choice' as const), value: fc.constantFrom(...Object.keys(VALUES)) }),
  fc.record({ type: fc.constant('datetime' as const), value: day }),
  fc.record({ type: fc.constant('date' as const), value: day.map((iso) => iso.slice(0, 10)) }),
  fc.record({
    type: fc.constantFrom('number' as const, 'money' as const),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
  fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({
    type: fc.constant('list' as const),
    value: fc.array(fc.oneof(item, fc.constantFrom(...Object.keys(VALUES))), { minLength: 1, maxLength: 5 }),
  }),
);

describe('writing and reading back', () => {
  it('gives the value that was written', () => {
    fc.assert(
      fc.property(writable, ({ type, value }) => {
        const field = fieldMapping({ type, values: VALUES });
        expect(readValue(field, writeValue(field, value, undefined))).toEqual({ value });
      }),
    );
  });

  it('gives it too where the CRM answers numbers as text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const field = fieldMapping({ type: 'number' });
        expect(readValue(field, String(value))).toEqual({ value: value === 0 ? 0 : value });
      }),
    );
  });
});

describe('a text that is too long', () => {
  it('is cut, with an ellipsis as its last character', () => {
    expect(cutText('Tierline', 5)).toBe('Tier…');
    expect(cutText('Tierline', 8)).toBe('Tierline');
    expect(cutText('Tierline', null)).toBe('Tierline');
  });

  it('never ends in half a character, and never exceeds the field', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, maxLength) => {
        const cut = cutText(text, maxLength);
        expect(cut.length).toBeLessThanOrEqual(maxLength);
        expect(cut.isWellFormed()).toBe(true);
        expect(text.startsWith(cut.replace(/…$/u, ''))).toBe(true);
      }),
    );
  });
});
