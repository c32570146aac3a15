// Text that wants to be a query: what people, files and CRMs send reaches SOQL and SQL as text and nothing else.
import { beforeEach, describe, expect, it } from 'vitest';
import { soqlIn, soqlInstant, soqlName, toSoql } from '#connectors/salesforce/read/soql.ts';
import { ConfigError } from '#errors/errors.ts';
import type { Store } from '#ports/store.ts';
import { parseQuery } from '#sandbox/salesforce/soql/parse-query.ts';
import { collect, recordOf } from '../store/records-of.ts';
import { openTestStore } from '../store/store-fixture.ts';

const VALUES = [
  "' OR Name != '",
  "\\' OR Id != null --",
  "x') OR (Id != ''",
  "O'Brien\\",
  "'; DELETE FROM Account; --",
  "%' LIMIT 1 OFFSET 2000 //",
  "a\nFROM User WHERE Id != '",
  '" OR ""="',
  "' UNION SELECT Id FROM User WHERE Name LIKE '",
  '\u0027 OR 1=1',
  '\uFF07 OR 1=1',
];

describe('a value in SOQL', () => {
  it.each(VALUES)('stays one value: %j', (value) => {
    const query = parseQuery(
      toSoql({ select: ['Id'], from: 'Account', where: [soqlIn('Name', [value, 'other'])] }),
    );
    const { where } = query as unknown as { where: { kind: string; values: readonly { kind: string }[] } };
    expect(where.kind).toBe('in');
    expect(where.values).toHaveLength(2);
    expect(query).toMatchObject({ limit: null });
  });
});

describe('a name or a moment in SOQL', () => {
  it.each([
    'Name FROM User',
    'Id, (SELECT Id FROM Contacts)',
    'Name--',
    'Na me',
    "Name'",
    'COUNT()',
    '__proto__()',
    'a.b.c.d.e.f.g',
    'Näme',
  ])('that is none is refused: %s', (name) => {
    expect(() => soqlName(name)).toThrow(ConfigError);
  });

  it.each(['2026-11-22T00:00:00Z OR Id != null', "2026-11-22'", 'TODAY'])('such as %s is refused', (text) => {
    expect(() => soqlInstant(text)).toThrow(ConfigError);
  });
});

describe('a value in SQL', () => {
  let store: Store;

  beforeEach(async () => {
    store = await openTestStore();
    await store.records.put('r1', [recordOf('account', '001', { name: 'Acme', domain: 'acme.com' })]);
  });

  it.each([
    "'; drop table tierline.records; --",
    "' or '1'='1",
    "acme.com' or true --",
    '$1',
    '%',
    '_cme',
    "\\'; select pg_sleep(60); --",
    "'||(select version())||'",
    'Acme\0',
    '\uD800',
    "1; copy tierline.tokens to program 'sh'",
  ])('finds nothing but what is called so: %j', async (text) => {
    const found = await store.records.findAccounts(text);
    // Of these only the name with a NUL in it is the account's, once what no text can hold is left out.
    expect(found.map(({ id }) => id)).toEqual(text === 'Acme\0' ? ['001'] : []);
    const listed = await store.accounts.page({ tier: null, search: text, after: null, limit: 10 });
    expect(listed).toEqual([]);
    expect(await store.keys.resolve(text.replaceAll('\0', '').toWellFormed())).toBeNull();
  });

  it.each(["name' || 'x", "a'::text); drop table tierline.runs; --", '$2', '{}'])(
    'may be the name of a field: %j',
    async (name) => {
      expect(await store.sources.distinct(['intent-scores'], name)).toEqual([]);
      await store.records.put('r2', [recordOf('contact', 'c1', { [name]: 'value' })]);
      const [stored] = await collect(store.records.stream({ object: 'contact' }));
      expect(stored?.fields[name]).toBe('value');
    },
  );

  it.each(['\0', '\uD83D', 'a\0b\uDC00c', "';--"])('is stored as far as text can be: %j', async (name) => {
    await store.records.put('r3', [recordOf('account', '002', { name })]);
    const stored = await collect(store.records.stream({ object: 'account', ids: ['002'] }));
    expect(stored.map(({ fields }) => fields['name'])).toEqual([name.replaceAll('\0', '').toWellFormed()]);
  });
});
