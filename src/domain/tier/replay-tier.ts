// Takes a company through many days: the runs there were, and the nights between them as if each had run with what was
// known then. Reads no clock: days and ages are given.
import type { FitWeights } from '#domain/fit/fit-policy.ts';
import { advanceTier, type RunDay, type TierStep } from './advance-tier.ts';
import type { Override } from './apply-override.ts';
import { assessAccount } from './assess-account.ts';
import type { DayNumber } from './day.ts';
import type { AccountFacts, Assessment, Remembered } from './evaluation.ts';
import type { Policy } from './policy.ts';
import { NEVER_TIERED, type TierState } from './tier-state.ts';

/** One run: what was known on its day, with ages as of that day. */
export interface KnownDay {
  readonly day: DayNumber;
  readonly facts: AccountFacts;
  readonly openOpportunity: boolean;
  readonly override: Override | null;
}

/** A night as somebody can play it: how the company is assessed with what is remembered, and what else holds. */
export interface Night extends RunDay {
  readonly assess: (remembered: Remembered) => Assessment;
}

/** The nights after the state's last one and before `day`, then `day` itself; the step of that day. */
export function advanceThrough(
  state: TierState,
  day: DayNumber,
  nightOf: (day: DayNumber) => Night,
  policy: Policy,
): TierStep {
  let current = state;
  if (state.nightlyOn !== null) {
    for (let missed = state.nightlyOn + 1; missed < day; missed += 1) {
      const night = nightOf(missed);
      current = advanceTier(current, night.assess(current), night, policy).state;
    }
  }
  const night = nightOf(day);
  return advanceTier(current, night.assess(current), night, policy);
}

/** `days` ascend. One step a day given; what was known on one is what is known until the next, only older. */
export function replayTier(
  days: readonly KnownDay[],
  policy: Policy,
  weights: FitWeights = policy.fit.weights.general,
): readonly TierStep[] {
  const steps: TierStep[] = [];
  let state = NEVER_TIERED;
  for (const [index, known] of days.entries()) {
    const nightOf = (day: DayNumber): Night => {
      const then = day < known.day ? growOlder(days[index - 1] ?? known, day) : known;
      return { ...then, assess: (remembered) => assessAccount(then.facts, remembered, policy, weights) };
    };
    const step = advanceThrough(state, known.day, nightOf, policy);
    steps.push(step);
    state = step.state;
  }
  return steps;
}

/** The same facts some days later: every age grows, an override's time runs. */
export function growOlder(known: KnownDay, day: DayNumber): KnownDay {
  const days = day - known.day;
  const { facts, override } = known;
  const older = <Aged extends { readonly ageDays: number }>(items: readonly Aged[]) =>
    items.map((item) => ({ ...item, ageDays: item.ageDays + days }));
  return {
    ...known,
    day,
    facts: {
      ...facts,
      topics: older(facts.topics),
      signals: older(facts.signals),
      events: older(facts.events),
    },
    override: override === null ? null : { ...override, expiresInDays: override.expiresInDays - days },
  };
}
