import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompanyRecord, type Judgement, verdicts } from '#domain/key/company-record.ts';
import { matchCompanies } from '#domain/key/match-companies.ts';
import { settleJudgements } from '#domain/key/settle-judgements.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';

const judge = (a: string, verdict: Judgement['verdict'], b: string): Judgement => ({ a, b, verdict });

const account = (id: string, name: string, rest: Partial<CompanyRecord> = {}): CompanyRecord => ({
  id,
  kind: 'account',
  name,
  ...rest,
});
const person = (id: string, rest: Partial<CompanyRecord>): CompanyRecord => ({
  id,
  kind: 'person',
  name: null,
  ...rest,
});

describe('settleJudgements', () => {
  it('puts together what is told to be one, over several words', () => {
    const settled = settleJudgements([
      judge('c', 'same', 'b'),
      judge('a', 'same', 'b'),
      judge('x', 'same', 'y'),
    ]);
    expect(settled.together).toEqual([
      ['a', 'b', 'c'],
      ['x', 'y'],
    ]);
  });

  it('lets the newest word on a pair stand', () => {
    const settled = settleJudgements([judge('b', 'different', 'a'), judge('a', 'same', 'b')]);
    expect(settled).toMatchObject({ together: [], apart: [judge('b', 'different', 'a')], overruled: [] });
  });

  it('takes a word back with "unsure"', () => {
    const settled = settleJudgements([judge('a', 'unsure', 'b'), judge('a', 'same', 'b')]);
    expect(settled).toMatchObject({ together: [], unsure: [judge('a', 'unsure', 'b')] });
  });

  it('overrules an older word that newer ones contradict in a roundabout way', () => {
    const old = judge('a', 'same', 'c');
    const settled = settleJudgements([judge('a', 'same', 'b'), judge('b', 'different', 'c'), old]);
    expect(settled).toMatchObject({ together: [['a', 'b']], overruled: [old] });
  });

  it('keeps a parent and its child two companies of one family', () => {
    const parent = judge('p', 'parent_of', 'c');
    expect(settleJudgements([parent])).toMatchObject({ apart: [parent], families: [parent] });
  });

  it('never puts together what it also keeps apart, whatever people said', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const judgement = fc.record({ a: id, b: id, verdict: fc.constantFrom(...verdicts) });
    fc.assert(
      fc.property(fc.array(judgement, { maxLength: 12 }), (judgements) => {
        const { together, apart } = settleJudgements(judgements);
        const setOf = (name: string) => together.findIndex((ids) => ids.includes(name));
        for (const { a, b } of apart) {
          expect(a === b || (setOf(a) >= 0 && setOf(a) === setOf(b))).toBe(false);
        }
        // The newest word of all is never overruled.
        const [newest] = judgements.filter(({ a, b }) => a !== b);
        const isFollowed = newest?.verdict !== 'same' || setOf(newest.a) === setOf(newest.b);
        expect(isFollowed).toBe(true);
      }),
    );
  });
});

describe('the matcher with judgements', () => {
  const rules = loadKeyRules();
  const groupsOf = (records: readonly CompanyRecord[], judgements: readonly Judgement[]) =>
    Object.fromEntries(matchCompanies(records, rules, judgements).map((found) => [found.id, found.group]));

  it('joins through a record that is gone', () => {
    const records = [account('a', 'Aster'), account('c', 'Crocus')];
    expect(groupsOf(records, [judge('a', 'same', 'gone'), judge('gone', 'same', 'c')])).toEqual({
      a: 'a',
      c: 'a',
    });
  });

  it('keeps apart from a whole set what was told apart from one of it', () => {
    const records = ['a', 'b', 'c'].map((id) => account(id, 'Aster GmbH', { domain: 'aster.de' }));
    expect(groupsOf(records, [judge('c', 'different', 'gone'), judge('gone', 'same', 'a')])).toMatchObject({
      a: 'a',
      c: 'c',
    });
  });

  it('puts a person where people said, against the link of the CRM', () => {
    const records = [
      account('a', 'Aster', { domain: 'aster.de' }),
      account('b', 'Borage', { domain: 'borage.de' }),
      person('p', { email: 'p@aster.de', accountId: 'a' }),
    ];
    expect(groupsOf(records, [judge('p', 'same', 'b')])).toMatchObject({ p: 'b' });
    const found = matchCompanies(records, rules, [judge('p', 'same', 'b')]).find(({ id }) => id === 'p');
    expect(found).toMatchObject({ evidence: ['judgement'], confidence: 1 });
  });

  it('takes a person out of a company: the next evidence decides, and nothing leads back', () => {
    const records = [
      account('a', 'Aster', { domain: 'aster.de' }),
      account('a2', 'Aster', { domain: 'aster.de' }),
      account('b', 'Borage', { domain: 'borage.de' }),
      person('p', { email: 'p@aster.de', accountId: 'a' }),
      person('q', { email: 'q@borage.de', accountId: 'a' }),
    ];
    const groups = groupsOf(records, [judge('p', 'different', 'a2'), judge('q', 'different', 'a')]);
    expect(groups['p']).not.toBe('a');
    expect(groups).toMatchObject({ a: 'a', a2: 'a', q: 'b' });
  });
});
