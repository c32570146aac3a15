// The four ratings with what each was taken from; where a rep overruled one, what it would be, and until when the word counts.
import { dayText, parseDay } from '#domain/tier/day.ts';
import {
  isHeard,
  RATING_NAMES,
  type Rated,
  type RatingName,
  rateAccount,
} from '#domain/tier/rate-account.ts';
import { editsOf } from '#domain/tier/rating-edits.ts';
import type { Json } from '#ports/store.ts';
import { RATING_FIELDS } from '../../score/read-rating-edits.ts';
import type { CompanyScore } from '../../score/score-company.ts';
import type { Scoring } from '../../score/scoring.ts';
import type { JudgedCompany } from '../judge-company.ts';

interface Evidence {
  readonly what: string;
  readonly source: string | null;
  readonly on: string | null;
}

export function explainRatings({ score, day }: JudgedCompany, scoring: Scoring): Json {
  const { ratings: policy } = scoring.policy;
  const byFacts = rateAccount(score.ratingFacts, {}, policy);
  const edits = editsOf(score.ratingEdits, day);
  const explained = RATING_NAMES.map((name): readonly [RatingName, Json] => {
    const edit = edits[name];
    const seenOn = score.ratingEdits[name]?.seenOn ?? null;
    const isEdited = edit !== undefined && isHeard(edit, policy);
    const { rating, reason } = score.ratings[name];
    return [
      name,
      {
        rating,
        reason,
        from: {
          ...(isEdited ? wordOfRep(name, seenOn, score) : evidenceOf(name, byFacts[name], score, scoring)),
        },
        overruled: isEdited ? { ...byFacts[name] } : null,
        until: isEdited && seenOn !== null ? dayText(parseDay(seenOn) + policy.editDays) : null,
      },
    ];
  });
  return { ...Object.fromEntries(explained), total: score.ratings.total };
}

function wordOfRep(name: RatingName, seenOn: string | null, { values }: CompanyScore): Evidence {
  const field = RATING_FIELDS[name];
  return { what: field, source: values.get(field)?.source ?? null, on: seenOn };
}

function evidenceOf(name: RatingName, { reason }: Rated, score: CompanyScore, scoring: Scoring): Evidence {
  switch (name) {
    case 'ready':
      if (reason === 'DEADLINE') return deadlineEvidence(score, scoring);
      return score.ratingFacts.trigger === null || reason === 'SURGE'
        ? intentEvidence(score)
        : triggerEvidence(score);
    case 'willing':
      return reason === 'MEETING' || reason === 'ENGAGED'
        ? eventEvidence(score, reason === 'MEETING')
        : intentEvidence(score);
    case 'able':
      return reason === 'REVENUE_AND_DECISION_MAKER'
        ? fieldEvidence(score, 'annualRevenue')
        : fieldEvidence(score, 'budget');
    case 'success':
      return { what: `fit ${score.assessment.fit}`, source: `policy ${scoring.policy.version}`, on: null };
  }
}

/** Of two dates the one that was taken. */
function deadlineEvidence({ values, customer, ratingFacts }: CompanyScore, { today }: Scoring): Evidence {
  const told = values.get('deadlineOn');
  const taken = dayText(parseDay(today) + (ratingFacts.deadlineInDays ?? 0));
  if (told !== undefined && String(told.value).slice(0, 10) === taken)
    return { what: 'deadlineOn', source: told.source, on: taken };
  const on = customer.renewal === null ? null : dayOf(customer.renewal.onMs);
  return { what: 'renewal', source: values.get('renewalOn')?.source ?? null, on };
}

function triggerEvidence({ values }: CompanyScore): Evidence {
  const noted = values.get('trigger');
  const on = values.get('triggerOn')?.value;
  return {
    what: 'trigger',
    source: noted?.source ?? null,
    on: typeof on === 'string' ? on.slice(0, 10) : null,
  };
}

function intentEvidence({ signals, assessment }: CompanyScore): Evidence {
  const [topic] = signals.topics;
  const [signal] = signals.signals;
  const what = `intent ${assessment.intent}`;
  if (topic !== undefined) return { what, source: topic.source, on: dayOf(topic.seenAtMs) };
  return { what, source: signal?.source ?? null, on: signal === undefined ? null : dayOf(signal.seenAtMs) };
}

function eventEvidence({ signals }: CompanyScore, isMeeting: boolean): Evidence {
  const newest = signals.events.find(({ type, person }) =>
    isMeeting ? type === 'meeting' : person !== null,
  );
  return {
    what: newest?.type ?? 'engagement',
    source: newest?.source ?? null,
    on: newest === undefined ? null : dayOf(newest.occurredAtMs),
  };
}

function fieldEvidence({ values }: CompanyScore, name: string): Evidence {
  const known = values.get(name);
  const observedAtMs = known?.observedAtMs ?? null;
  return {
    what: name,
    source: known?.source ?? null,
    on: observedAtMs === null ? null : dayOf(observedAtMs),
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
