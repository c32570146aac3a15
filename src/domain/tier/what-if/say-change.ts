// A change as the clause of a sentence, in English: "ACV potential reaches 110,000 (large)". Names no person.
import type { Change, ChangedCriterion, ChangedTopic } from './change.ts';
import type { PromotionWait } from './promotion-waits.ts';

export function sayChange(change: Change): string {
  switch (change.kind) {
    case 'topic_score':
      return `${sayTopics(change.topics)} ${change.topics.length === 1 ? 'is' : 'are'} seen at ${change.score} or more`;
    case 'topic_date':
      return `${sayTopics(change.topics)} ${change.topics.length === 1 ? 'is' : 'are'} seen again as high as last time`;
    case 'signal':
      return `${countOf(change.times, `${change.signal} view`)} on a review site`;
    case 'engagement':
      return sayReplies(change);
    case 'act_now': {
      const what = ACT_NOW_WORDS[change.type] ?? change.type;
      return change.role === 'unknown' ? `somebody ${what}` : `a person whose role is known ${what}`;
    }
    case 'fit':
      return change.criteria.map(sayCriterion).join(', ');
    case 'acv':
      return `ACV potential reaches ${change.atLeast.toLocaleString('en', { maximumFractionDigits: 1 })} (${change.band})`;
    case 'able':
      return 'the budget is no longer frozen';
    case 'success':
      return 'success potential is no longer rated 0 by a rep';
    case 'exclusion_ends':
      return `it leaves the list of accounts to avoid (${change.reason})`;
    case 'override_ends':
      return `the override (${change.override}) ends`;
  }
}

/** @param dayText writes a day, as the caller writes all days */
export function sayWait(wait: PromotionWait, dayText: (day: number) => string): string {
  if (wait.kind === 'freeze_ends') return `too many changes have frozen it until ${dayText(wait.on)}`;
  return wait.nights === 1 ? 'the next nightly run confirms it' : `${wait.nights} nightly runs confirm it`;
}

const ACT_NOW_WORDS: Readonly<Record<string, string>> = {
  demo_request: 'asks for a demo',
  meeting: 'meets us',
  trial: 'starts a trial',
};

function sayTopics(topics: readonly ChangedTopic[]): string {
  const names = topics.flatMap(({ name }) => (name === null ? [] : [`"${name}"`]));
  const unnamed = topics.length - names.length;
  if (names.length === 0) return countOf(unnamed, 'topic');
  return unnamed === 0 ? names.join(' and ') : `${names.join(', ')} and ${countOf(unnamed, 'further topic')}`;
}

function sayReplies({ type, replies }: Extract<Change, { kind: 'engagement' }>): string {
  const word = type === 'reply' ? 'reply' : type.replaceAll('_', ' ');
  const total = replies.reduce((sum, { times }) => sum + times, 0);
  const fresh = replies.filter(({ person }) => person === null).length;
  const known = replies.length - fresh;
  const people = [
    ...(known === 0 ? [] : [`${countOf(known, 'person', 'people')} seen before`]),
    ...(fresh === 0 ? [] : [countOf(fresh, 'further person', 'further people')]),
  ];
  return `${countOf(total, `more ${word}`, `more ${type === 'reply' ? 'replies' : `${word}s`}`)} by ${people.join(' and ')}`;
}

function sayCriterion({ criterion, to, wasMissed }: ChangedCriterion): string {
  const must = wasMissed ? ' (a must-have)' : '';
  return to === 1
    ? `${criterion} is an exact match${must}`
    : `${criterion} is an adjacent match or better${must}`;
}

function countOf(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
