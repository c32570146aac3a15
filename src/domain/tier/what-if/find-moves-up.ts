// Finds the smallest sets of changes that would move an account up, and proves each by judging the account with it. What does not
// move the tier is not said, and neither is what could be left out. The facts say nothing of tomorrow's: ages stay as they are.

import type { EventType, PersonRole } from '#domain/engagement/engagement-policy.ts';
import { findActNow } from '#domain/engagement/find-act-now.ts';
import { applyOverride } from '../apply-override.ts';
import { assessAccount } from '../assess-account.ts';
import { isBetter, type Tier } from '../tier.ts';
import { applyChange } from './apply-change.ts';
import type { Change, WhatIfRules, WhatIfSituation } from './change.ts';
import { raiseEngagement } from './raise-engagement.ts';
import { fitEdges, raiseFit } from './raise-fit.ts';
import { addSignals, raiseTopicScore, refreshTopics } from './raise-intent.ts';
import { higherBands, raiseValue } from './raise-value.ts';

export interface MoveUp {
  /** What is computed, and shown once nothing waits, when all the changes hold. */
  readonly tier: Tier;
  readonly changes: readonly Change[];
}

/** A set of more is no advice. */
const CHANGES_AT_MOST = 4;

/** The best tier first, then the fewest changes. Empty for what cannot rise. */
export function findMovesUp(situation: WhatIfSituation, rules: WhatIfRules): readonly MoveUp[] {
  const now = settledTier(situation, rules);
  const tried: Tried[] = [];
  const moves: MoveUp[] = [];
  for (const choice of choices(dimensionsOf(situation, rules))) {
    const isWon = tried.some((other) => other.tier === 'Tier 1' && isWithin(other.choice, choice));
    if (isWon) continue;
    const tries = applyAll(situation, choice, rules);
    const [first] = tries;
    if (first === undefined) continue;
    const { tier } = first;
    const isNeedless = tried.some((other) => !isBetter(tier, other.tier) && isWithin(other.choice, choice));
    tried.push({ choice, tier });
    if (isNeedless || !isBetter(tier, now)) continue;
    moves.push(...tries.filter((one) => one.tier === tier));
  }
  return moves.toSorted((a, b) => compareTiers(a.tier, b.tier) || a.changes.length - b.changes.length);
}

/** The tier that shows when no hold is in the way: computed, with people's word over it. */
export function settledTier({ facts, override }: WhatIfSituation, rules: WhatIfRules): Tier {
  const { remembered, policy, weights } = rules;
  return applyOverride(assessAccount(facts, remembered, policy, weights).computedTier, override).tier;
}

function compareTiers(a: Tier, b: Tier): number {
  if (isBetter(a, b)) return -1;
  return isBetter(b, a) ? 1 : 0;
}

/** One thing that may change: at most one of its steps is taken. Of the steps of one ladder the later holds the earlier. */
type Dimension = readonly Step[];

interface Step {
  readonly ladder: string;
  readonly height: number;
  /** What it takes, given what changed before; several when there are several ways. Empty: it cannot be, or is needless. */
  readonly solve: (situation: WhatIfSituation) => readonly Change[];
}

interface Tried {
  readonly choice: readonly Step[];
  readonly tier: Tier;
}

function dimensionsOf({ facts, override }: WhatIfSituation, rules: WhatIfRules): readonly Dimension[] {
  const { remembered, policy, weights } = rules;
  const { intentOn, engagedOn } = assessAccount(facts, remembered, policy, weights);
  const { excluded, able, success } = facts;
  const holdsDown = override !== null && override.kind !== 'floor' && override.expiresInDays > 0;
  return [
    steps('override', holdsDown ? [() => [{ kind: 'override_ends', override: override.kind }]] : []),
    steps('exclusion', excluded === null ? [] : [() => [{ kind: 'exclusion_ends', reason: excluded }]]),
    steps(
      'fit',
      fitEdges(facts, rules).map((edge) => (given) => raiseFit(given.facts, edge, rules)),
    ),
    steps(
      'acv',
      higherBands(facts, rules).map((band) => () => only(raiseValue(band, rules))),
    ),
    steps('able', able === 0 ? [() => [{ kind: 'able' }]] : []),
    steps('success', success === 0 ? [() => [{ kind: 'success' }]] : []),
    steps(
      'act now',
      ACT_NOW_ROLES.map((role) => (given) => only(actNow(given, role, rules))),
    ),
    ways(
      'intent',
      intentOn
        ? []
        : [raiseTopicScore, refreshTopics, addSignals].map(
            (raise) => (given: WhatIfSituation) => only(raise(given.facts, rules)),
          ),
    ),
    steps('engagement', engagedOn ? [] : [(given) => only(raiseEngagement(given.facts, rules))]),
  ];
}

/** The later steps hold the earlier. */
function steps(ladder: string, solvers: readonly Step['solve'][]): Dimension {
  return solvers.map((solve, step) => ({ ladder, height: step, solve }));
}

/** None holds another. */
function ways(kind: string, solvers: readonly Step['solve'][]): Dimension {
  return solvers.map((solve, way) => ({ ladder: `${kind} ${way}`, height: 0, solve }));
}

function only(change: Change | null): readonly Change[] {
  return change === null ? [] : [change];
}

/** A stranger who gives a name, and somebody whose part is known. */
const ACT_NOW_ROLES = ['unknown', 'user'] as const satisfies readonly PersonRole[];

function actNow({ facts }: WhatIfSituation, role: PersonRole, { policy }: WhatIfRules): Change | null {
  const { engagement } = policy;
  if (findActNow(facts.events, engagement).byKnownRole || engagement.roleFactors[role] <= 0) return null;
  const types: readonly EventType[] = engagement.actNow.types;
  const type = types.includes('demo_request') ? 'demo_request' : types[0];
  return type === undefined ? null : { kind: 'act_now', type, role };
}

/** Every choice of steps, those with fewer before those with more. */
function choices(dimensions: readonly Dimension[]): readonly (readonly Step[])[] {
  let all: readonly (readonly Step[])[] = [[]];
  for (const dimension of dimensions) {
    all = all.flatMap((choice) =>
      choice.length === CHANGES_AT_MOST ? [choice] : [choice, ...dimension.map((step) => [...choice, step])],
    );
  }
  return all
    .filter((choice) => choice.length > 0)
    .toSorted((a, b) => a.length - b.length || heightOf(a) - heightOf(b));
}

function heightOf(choice: readonly Step[]): number {
  return choice.reduce((sum, step) => sum + step.height, 0);
}

/** Whether `choice` takes every step of `smaller`, or a higher one of the same ladder. */
function isWithin(smaller: readonly Step[], choice: readonly Step[]): boolean {
  return smaller.every((step) =>
    choice.some((other) => other.ladder === step.ladder && other.height >= step.height),
  );
}

/** The several ways of a choice of one step; of a choice of more, the first way. */
function applyAll(
  situation: WhatIfSituation,
  choice: readonly Step[],
  rules: WhatIfRules,
): readonly MoveUp[] {
  let changed = situation;
  const changes: Change[] = [];
  for (const step of choice) {
    const found = step.solve(changed);
    if (choice.length === 1) {
      return found.map((change) => ({
        tier: settledTier(applyChange(situation, change, rules), rules),
        changes: [change],
      }));
    }
    const [change] = found;
    if (change === undefined) return [];
    changed = applyChange(changed, change, rules);
    changes.push(change);
  }
  return [{ tier: settledTier(changed, rules), changes }];
}
