// The whole way from companies to a weighed profile, without a store: what a person would count by hand.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Icp } from '#domain/fit/icp.ts';
import { composeIcp } from '#domain/fit/learn/compose-icp.ts';
import { findTwins } from '#domain/fit/learn/find-twins.ts';
import { measureSeparation } from '#domain/fit/learn/measure-separation.ts';
import { proposeRules, unknownWordsOf } from '#domain/fit/learn/propose-rules.ts';
import { type Cohort, createFieldTally, type FieldTally, tallyValue } from '#domain/fit/learn/tally-field.ts';
import { createMatchTally, tallyMatches } from '#domain/fit/learn/tally-matches.ts';
import { weighCriteria } from '#domain/fit/learn/weigh-criteria.ts';
import { matchIcp } from '#domain/fit/match-icp.ts';
import type { SourcedValue } from '#domain/fit/sourced-value.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';
import { loadIcp, parseIcp } from '#mapping/icp/load-icp.ts';
import { writeIcp } from '#mapping/icp/write-icp.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

interface Company {
  readonly cohort: Cohort;
  readonly values: Readonly<Record<string, CanonicalValue>>;
}

const asOf = Date.UTC(2026, 10, 20);
const policy = shippedPolicy.learning;

/** `count` companies that are all alike. */
const alike = (count: number, cohort: Cohort, values: Company['values']): readonly Company[] =>
  Array.from({ length: count }, () => ({ cohort, values }));

function learn(companies: readonly Company[], icp: Icp = loadIcp(), learning = policy) {
  const tallies = new Map<string, FieldTally>();
  const cohorts = { proven: 0, lost: 0 };
  const limits = { maximumValues: learning.maximumValues, maximumDistinctNumbers: 2 * learning.bins };
  for (const { cohort, values } of companies) {
    cohorts[cohort] += 1;
    for (const [field, value] of Object.entries(values)) {
      const tally = tallies.get(field) ?? createFieldTally();
      tallies.set(field, tally);
      tallyValue(tally, cohort, value, false, unknownWordsOf(field, icp), limits);
    }
  }
  const rules = proposeRules(tallies, cohorts, icp, learning);
  const criteria = rules.candidates.map(({ criterion }) => criterion);
  const held = createMatchTally(criteria.map(({ name }) => name));
  for (const { cohort, values } of companies) {
    const sourced = new Map(
      Object.entries(values).map(([field, value]): [string, SourcedValue] => [
        field,
        { value, source: 'crm', observedAtMs: null, freshDays: null },
      ]),
    );
    const { fit } = matchIcp({ ...icp, criteria, avoid: [] }, shippedPolicy.fit, sourced, asOf);
    tallyMatches(held, fit, cohort);
  }
  const weighed = weighCriteria(rules.candidates, held, learning);
  return { rules, weighed, held, proposal: composeIcp(weighed, icp, true) };
}

/** 40 best and 160 lost, who differ in industry, size and ERP by as much as is believed, and in nothing else. */
const market: readonly Company[] = [
  ...alike(14, 'proven', {
    industry: 'Software',
    employees: 700,
    technologies: ['SAP', 'AWS'],
    country: 'US',
  }),
  ...alike(10, 'proven', { industry: 'Software', employees: 1500, technologies: ['AWS'], country: 'DE' }),
  ...alike(16, 'proven', { industry: 'Retail', employees: 40, technologies: ['SAP'], country: 'US' }),
  ...alike(50, 'lost', { industry: 'Software', employees: 60, technologies: ['AWS'], country: 'US' }),
  ...alike(45, 'lost', { industry: 'Retail', employees: 800, technologies: ['SAP', 'AWS'], country: 'US' }),
  ...alike(25, 'lost', { industry: 'Energy', employees: 30, technologies: [], country: 'US' }),
  ...alike(40, 'lost', { industry: 'Energy', employees: 30, technologies: [], country: 'DE' }),
];

describe('a profile learnt from 40 best and 160 lost customers', () => {
  const confirmed = { ...policy, confirmed: ['employees', 'industry', 'technologies'] };
  const { weighed, proposal, rules } = learn(market, loadIcp(), confirmed);
  const named = new Map(weighed.map((one) => [one.criterion.name, one]));

  it('looks for what is more common among the best', () => {
    const industry = named.get('industry')?.criterion.exact;
    expect(industry?.kind === 'words' && [...industry.words.values()]).toEqual(['Software']);
    const tech = named.get('tech')?.criterion.exact;
    expect(tech?.kind === 'words' && [...tech.words.values()]).toEqual(['SAP']);
  });

  it('drops what is as common among the lost: the country', () => {
    expect(named.has('geo')).toBe(false);
    expect(rules.ruledOut).toContainEqual(
      expect.objectContaining({ field: 'country', reason: 'nothing_proven' }),
    );
  });

  it('says whom one rarely wins', () => {
    expect(rules.rarely).toContainEqual(
      expect.objectContaining({
        field: 'industry',
        value: expect.objectContaining({ value: { kind: 'word', word: 'Energy' } }) as unknown,
      }),
    );
  });

  it('weighs 100 in all', () => {
    expect(weighed.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  });

  it('is written in the format of the profile, and read back the same (invariant L6)', () => {
    expect.assert(proposal !== null);
    const text = writeIcp(proposal, { head: ['one\ntwo'], criteria: new Map([['tech', ['why']]]), tail: [] });
    expect(parseIcp(text, 'proposal.yaml')).toEqual(proposal);
    expect(text).toMatch(/^# one two$/mu);
    expect(text).toMatch(/^ {2}# why\n {2}tech: \{/mu);
  });

  it('keeps whom to avoid (invariant L9)', () => {
    expect(proposal?.avoid).toEqual(loadIcp().avoid);
  });
});

describe('a field that is too good to be true', () => {
  const leaky = [
    ...alike(40, 'proven', { industry: 'Software', customers: 5000 }),
    ...alike(8, 'lost', { industry: 'Software' }),
    ...alike(152, 'lost', { industry: 'Retail' }),
  ];

  it('is not taken before people say that it is not filled only after they buy (invariant L4)', () => {
    const { weighed, proposal } = learn(leaky);
    expect(weighed.map(({ criterion, verdict }) => [criterion.name, verdict])).toEqual([
      ['industry', 'question'],
    ]);
    expect(proposal).toBeNull();
  });

  it('is taken once they did', () => {
    const { weighed } = learn(leaky, loadIcp(), { ...policy, confirmed: ['industry'] });
    expect(weighed).toEqual([expect.objectContaining({ verdict: 'taken', weight: 100 })]);
  });

  it('plays no part when they say to ignore it', () => {
    const { rules } = learn(leaky, loadIcp(), { ...policy, ignored: ['industry'] });
    expect(rules.candidates).toEqual([]);
    expect(rules.ruledOut).toContainEqual(expect.objectContaining({ field: 'industry', reason: 'ignored' }));
  });

  it('is noticed when it is only filled more often, whatever it holds', () => {
    const { rules } = learn(leaky);
    const customers = rules.ruledOut.find(({ field }) => field === 'customers');
    expect(customers?.fill).toMatchObject({ isSuspicious: true, filled: { proven: 40, lost: 0 } });
  });
});

const sized = (cohort: Cohort, sizes: readonly number[]) =>
  sizes.map((employees): Company => ({ cohort, values: { employees } }));
const upTo = (end: number, step: number) =>
  Array.from({ length: Math.floor(end / step) }, (_, index) => (index + 1) * step);
const rated = (cohort: Cohort, counts: readonly number[]) =>
  counts.flatMap((count, index) => alike(count, cohort, { maturity: index + 1 }));

describe('numbers', () => {
  it('become one range at edges that people would choose', () => {
    const { weighed } = learn(
      [...sized('proven', upTo(4000, 80)), ...sized('lost', upTo(600, 5))],
      loadIcp(),
      { ...policy, confirmed: ['employees'] },
    );
    const exact = weighed[0]?.criterion.exact;
    expect(exact?.kind).toBe('range');
    const range = exact?.kind === 'range' ? exact.range : null;
    expect(range).toEqual({ from: 1000, to: null });
  });

  it('of few steps are parted at the steps', () => {
    const { weighed } = learn(
      [...rated('proven', [2, 4, 8, 20, 16]), ...rated('lost', [30, 30, 30, 20, 10])],
      loadIcp(),
      {
        ...policy,
        confirmed: ['maturity'],
      },
    );
    expect(weighed[0]?.criterion).toMatchObject({
      name: 'maturity',
      exact: { kind: 'range', range: { from: 4, to: null } },
    });
  });
});

describe('what people decided', () => {
  it('stays: a must-have keeps its values whatever was learnt (invariant L9)', () => {
    const icp = parseIcp('criteria: { geo: { field: country, exact: [JP], mustHave: true } }', 'icp.yaml');
    const { proposal } = learn(market, icp, { ...policy, confirmed: ['industry'] });
    expect(proposal?.criteria.find(({ name }) => name === 'geo')).toEqual(icp.criteria[0]);
    expect(proposal?.weights).toMatchObject({ geo: 0 });
  });

  it('words that say nothing are unknown', () => {
    const { rules } = learn([
      ...alike(40, 'proven', { budget: 'unknown' }),
      ...alike(160, 'lost', { budget: 'Unknown' }),
    ]);
    expect(rules.candidates).toEqual([]);
    expect(rules.tests).toBe(0);
  });

  it('a field without a criterion is told, and not taken', () => {
    const { rules } = learn([
      ...alike(30, 'proven', { funding: 'Series B' }),
      ...alike(10, 'proven', { funding: 'none' }),
      ...alike(40, 'lost', { funding: 'Series B' }),
      ...alike(120, 'lost', { funding: 'none' }),
    ]);
    expect(rules.candidates).toEqual([]);
    expect(rules.outsiders.map(({ field }) => field)).toEqual(['funding']);
  });
});

describe('two criteria that say the same', () => {
  it('are told as twins, and two that do not are not', () => {
    const tally = createMatchTally(['employees', 'revenue', 'tech']);
    const seen = (employees: 0 | 1, revenue: 0 | 1 | null, tech: 0 | 1, times: number) => {
      for (let time = 0; time < times; time += 1) tallyMatches(tally, { employees, revenue, tech }, 'proven');
    };
    for (const tech of [0, 1] as const) {
      seen(1, 1, tech, 20);
      seen(0, 0, tech, 20);
      seen(1, 0, tech, 2);
      seen(0, null, tech, 50);
    }
    const twins = findTwins(tally, ['employees', 'revenue', 'tech'], 0.6);
    expect(twins).toEqual([
      { one: 'employees', other: 'revenue', agreement: expect.closeTo(0.909, 3) as number },
    ]);
  });
});

describe('learning', () => {
  const values = fc.record({
    industry: fc.constantFrom('Software', 'Retail', 'Energy', 'SOFTWARE'),
    employees: fc.constantFrom(3, 40, 90, 300, 700, 2000, 9000),
    technologies: fc.subarray(['SAP', 'AWS', 'Xero']),
  });
  const companies = fc.array(
    fc.record({ cohort: fc.constantFrom('proven' as const, 'lost' as const), values }),
    { minLength: 20, maxLength: 120 },
  );

  it('gives the same profile in whatever order companies come (invariant L3)', () => {
    fc.assert(
      fc.property(companies, fc.integer(), (given, seed) => {
        const shuffled = given.toSorted((a, b) => hash(a, seed) - hash(b, seed));
        expect(learn(shuffled).weighed).toEqual(learn(given).weighed);
        expect(learn(given.toReversed()).rules).toEqual(learn(given).rules);
      }),
      { numRuns: 40 },
    );
  });

  it('holds no more for ten times as many companies of the same kinds (invariant L10)', () => {
    const tally = createFieldTally();
    const limits = { maximumValues: 100, maximumDistinctNumbers: 10 };
    for (let index = 0; index < 10_000; index += 1) {
      tallyValue(tally, 'lost', `word ${index}`, false, new Map(), limits);
      tallyValue(tally, 'lost', index * 1.5, false, new Map(), limits);
    }
    expect(tally.words.size).toBe(0);
    expect(tally.hasTooManyWords).toBe(true);
    expect(tally.distinctNumbers).toBeNull();
    expect(tally.numbers.size).toBeLessThan(20);
  });

  it('measures how often a best customer is ranked above a lost one', () => {
    const { held, weighed, proposal } = learn(market, loadIcp(), {
      ...policy,
      confirmed: ['employees', 'industry', 'technologies'],
    });
    const weights = Object.fromEntries(weighed.map(({ criterion, weight }) => [criterion.name, weight]));
    const separation = measureSeparation(held, proposal?.criteria ?? [], weights, shippedPolicy.fit);
    expect(separation?.rankedRight).toBeGreaterThan(0.7);
    expect(separation?.rankedRight).toBeLessThanOrEqual(1);
    expect(separation?.provenHigh).toBeGreaterThan(separation?.lostHigh ?? 1);
  });
});

function hash(company: Company, seed: number): number {
  let value = seed;
  for (const character of JSON.stringify(company)) value = (value * 31 + (character.codePointAt(0) ?? 0)) | 0;
  return value;
}
