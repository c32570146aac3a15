// The least that would have to be seen of an account's research for intent to switch on: a score, a date, or a signal.
import { SIGNAL_KINDS } from '#domain/intent/intent-policy.ts';
import { scoreIntent, topicsNeeded } from '#domain/intent/score-intent.ts';
import { type IntentTopic, scoreTopic } from '#domain/intent/score-topic.ts';
import { roundToTenth } from '#domain/value/round.ts';
import type { AccountFacts } from '../evaluation.ts';
import { applyChange, usableMethod } from './apply-change.ts';
import type { Change, ChangedTopic, WhatIfRules } from './change.ts';

/** More signals at once than this are no small change. */
const SIGNALS_AT_MOST = 5;

/** As few topics as the cluster lacks, those nearest first, each seen today with the lowest score that does. */
export function raiseTopicScore(facts: AccountFacts, rules: WhatIfRules): Change | null {
  const { policy } = rules;
  const edge = edgeOf(rules);
  const score = roundUpToTenth(edge);
  if (score > 100) return null;
  const known = usableTopics(facts, rules).filter(({ now }) => now < edge);
  const missing = missingTopics(facts, edge, rules);
  const topics: ChangedTopic[] = known.slice(0, missing).map(({ index, name }) => ({ index, name }));
  while (topics.length < missing) topics.push({ index: null, name: null });
  if (topics.some(({ index }) => index === null) && usableMethod(policy) === null) return null;
  return provenBy({ kind: 'topic_score', topics, score }, facts, rules);
}

/** Topics that have worn off, seen again as they were. */
export function refreshTopics(facts: AccountFacts, rules: WhatIfRules): Change | null {
  const edge = edgeOf(rules);
  const worn = usableTopics(facts, rules).filter(
    ({ now, topic }) =>
      now < edge && roundToTenth(scoreTopic({ ...topic, ageDays: 0 }, rules.policy.intent)) >= edge,
  );
  const missing = missingTopics(facts, edge, rules);
  if (worn.length < missing) return null;
  const topics = worn.slice(0, missing).map(({ index, name }) => ({ index, name }));
  return provenBy({ kind: 'topic_date', topics }, facts, rules);
}

/** As few review-site signals as do, of the slightest kind. */
export function addSignals(facts: AccountFacts, rules: WhatIfRules): Change | null {
  const { points } = rules.policy.intent.signals;
  const kinds = SIGNAL_KINDS.toSorted((a, b) => points[a] - points[b]);
  for (let times = 1; times <= SIGNALS_AT_MOST; times += 1) {
    for (const signal of kinds) {
      const change = { kind: 'signal', signal, points: points[signal], times } as const;
      if (provenBy(change, facts, rules) !== null) return change;
    }
  }
  return null;
}

function edgeOf({ remembered, policy }: WhatIfRules): number {
  return remembered.on.intent ? policy.intent.stay : policy.intent.enter;
}

interface UsableTopic {
  readonly index: number;
  readonly name: string | null;
  readonly topic: IntentTopic;
  /** Rounded; 0 once it is forgotten. */
  readonly now: number;
}

/** Highest first. */
function usableTopics({ topics }: AccountFacts, { policy }: WhatIfRules): readonly UsableTopic[] {
  const { refusedMethods, forgetAfterDays } = policy.intent;
  return topics
    .map((topic, index) => ({
      index,
      name: 'name' in topic && typeof topic.name === 'string' ? topic.name : null,
      topic,
      now: topic.ageDays > forgetAfterDays ? 0 : roundToTenth(scoreTopic(topic, policy.intent)),
    }))
    .filter(({ topic }) => topic.attested === true || !refusedMethods.includes(topic.method))
    .toSorted((a, b) => b.now - a.now);
}

function missingTopics(facts: AccountFacts, edge: number, rules: WhatIfRules): number {
  const reached = usableTopics(facts, rules).filter(({ now }) => now >= edge).length;
  return Math.max(0, topicsNeeded(facts.topicsConfigured, rules.policy.intent) - reached);
}

/** null when intent is on without the change, or still off with it. */
function provenBy(change: Change, facts: AccountFacts, rules: WhatIfRules): Change | null {
  const isOn = ({ topics, topicsConfigured, signals }: AccountFacts) =>
    scoreIntent(topics, topicsConfigured, signals, rules.remembered.on.intent, rules.policy.intent).isOn;
  const { facts: changed } = applyChange({ facts, override: null }, change, rules);
  return !isOn(facts) && isOn(changed) ? change : null;
}

/** An edge such as 100,000 × 1.1 lies a hair above what it means; bands allow for that, and so does this. */
const EDGE_NOISE = 1e-6;

export function roundUpToTenth(value: number): number {
  const tenth = roundToTenth(value);
  return tenth >= value - EDGE_NOISE ? tenth : roundToTenth(tenth + 0.1);
}
