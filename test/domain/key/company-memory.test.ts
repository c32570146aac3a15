import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompanyRecord, Judgement, KeyAssignment } from '#domain/key/company-record.ts';
import { createCompanyMatcher } from '#domain/key/match-companies.ts';
import { type CompanyMemory, createCompanyMemory } from '#domain/key/memory/company-memory.ts';
import { createMemorySource } from '#domain/key/memory/memory-parts.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';

const rules = loadKeyRules();

/** Saved and read back, as between two processes. */
function reopen(memory: CompanyMemory): CompanyMemory {
  const source = createMemorySource();
  for (const { name, data } of memory.save()) source.put({ name, data: data.slice() });
  return createCompanyMemory(rules, source);
}

function nameOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind} ${id}`;
}

/** What a full run over the records says, by record. */
function matchAll(records: readonly CompanyRecord[], judgements: readonly Judgement[]) {
  const matcher = createCompanyMatcher(rules, judgements);
  for (const record of records) matcher.add(record);
  const assignments = new Map(Array.from(matcher.finish(), (each) => [nameOf(each), each]));
  return { assignments, reviews: matcher.reviews(), omissions: { ...matcher.omissions() } };
}

const names = [
  'Acme',
  'Acme Inc',
  'Acme Bank',
  'Beta',
  'Beta 株式会社',
  'ベータ',
  'Toyota Motor',
  'トヨタモーター',
  'Tayota Motar',
  'トヨタ',
  '토요타',
  'Gamma',
  'Gamma Fund II',
  '大安鋼鐵股份有限公司',
  '大安國際股份有限公司',
  '大鋼',
  '大安',
  'Acme LP',
  'NEO',
  'n/a',
  null,
];
const content = fc.record({
  name: fc.constantFrom(...names),
  aliases: fc.subarray(['Acme', 'Gamma', 'ガンマ株式会社']),
  domain: fc.constantFrom(null, null, 'acme.com', 'acme.jp', 'beta.jp', 'toyota.co.jp', 'gmail.com'),
  country: fc.constantFrom(null, 'JP', 'KR', 'US', 'TW'),
  siren: fc.constantFrom(null, null, null, '732829320', '303265045'),
  link: fc.constantFrom(null, null, 'r1', 'r2'),
});
const change = fc.record({
  number: fc.nat(9),
  isPerson: fc.boolean(),
  content: fc.option(content, { freq: 4 }),
});
const night = fc.record({
  changes: fc.array(change, { maxLength: 6 }),
  verdict: fc.option(fc.constantFrom('same', 'different', 'unsure'), { freq: 1 }),
  reopened: fc.boolean(),
});

function toRecord(
  id: string,
  isPerson: boolean,
  { name, aliases, domain, country, siren, link }: typeof content extends fc.Arbitrary<infer C> ? C : never,
): CompanyRecord {
  if (isPerson) {
    const email = `x@${domain ?? 'yahoo.co.jp'}`;
    return { id, kind: 'person', name: null, email, companyName: name, country, accountId: link };
  }
  const ids = siren === null ? {} : { siren };
  return { id, kind: 'account', name, aliases, domain, country, ids, parentId: link };
}

describe('createCompanyMemory (invariant K22)', () => {
  it('comes to what a full run comes to, whatever was added, changed and removed before', () => {
    fc.assert(
      fc.property(fc.array(night, { minLength: 1, maxLength: 6 }), (nights) => {
        const records = new Map<string, CompanyRecord>();
        const held = new Map<string, KeyAssignment>();
        let memory = createCompanyMemory(rules);
        for (const { changes, verdict, reopened } of nights) {
          const put: CompanyRecord[] = [];
          const removed: CompanyRecord[] = [];
          for (const { number, isPerson, content: now } of changes) {
            const id = `${isPerson ? 'p' : 'r'}${number}`;
            const name = `${isPerson ? 'person' : 'account'} ${id}`;
            const known = records.get(name);
            if ([...put, ...removed].some((each) => each.id === id)) continue;
            if (now !== null) {
              const record = toRecord(id, isPerson, now);
              records.set(name, record);
              put.push(record);
            } else if (known !== undefined) {
              records.delete(name);
              removed.push(known);
            }
          }
          const judgements = verdict === null ? [] : ([{ a: 'r3', b: 'r4', verdict }] as const);
          memory.change(put, removed);
          const regrouping = memory.regroup(judgements);
          for (const name of regrouping.removed()) held.delete(nameOf(name));
          for (const each of [...regrouping.accounts(), ...regrouping.persons()])
            held.set(nameOf(each), each);

          const full = matchAll([...records.values()], judgements);
          expect(Object.fromEntries(held)).toEqual(Object.fromEntries(full.assignments));
          expect(regrouping.reviews()).toEqual(full.reviews);
          expect(regrouping.omissions).toEqual(full.omissions);
          if (reopened) memory = reopen(memory);
        }
      }),
      { numRuns: 80, seed: 20261122 },
    );
  });
});
