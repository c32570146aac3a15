import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalValue, FieldType } from '#domain/record/objects.ts';
import { type FieldMapping, WRITE_RULES } from '#mapping/fields/object-mapping.ts';
import { readValue } from '#mapping/fields/read-value.ts';
import { writeValue } from '#mapping/fields/write-value.ts';
import type { LiveObject } from '#pipeline/connected-crm.ts';
import { planUpdate, type RecordPlanSituation, type WantedField } from '#pipeline/plan/plan-record.ts';
import type { CrmFieldSchema } from '#ports/crm.ts';
import type { LedgeredRecord } from '#ports/store.ts';

const CHOICES = {
  toCrm: new Map([
    ['a', 'Alpha'],
    ['b', 'Beta'],
  ]),
  fromCrm: new Map([
    ['Alpha', 'a'],
    ['Beta', 'b'],
  ]),
};

/** Canonical values as a mapping may hold them; texts as a CRM keeps them, trimmed and composed. */
const VALUES: Readonly<Record<string, fc.Arbitrary<CanonicalValue>>> = {
  text: fc.string({ minLength: 1, unit: 'grapheme' }).map((text) => text.normalize('NFC').trim() || 'x'),
  choice: fc.constantFrom('a', 'b', 'c'),
  number: fc.integer(),
  boolean: fc.boolean(),
  date: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  list: fc.uniqueArray(fc.constantFrom('red', 'green', 'blue'), { minLength: 1 }),
};
const TYPES = Object.keys(VALUES) as FieldType[];

interface Case {
  readonly field: FieldMapping;
  readonly live: CanonicalValue;
  readonly wanted: WantedField;
  readonly lastWritten: CanonicalValue | undefined;
  readonly maxLength: number | null;
}

const caseOf = (name: string): fc.Arbitrary<Case> =>
  fc.constantFrom(...TYPES).chain((type) => {
    const value = fc.option(VALUES[type] ?? fc.constant(null), { nil: null });
    return fc.record({
      field: fc.record({
        name: fc.constant(name),
        crm: fc.constant(`crm_${name}`),
        type: fc.constant(type),
        write: fc.constantFrom(...WRITE_RULES),
        transform: fc.constant(null),
        values: fc.constant(type === 'choice' ? CHOICES : null),
        clearsOnNull: fc.boolean(),
        optional: fc.constant(false),
      }),
      live: value,
      wanted: fc.record(
        {
          value,
          why: fc.constant('because'),
          observedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'),
          asserted: fc.boolean(),
        },
        { requiredKeys: ['value', 'why'] },
      ),
      lastWritten: fc.option(value, { nil: undefined }),
      maxLength:
        type === 'text' ? fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }) : fc.constant(null),
    });
  });

const CASES = fc.tuple(caseOf('first'), caseOf('second'), caseOf('third'));

function liveObject(cases: readonly Case[]): LiveObject {
  const schemas = cases.map(({ field, maxLength }): [string, CrmFieldSchema] => [
    field.crm,
    {
      name: field.crm,
      label: field.name,
      vendorType: 'any',
      kind: 'text',
      maxLength,
      createable: true,
      updateable: true,
      options: [],
      restricted: false,
    },
  ]);
  return {
    object: 'account',
    mapping: {
      file: 'account.yaml',
      crmObject: 'Account',
      optional: false,
      fields: new Map(cases.map(({ field }) => [field.name, field])),
    },
    schema: { crmObject: 'Account', fields: new Map(schemas) },
  };
}

function recordOf(cases: readonly Case[]): LedgeredRecord {
  const written = cases.flatMap(({ field, lastWritten }) =>
    lastWritten === undefined ? [] : [[field.name, lastWritten] as const],
  );
  return {
    connection: 'sf',
    object: 'account',
    id: '001',
    companyKey: 'co_1',
    modifiedAt: '2026-06-01T00:00:00.000Z',
    deleted: false,
    fields: Object.fromEntries(cases.map(({ field, live }) => [field.name, live])),
    lastWritten: Object.fromEntries(written),
  };
}

const plan = (record: LedgeredRecord, cases: readonly Case[], facts: string | null) => {
  const situation: RecordPlanSituation = { run: 'r1', companyKey: 'co_1', live: liveObject(cases), facts };
  return planUpdate(record, new Map(cases.map(({ field, wanted }) => [field.name, wanted])), situation);
};

/** What the CRM holds of the change once it is written, as the next pull reads it; the ledger has what we meant to write. */
function applied(
  record: LedgeredRecord,
  change: NonNullable<ReturnType<typeof plan>>,
  cases: readonly Case[],
): LedgeredRecord {
  const { mapping, schema } = liveObject(cases);
  const held: Record<string, CanonicalValue> = {};
  const meant: Record<string, CanonicalValue> = {};
  for (const { field: name, after } of change.fields) {
    meant[name] = after;
    const field = mapping.fields.get(name);
    if (field === undefined) continue;
    const read = readValue(field, writeValue(field, after, schema.fields.get(field.crm)));
    held[name] = 'value' in read ? read.value : null;
  }
  return {
    ...record,
    modifiedAt: '2026-11-20T00:00:00.000Z',
    fields: { ...record.fields, ...held },
    lastWritten: { ...record.lastWritten, ...meant },
  };
}

describe('a planned update', () => {
  it('leaves nothing to plan once it is applied', () => {
    fc.assert(
      fc.property(CASES, fc.constantFrom('facts', null), (cases, facts) => {
        const record = recordOf(cases);
        const change = plan(record, cases, facts);
        fc.pre(change !== null);
        expect(plan(applied(record, change, cases), cases, facts)).toBeNull();
      }),
    );
  });

  it('never holds a field that the mapping only reads', () => {
    fc.assert(
      fc.property(CASES, (cases) => {
        const readOnly = cases.filter(({ field }) => field.write === 'never').map(({ field }) => field.name);
        const planned = plan(recordOf(cases), cases, null)?.fields.map(({ field }) => field) ?? [];
        expect(planned.filter((name) => readOnly.includes(name))).toEqual([]);
      }),
    );
  });

  it('never empties a field that the mapping keeps, save what is ours to set', () => {
    fc.assert(
      fc.property(CASES, (cases) => {
        const kept = cases.filter(({ field, wanted }) => !field.clearsOnNull && wanted.asserted !== true);
        const emptied =
          plan(recordOf(cases), cases, null)?.fields.filter(({ after }) => after === null) ?? [];
        expect(emptied.filter(({ field }) => kept.some((one) => one.field.name === field))).toEqual([]);
      }),
    );
  });

  it('says what the CRM holds now', () => {
    fc.assert(
      fc.property(CASES, (cases) => {
        const record = recordOf(cases);
        for (const { field, now } of plan(record, cases, null)?.fields ?? [])
          expect(now).toEqual(record.fields[field]);
      }),
    );
  });
});
