import { describe, expect, it } from 'vitest';
import type { KeyAssignment } from '#domain/key/company-record.ts';
import { findWeakJoins } from '#domain/key/review/find-weak-joins.ts';
import { rankQuestions } from '#domain/key/review/rank-questions.ts';
import type { QuestionReason } from '#domain/key/review/review-rules.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';

const rules = loadKeyRules().review;

const ask = (pair: string, reason: QuestionReason, contacts = 0, openPipeline = 0) => ({
  pair,
  reason,
  contacts,
  openPipeline,
});
const order = (...given: Parameters<typeof rankQuestions>) =>
  rankQuestions(...given).map(({ question }) => (question as ReturnType<typeof ask>).pair);

const member = (id: string, group: string, confidence: number, evidence = ['domain']): KeyAssignment => ({
  id,
  kind: 'account',
  group,
  family: group,
  evidence,
  confidence,
  review: false,
});

describe('rankQuestions', () => {
  it('asks first where a mistake is likelier, and of equal ones where more hangs on it', () => {
    const questions = [
      ask('d', 'unlike_names'),
      ask('c', 'weak_evidence'),
      ask('b', 'weak_evidence', 50),
      ask('a', 'weak_evidence', 50, 2_000_000),
    ];
    expect(order(questions, [], rules)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('asks about a company before a contact, however many colleagues the contact has', () => {
    const questions = [ask('contact', 'weak_contact', 5000, 9_000_000), ask('company', 'weak_join')];
    expect(order(questions, [], rules)).toEqual(['company', 'contact']);
  });

  it('orders equal questions by name, however they come', () => {
    const questions = [ask('b', 'contradiction'), ask('a', 'contradiction')];
    expect(order(questions, [], rules)).toEqual(['a', 'b']);
  });

  it('learns from answers how often it is wrong', () => {
    const questions = [ask('names', 'unlike_names'), ask('weak', 'weak_evidence')];
    const answers = [
      { reason: 'unlike_names', right: 5, wrong: 95 },
      { reason: 'weak_evidence', right: 100, wrong: 0 },
    ] as const;
    expect(order(questions, [], rules)).toEqual(['weak', 'names']);
    expect(order(questions, answers, rules)).toEqual(['names', 'weak']);
    const [first] = rankQuestions(questions, answers, rules);
    // 20 answers' worth of 15 in 100, and 95 of 100.
    expect(first?.chanceOfError).toBeCloseTo((20 * 0.15 + 95) / 120);
  });
});

describe('findWeakJoins', () => {
  it('asks about an account that weak evidence joined, beside the surest of its company', () => {
    const assignments = [member('a', 'a', 0.98), member('b', 'a', 0.98), member('c', 'a', 0.83)];
    expect(findWeakJoins(assignments, rules)).toEqual([{ a: 'a', b: 'c', reason: 'weak_join' }]);
  });

  it('makes one question of two accounts joined by one weak tie', () => {
    const assignments = [member('a', 'a', 0.86), member('b', 'a', 0.86)];
    expect(findWeakJoins(assignments, rules)).toHaveLength(1);
  });

  it('asks nothing about those that stand alone or are sure', () => {
    const assignments = [member('a', 'a', 1, []), member('b', 'b', 0.96), member('c', 'b', 0.96)];
    expect(findWeakJoins(assignments, rules)).toEqual([]);
  });

  it('asks about the weakest when there are too many', () => {
    const assignments = Array.from({ length: 10 }, (_, index) => [
      member(`a${index}`, `a${index}`, 0.98),
      member(`b${index}`, `a${index}`, 0.89 - index / 100),
    ]).flat();
    expect(findWeakJoins(assignments, { ...rules, mostJoinsAsked: 2 }).map(({ b }) => b)).toEqual([
      'b9',
      'b8',
    ]);
  });
});
