// Evaluates a list of accounts given from outside; one that cannot be read is answered with what is wrong with it.
import { FIT_CRITERIA, type FitWeights } from '#domain/fit/fit-policy.ts';
import { evaluateAccount } from '#domain/tier/evaluate-account.ts';
import type { Evaluation, EvaluationInput } from '#domain/tier/evaluation.ts';
import type { Policy } from '#domain/tier/policy.ts';
import { createEvaluationItemSchema } from './evaluation-item-schema.ts';
import { describeProblem, idOf, type RefusedItem } from './refused-item.ts';

export type ParsedItem = { readonly input: EvaluationInput } | { readonly refused: RefusedItem };

export interface EvaluationSettings {
  /** The ICP's weights, which also name its criteria. Default: the general template of the policy. */
  readonly weights?: FitWeights;
}

/** One result an item, in the order given; nothing is thrown for a bad item. */
export function evaluateAll(
  items: readonly unknown[],
  policy: Policy,
  settings: EvaluationSettings = {},
): readonly (Evaluation | RefusedItem)[] {
  const weights = settings.weights ?? policy.fit.weights.general;
  const parse = createItemParser(policy, weights);
  return items.map((item) => {
    const parsed = parse(item);
    return 'input' in parsed ? evaluateAccount(parsed.input, policy, weights) : parsed.refused;
  });
}

/** A parser for the items of one file: it remembers the ids it saw, which must differ. */
export function createItemParser(
  policy: Policy,
  weights: FitWeights = policy.fit.weights.general,
): (item: unknown) => ParsedItem {
  const criteria = settingsCriteria(weights);
  const schema = createEvaluationItemSchema(criteria, policy.intent.counts);
  const seen = new Set<string>();
  return (item) => {
    const id = idOf(item);
    const isRepeated = id !== null && seen.has(id);
    if (id !== null) seen.add(id);
    const result = schema.safeParse(item, { reportInput: true });
    if (!result.success) return { refused: { id, error: describeProblem(result.error) } };
    if (isRepeated) {
      return {
        refused: { id, error: { path: 'id', message: `expected every id once; read "${id}" again` } },
      };
    }
    return { input: result.data };
  };
}

/** An ICP may leave criteria out; an input may name any of its template. */
function settingsCriteria(weights: FitWeights): readonly string[] {
  const names = Object.keys(weights);
  const template = Object.values(FIT_CRITERIA).find((known: readonly string[]) =>
    names.every((name) => known.includes(name)),
  );
  return template ?? names;
}

export function isRefused(result: Evaluation | RefusedItem): result is RefusedItem {
  return 'error' in result;
}
