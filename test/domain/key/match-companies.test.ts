import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompanyRecord, Judgement, KeyAssignment } from '#domain/key/company-record.ts';
import { createCompanyMatcher, matchCompanies } from '#domain/key/match-companies.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';

const rules = loadKeyRules();

function account(id: string, name: string | null, rest: Partial<CompanyRecord> = {}): CompanyRecord {
  return { id, kind: 'account', name, ...rest };
}

function person(id: string, email: string, rest: Partial<CompanyRecord> = {}): CompanyRecord {
  return { id, kind: 'person', name: null, email, ...rest };
}

function groupsOf(
  records: readonly CompanyRecord[],
  judgements: readonly Judgement[] = [],
): Record<string, string | null> {
  return Object.fromEntries(matchCompanies(records, rules, judgements).map(({ id, group }) => [id, group]));
}

function only(records: readonly CompanyRecord[], id: string): KeyAssignment {
  const found = matchCompanies(records, rules).find((assignment) => assignment.id === id);
  if (found === undefined) throw new Error(`no assignment for ${id}`);
  return found;
}

function fiveAccounts(prefix: string, name: string): CompanyRecord[] {
  return Array.from({ length: 5 }, (_, index) => account(`${prefix}${index}`, name, { domain: 'haus.de' }));
}

describe('matchCompanies', () => {
  it('leaves a company alone when nothing speaks for another', () => {
    expect(only([account('a', 'Acme Robotics')], 'a')).toEqual({
      id: 'a',
      kind: 'account',
      group: 'a',
      family: 'a',
      evidence: [],
      confidence: 1,
      review: false,
    });
  });

  it('joins records that share an exclusive identifier, whatever they are called', () => {
    const groups = groupsOf([
      account('a', 'Kawa Kogyo', { ids: { jp_corporate_number: '7000012050002' } }),
      account('b', '河工業株式会社', { ids: { jp_corporate_number: 'T7000012050002' } }),
    ]);
    expect(groups).toEqual({ a: 'a', b: 'a' });
  });

  it('never joins two values of one exclusive register, even on one domain and name', () => {
    const groups = groupsOf([
      account('a', 'Acme', { domain: 'acme.fr', ids: { siren: '732829320' } }),
      account('b', 'Acme', { domain: 'acme.fr', ids: { siren: '303265045' } }),
    ]);
    expect(groups).toEqual({ a: 'a', b: 'b' });
  });

  it('joins one name in one country and keeps it apart in two', () => {
    expect(
      groupsOf([
        account('a', 'Acme GmbH', { country: 'DE' }),
        account('b', 'ACME', { country: 'Deutschland' }),
      ]),
    ).toEqual({ a: 'a', b: 'a' });
    expect(
      groupsOf([account('a', 'Acme GmbH', { country: 'DE' }), account('b', 'Acme Inc', { country: 'US' })]),
    ).toEqual({ a: 'a', b: 'b' });
  });

  it('never joins on a free-mail or social host', () => {
    const groups = groupsOf([
      account('a', 'Alpha Bakery', { website: 'https://facebook.com/alpha' }),
      account('b', 'Beta Florist', { website: 'https://facebook.com/beta' }),
      account('c', 'Gamma Tools', { email: 'gamma@gmail.com' }),
      account('d', 'Delta Foods', { email: 'delta@gmail.com' }),
    ]);
    expect(new Set(Object.values(groups)).size).toBe(4);
  });

  it('does not take junk for a name', () => {
    expect(groupsOf([account('a', 'n/a'), account('b', 'N/A')])).toEqual({ a: 'a', b: 'b' });
  });

  it('lets a judgement beat every evidence', () => {
    const records = [
      account('a', 'Acme', { domain: 'acme.com' }),
      account('b', 'Acme', { domain: 'acme.com' }),
      account('c', 'Zeta'),
    ];
    const judgements: Judgement[] = [
      { a: 'a', b: 'b', verdict: 'different' },
      { a: 'c', b: 'b', verdict: 'same' },
    ];
    expect(groupsOf(records, judgements)).toEqual({ a: 'a', b: 'b', c: 'b' });
  });

  it('keeps a parent and its child apart as companies and together as a family', () => {
    const assignments = matchCompanies(
      [account('p', 'Parent Holding'), account('c', 'Child Works', { parentId: 'p' })],
      rules,
    );
    expect(assignments.map(({ group, family }) => [group, family])).toEqual([
      ['p', 'c'],
      ['c', 'c'],
    ]);
  });

  it('answers in the order the records came', () => {
    expect(
      matchCompanies([account('z', 'Zeta'), person('m', 'm@zeta.com'), account('a', 'Alpha')], rules).map(
        ({ id }) => id,
      ),
    ).toEqual(['z', 'm', 'a']);
  });
});

describe('names', () => {
  it('join across the writings of one company', () => {
    const groups = groupsOf([
      account('a', '台灣積體電路製造股份有限公司', { country: 'TW' }),
      account('b', '臺灣積體電路製造(股)公司', { country: '台灣' }),
      account('c', '台湾积体电路制造', { country: 'TW' }),
      account('d', 'Müller Werke GmbH', { country: 'DE' }),
      account('e', 'MUELLER WERKE', { country: 'Germany' }),
    ]);
    expect(groups).toEqual({ a: 'a', b: 'a', c: 'a', d: 'd', e: 'd' });
  });

  it('let a short Han name stand for the one legal name that holds it', () => {
    const legal = account('a', '大安鋼鐵股份有限公司', { country: 'TW' });
    const short = account('b', '大鋼', { country: 'TW' });
    expect(groupsOf([legal, short])).toEqual({ a: 'a', b: 'a' });
    const rival = account('c', '大業鋼管股份有限公司', { country: 'TW' });
    expect(groupsOf([legal, short, rival])).toEqual({ a: 'a', b: 'b', c: 'c' });
  });

  it('join a Latin name with the one company whose domain is called so', () => {
    const owner = account('a', '日光微電子股份有限公司', { country: 'TW', domain: 'sunmicron.com.tw' });
    expect(groupsOf([owner, account('b', 'Sunmicron', { country: 'TW' })])).toEqual({ a: 'a', b: 'a' });
    expect(groupsOf([owner, account('b', 'Sunmicron', { country: 'US' })])).toEqual({ a: 'a', b: 'b' });
  });

  it('join a Latin name with the kana name that sounds like it, business words translated', () => {
    const records = [
      account('a', '株式会社オオノデンキ', { country: 'JP' }),
      account('b', 'Ohno Electric Co., Ltd.', { country: 'JP' }),
      account('c', '株式会社マツダイラ', { country: 'JP' }),
    ];
    expect(groupsOf(records)).toEqual({ a: 'a', b: 'a', c: 'c' });
  });

  it('read the kanji of business words beside kana', () => {
    const records = [
      account('a', 'マツナミ工業株式会社', { country: 'JP' }),
      account('b', 'Matsunami Industries', { country: 'JP' }),
    ];
    expect(groupsOf(records)).toEqual({ a: 'a', b: 'a' });
  });

  it('do not join two companies that sound alike with a third', () => {
    const records = [
      account('a', '株式会社オオノデンキ', { country: 'JP' }),
      account('b', '株式会社オウノデンキ', { country: 'JP' }),
      account('c', 'Ohno Electric', { country: 'JP' }),
    ];
    expect(new Set(Object.values(groupsOf(records))).size).toBe(3);
    expect(only(records, 'c').review).toBe(true);
  });

  it('do not join a bare acronym with another', () => {
    expect(
      groupsOf([account('a', 'NEO', { country: 'US' }), account('b', 'NEO', { country: 'US' })]),
    ).toEqual({ a: 'a', b: 'b' });
  });

  it('do not join a partnership with the corporation of its name', () => {
    expect(groupsOf([account('a', 'Sandpiper Capital LP'), account('b', 'Sandpiper Capital Inc.')])).toEqual({
      a: 'a',
      b: 'b',
    });
  });

  it('do not join when the own domains contradict', () => {
    const records = [
      account('a', 'Summit Consulting', { country: 'US', domain: 'summitpartners.com' }),
      account('b', 'Summit Consulting', { country: 'US', domain: 'peakadvice.com' }),
    ];
    expect(groupsOf(records)).toEqual({ a: 'a', b: 'b' });
    expect(only(records, 'a').review).toBe(true);
  });
});

describe('a domain', () => {
  it('joins what one company calls itself, and its short and its translated names', () => {
    const groups = groupsOf([
      account('a', 'International Widget Makers Inc.', { domain: 'iwm.com' }),
      account('b', 'IWM', { website: 'https://www.iwm.com' }),
      account('c', 'ウィジェット株式会社', { domain: 'iwm.com' }),
      account('d', null, { domain: 'iwm.com' }),
    ]);
    expect(groups).toEqual({ a: 'a', b: 'a', c: 'a', d: 'a' });
  });

  it('keeps its companies of several countries apart, as one family', () => {
    const assignments = matchCompanies(
      [
        account('a', 'Acme Ltd', { domain: 'acme.com', country: 'GB' }),
        account('b', 'Acme GmbH', { domain: 'acme.com', country: 'DE' }),
      ],
      rules,
    );
    expect(assignments.map(({ group, family }) => [group, family])).toEqual([
      ['a', 'a'],
      ['b', 'a'],
    ]);
  });

  it('keeps two unlike legal names apart, as one family that a person should look at', () => {
    const assignments = matchCompanies(
      [account('a', 'Foo GmbH', { domain: 'haus.de' }), account('b', 'Bar AG', { domain: 'haus.de' })],
      rules,
    );
    expect(assignments.map(({ group, family, review }) => [group, family, review])).toEqual([
      ['a', 'a', true],
      ['b', 'a', true],
    ]);
  });

  it('keeps sub-hosts apart', () => {
    const groups = groupsOf([
      account('a', 'Acme Steel', { website: 'steel.acme.com' }),
      account('b', 'Acme Foods', { website: 'foods.acme.com' }),
    ]);
    expect(groups).toEqual({ a: 'a', b: 'b' });
  });

  it('keeps numbered funds apart', () => {
    const groups = groupsOf([
      account('a', 'Acme Fund III', { domain: 'acme.com' }),
      account('b', 'Acme Fund IV', { domain: 'acme.com' }),
    ]);
    expect(groups).toEqual({ a: 'a', b: 'b' });
  });
});

describe('persons', () => {
  const accounts = [
    account('a', 'Acme', { domain: 'acme.com' }),
    account('b', 'Beta Works', { country: 'JP' }),
  ];

  it('follow the account link of the CRM before their e-mail', () => {
    expect(only([...accounts, person('p', 'p@acme.com', { accountId: 'b' })], 'p').group).toBe('b');
  });

  it('attach by the domain of their e-mail', () => {
    const { group, evidence } = only([...accounts, person('p', 'p@mail.acme.com')], 'p');
    expect([group, evidence]).toEqual(['a', ['domain']]);
  });

  it('attach by the company name they typed when their mail is free', () => {
    expect(
      only([...accounts, person('p', 'p@gmail.com', { companyName: 'Beta Works Co., Ltd.' })], 'p').group,
    ).toBe('b');
  });

  it('attach to the company of their country where a domain has several', () => {
    const several = [
      account('x', 'Acme Ltd', { domain: 'acme.co', country: 'GB' }),
      account('y', 'Acme GmbH', { domain: 'acme.co', country: 'DE' }),
    ];
    expect(only([...several, person('p', 'p@acme.co', { country: 'DE' })], 'p')).toMatchObject({
      group: 'y',
      review: false,
    });
    expect(only([...several, person('p', 'p@acme.co')], 'p')).toMatchObject({ family: 'x', review: true });
  });

  it('attach to the company of the same label under another ending when there is one only', () => {
    expect(
      only([account('x', 'Sunmicron', { domain: 'sunmicron.com.tw' }), person('p', 'p@sunmicron.com')], 'p')
        .group,
    ).toBe('x');
  });

  it.each(['フリーランス', 'n/a', '프리랜서', 'asdf', '没有', 'self-employed'])(
    'attach to nothing with free mail and %s',
    (companyName) => {
      expect(
        only([...accounts, account('j', companyName), person('p', 'p@gmail.com', { companyName })], 'p')
          .group,
      ).toBeNull();
    },
  );

  it('are a company of their own when colleagues share a domain that no account has', () => {
    const groups = groupsOf([
      person('p', 'p@gamma.io'),
      person('q', 'q@gamma.io'),
      person('r', 'r@gmail.com'),
    ]);
    expect(groups).toEqual({ p: 'p', q: 'p', r: null });
  });
});

function byId(list: readonly KeyAssignment[]): KeyAssignment[] {
  return list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

describe('persons whose company has no account', () => {
  it('are together when they typed one name, on free mail or on a domain of their own', () => {
    const groups = groupsOf([
      person('p', 'p@sunmicron.io', { companyName: 'Sunmicron Labs' }),
      person('q', 'q@gmail.com', { companyName: 'Sunmicron Labs Inc.' }),
      person('r', 'r@sunmicron.io'),
      person('s', 's@gmail.com', { companyName: 'Somebody Else' }),
    ]);
    expect(groups).toEqual({ p: 'p', q: 'p', r: 'p', s: null });
  });

  it('are asked about when several companies bear the name they typed', () => {
    const namesakes = [
      account('a', 'Summit Works', { country: 'US' }),
      account('b', 'Summit Works', { country: 'DE' }),
    ];
    expect(
      only([...namesakes, person('p', 'p@gmail.com', { companyName: 'Summit Works' })], 'p'),
    ).toMatchObject({
      group: null,
      review: true,
    });
    const german = person('p', 'p@gmail.com', { companyName: 'Summit Works', country: 'DE' });
    expect(only([...namesakes, german], 'p').group).toBe('b');
  });
});

describe('createCompanyMatcher', () => {
  it('names the pairs that stayed apart and why a person should look', () => {
    const matcher = createCompanyMatcher(rules);
    matcher.add(account('b', 'Bar AG', { domain: 'haus.de' }));
    matcher.add(account('a', 'Foo GmbH', { domain: 'haus.de' }));
    expect([...matcher.finish()]).toHaveLength(2);
    expect(matcher.reviews()).toEqual([{ a: 'a', b: 'b', reason: 'unlike_names' }]);
  });

  it('counts what is too common to be compared', () => {
    const matcher = createCompanyMatcher(rules);
    for (let index = 0; index < 30; index++) {
      matcher.add(
        account(`r${index}`, `Company ${'abcdefghijklmnopqrstuvwxyzäöüß'[index]}${index} Works`, {
          ids: { duns: '123456789' },
        }),
      );
    }
    expect(new Set(Array.from(matcher.finish(), ({ group }) => group)).size).toBe(30);
    expect(matcher.omissions().genericIdentifiers).toBe(1);
  });
});

describe('a bridge between two clusters of five accounts (invariant K23)', () => {
  it('is not built on one thing alone: a person is asked', () => {
    const matcher = createCompanyMatcher(rules);
    for (const record of fiveAccounts('a', 'Omnitrax')) matcher.add(record);
    for (const record of fiveAccounts('b', 'Veridian')) matcher.add(record);
    expect(new Set(Array.from(matcher.finish(), ({ group }) => group)).size).toBe(2);
    expect(matcher.reviews()).toEqual([{ a: 'a0', b: 'b0', reason: 'weak_evidence' }]);
  });

  it('is built on two, and to a smaller cluster on one', () => {
    const others = fiveAccounts('a', 'Omnitrax');
    const near = groupsOf([...others, ...fiveAccounts('b', 'Omnitrax Europe')]);
    expect(new Set(Object.values(near)).size).toBe(1);
    const few = groupsOf([...others, ...fiveAccounts('b', 'Veridian').slice(1)]);
    expect(new Set(Object.values(few)).size).toBe(1);
  });
});

describe('the order of input', () => {
  const names = [
    'Acme',
    'Acme Inc',
    'Beta',
    'Beta 株式会社',
    'ベータ',
    'Gamma',
    '大安鋼鐵股份有限公司',
    '大鋼',
    'Acme LP',
    'n/a',
    null,
  ];
  const record = fc.record({
    name: fc.constantFrom(...names),
    aliases: fc.subarray(['Acme', 'Gamma', 'ガンマ株式会社']),
    domain: fc.constantFrom(null, 'acme.com', 'beta.jp', 'gmail.com'),
    country: fc.constantFrom(null, 'JP', 'US'),
    siren: fc.constantFrom(null, '732829320', '303265045'),
    isPerson: fc.boolean(),
  });

  it('changes nothing about the answer', () => {
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 14 }),
        fc.infiniteStream(fc.nat(1_000_000)),
        (rows, order) => {
          const records = rows.map(({ name, aliases, domain, country, siren, isPerson }, index) =>
            isPerson
              ? person(`r${index}`, `x@${domain ?? 'yahoo.co.jp'}`, { companyName: name, country })
              : account(`r${index}`, name, {
                  aliases,
                  domain,
                  country,
                  ids: siren === null ? {} : { siren },
                }),
          );
          const shuffled = records
            .map((each) => [order.next().value ?? 0, each] as const)
            .toSorted((a, b) => a[0] - b[0])
            .map(([, each]) => each);
          expect(byId(matchCompanies(shuffled, rules))).toEqual(byId(matchCompanies(records, rules)));
        },
      ),
      { numRuns: 200 },
    );
  });
});
