// Makes the changes that `findMovesUp` tells, from its words alone, and lists everything slightly less. It shares no code with
// src/domain/tier/what-if on purpose.
import { evaluateAccount } from '#domain/tier/evaluate-account.ts';
import type { EvaluationInput } from '#domain/tier/evaluation.ts';
import type { Policy } from '#domain/tier/policy.ts';
import type { Tier } from '#domain/tier/tier.ts';
import type { Change } from '#domain/tier/what-if/change.ts';

/** The tier that would show if nothing were held. */
export function tierOf(input: EvaluationInput, policy: Policy): Tier {
  return evaluateAccount({ ...input, openOpportunity: false }, policy).tier;
}

export function applyByHand(input: EvaluationInput, changes: readonly Change[]): EvaluationInput {
  const next = structuredClone(input) as { -readonly [Key in keyof EvaluationInput]: EvaluationInput[Key] };
  for (const [number, change] of changes.entries()) {
    switch (change.kind) {
      case 'topic_score':
      case 'topic_date': {
        const topics = [...next.topics];
        for (const { index } of change.topics) {
          const old = index === null ? undefined : topics[index];
          if (change.kind === 'topic_date') {
            if (old === undefined || index === null) throw new Error('a topic that never was is seen again');
            topics[index] = { ...old, ageDays: 0 };
          } else if (old === undefined || index === null) {
            topics.push({ score: change.score, ageDays: 0, method: 'coop_consented' });
          } else {
            const attested = old.attested === true ? { attested: true } : {};
            topics[index] = { score: change.score, ageDays: 0, method: old.method, ...attested };
          }
        }
        next.topics = topics;
        break;
      }
      case 'signal':
        next.signals = [
          ...next.signals,
          ...Array.from({ length: change.times }, () => ({ points: change.points, ageDays: 0 })),
        ];
        break;
      case 'engagement':
        next.events = [
          ...next.events,
          ...change.replies.flatMap(({ person, role, times }, index) =>
            Array.from({ length: times }, () => ({
              type: change.type,
              ageDays: 0,
              person: person ?? `new ${number}.${index}`,
              role,
            })),
          ),
        ];
        break;
      case 'act_now':
        next.events = [
          ...next.events,
          { type: change.type, ageDays: 0, person: `asks ${number}`, role: change.role },
        ];
        break;
      case 'fit': {
        const fit = { ...next.fit };
        for (const { criterion, to } of change.criteria) {
          fit[criterion] = to;
          if (next.mustHaveMiss === criterion) next.mustHaveMiss = null;
        }
        next.fit = fit;
        break;
      }
      case 'acv':
        next.acv = change.atLeast;
        break;
      case 'able':
        next.able = 1;
        break;
      case 'success':
        next.success = null;
        break;
      case 'exclusion_ends':
        next.excluded = null;
        break;
      case 'override_ends':
        next.override = null;
        break;
    }
  }
  return next;
}

/** The change with a tenth, one event, one person, one topic or one criterion less, in every way there is. */
export function slightlyLess(change: Change, input: EvaluationInput): readonly Change[] {
  switch (change.kind) {
    case 'topic_score':
      return [
        { ...change, score: Math.round((change.score - 0.1) * 10) / 10 },
        { ...change, score: 100, topics: change.topics.slice(1) },
      ];
    case 'topic_date':
      return change.topics.map((left) => ({
        ...change,
        topics: change.topics.filter((one) => one !== left),
      }));
    case 'signal':
      return [{ ...change, times: change.times - 1 }];
    case 'engagement': {
      const events = change.replies.reduce((sum, { times }) => sum + times, 0);
      return sharedOut(events - 1, input).map((replies) => ({ ...change, replies }));
    }
    case 'act_now':
      return change.role === 'unknown' ? [] : [{ ...change, role: 'unknown' }];
    case 'fit':
      return [
        ...smallerFits(change.criteria.length - 1, input),
        ...change.criteria
          .filter(({ to }) => to === 1)
          .map((half) => ({
            ...change,
            criteria: change.criteria.map((one) => (one === half ? { ...one, to: 0.5 as const } : one)),
          })),
      ];
    case 'acv':
      return [{ ...change, atLeast: Math.round((change.atLeast - 0.1) * 10) / 10 }];
    default:
      return [];
  }
}

type Replies = Extract<Change, { kind: 'engagement' }>['replies'];

/** Every way to share out replies among everybody there is and any number of strangers. */
function sharedOut(events: number, { events: past }: EvaluationInput): readonly Replies[] {
  const roles = new Map(
    past.flatMap(({ person, role }) => (person === null ? [] : [[person, role] as const])),
  );
  const people: Replies[number][] = [...roles].map(([person, role]) => ({ person, role, times: 0 }));
  for (let count = 0; count < events; count += 1) people.push({ person: null, role: 'unknown', times: 0 });
  const ways: Replies[] = [];
  const share = (index: number, left: number, given: Replies) => {
    const one = people[index];
    if (one === undefined) {
      if (left === 0) ways.push(given);
      return;
    }
    for (let times = 0; times <= left; times += 1) {
      share(index + 1, left - times, times === 0 ? given : [...given, { ...one, times }]);
    }
  };
  share(0, events, []);
  return ways;
}

function smallerFits(size: number, { fit, mustHaveMiss }: EvaluationInput): readonly Change[] {
  const names = CRITERIA.filter((name) => (name === mustHaveMiss ? 0 : (fit[name] ?? null)) !== 1);
  let sets: readonly (readonly { criterion: string; to: 1 | 0.5; wasMissed: boolean }[])[] = [[]];
  for (const criterion of names) {
    const now = criterion === mustHaveMiss ? 0 : (fit[criterion] ?? null);
    const values = now === 0.5 ? ([1] as const) : ([0.5, 1] as const);
    sets = sets.flatMap((set) => [
      set,
      ...(set.length < size ? values.map((to) => [...set, { criterion, to, wasMissed: false }]) : []),
    ]);
  }
  return sets.filter((set) => set.length === size).map((criteria) => ({ kind: 'fit', criteria }));
}

const CRITERIA = ['industry', 'geo', 'employees', 'tech', 'customerBase', 'revenue', 'maturity', 'budget'];
