// Makes a change to the facts of an account. Whether it helps is found out by judging the account again.
import type { EngagementEvent } from '#domain/engagement/engagement-event.ts';
import type { IntentMethod } from '#domain/intent/intent-policy.ts';
import { INTENT_METHODS } from '#domain/intent/intent-policy.ts';
import type { IntentTopic } from '#domain/intent/score-topic.ts';
import type { AccountFacts } from '../evaluation.ts';
import type { Policy } from '../policy.ts';
import type { Change, ChangedCriterion, ChangedTopic, WhatIfRules, WhatIfSituation } from './change.ts';

export function applyChange(
  situation: WhatIfSituation,
  change: Change,
  rules: Pick<WhatIfRules, 'policy' | 'criteria'>,
): WhatIfSituation {
  if (change.kind === 'override_ends') return { ...situation, override: null };
  return { ...situation, facts: { ...situation.facts, ...changedFacts(situation.facts, change, rules) } };
}

function changedFacts(
  facts: AccountFacts,
  change: Exclude<Change, { kind: 'override_ends' }>,
  { policy, criteria }: Pick<WhatIfRules, 'policy' | 'criteria'>,
): Partial<AccountFacts> {
  switch (change.kind) {
    case 'topic_score':
      return { topics: seenToday(facts.topics, change.topics, change.score, policy) };
    case 'topic_date':
      return { topics: seenToday(facts.topics, change.topics, null, policy) };
    case 'signal': {
      const { points, times } = change;
      return {
        signals: [...facts.signals, ...Array.from({ length: times }, () => ({ points, ageDays: 0 }))],
      };
    }
    case 'engagement':
      return {
        events: [
          ...facts.events,
          ...change.replies.flatMap(({ person, role, times }, index) =>
            Array.from({ length: times }, () => ({
              type: change.type,
              ageDays: 0,
              person: person ?? newPerson(index + 1),
              role,
            })),
          ),
        ],
      };
    case 'act_now': {
      const event: EngagementEvent = {
        type: change.type,
        ageDays: 0,
        person: newPerson(0),
        role: change.role,
      };
      return { events: [...facts.events, event] };
    }
    case 'fit':
      return changedFit(facts, change.criteria, criteria);
    case 'acv':
      return { acv: change.atLeast };
    case 'able':
      return { able: 1 };
    case 'success':
      return { success: null };
    case 'exclusion_ends':
      return { excluded: null };
  }
}

/** A name that no contact and no address has. */
function newPerson(number: number): string {
  return `\u0000somebody new ${number}`;
}

function seenToday(
  topics: readonly IntentTopic[],
  changed: readonly ChangedTopic[],
  score: number | null,
  policy: Policy,
): readonly IntentTopic[] {
  const next = [...topics];
  for (const { index } of changed) {
    const before = index === null ? undefined : topics[index];
    if (before !== undefined && index !== null) {
      const { method, attested = false } = before;
      next[index] =
        score === null
          ? { ...before, ageDays: 0 }
          : { score, ageDays: 0, method, ...(attested ? { attested } : {}) };
    } else if (score !== null) {
      next.push({ score, ageDays: 0, method: usableMethod(policy) ?? 'first_party' });
    }
  }
  return next;
}

/** A method that needs no attestation; null when the policy refuses them all. */
export function usableMethod({ intent }: Policy): IntentMethod | null {
  return INTENT_METHODS.find((method) => !intent.refusedMethods.includes(method)) ?? null;
}

/** A must-have that is met gives way to the next one that is known to be missed. */
function changedFit(
  facts: AccountFacts,
  changed: readonly ChangedCriterion[],
  rules: WhatIfRules['criteria'],
): Pick<AccountFacts, 'fit' | 'mustHaveMiss'> {
  const fit = { ...facts.fit };
  for (const { criterion, to } of changed) fit[criterion] = to;
  if (facts.mustHaveMiss === null || !changed.some(({ criterion }) => criterion === facts.mustHaveMiss)) {
    return { fit, mustHaveMiss: facts.mustHaveMiss };
  }
  const next = rules.find(({ name, mustHave }) => mustHave && fit[name] === 0);
  return { fit, mustHaveMiss: next?.name ?? null };
}
