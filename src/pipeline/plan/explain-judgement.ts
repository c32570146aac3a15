// Everything behind one company's tier as one document: each input with its source and date, the rule. `explain` shows it and adds
// what would move it; nothing reads it back to decide a tier.
import { textOf } from '#domain/record/text-of.ts';
import { dayText } from '#domain/tier/day.ts';
import { explainRule } from '#domain/tier/explain-rule.ts';
import type { CompanyDossier, Json } from '#ports/store.ts';
import type { CompanyScore } from '../score/score-company.ts';
import type { Scoring } from '../score/scoring.ts';
import type { CompanyDescription } from './describe-company.ts';
import { explainRatings } from './explain/explain-ratings.ts';
import { explainValue } from './explain/explain-value.ts';
import { listInputs } from './explain/list-inputs.ts';
import { listUnused } from './explain/list-unused.ts';
import type { JudgedCompany } from './judge-company.ts';

const SHOWN_EVENTS = 50;

export function explainJudgement(
  dossier: CompanyDossier,
  judged: JudgedCompany,
  description: CompanyDescription,
  scoring: Scoring,
): Json {
  const { score, step, word } = judged;
  const { assessment } = score;
  const { since, shownSince, failingSince, pendingNights } = step.state;
  const rule = explainRule(assessment, scoring.policy);
  return {
    companyKey: dossier.companyKey,
    name: textOf(score.lead.fields, 'name'),
    asOf: scoring.asOf,
    policy: scoring.policy.version,
    tier: step.tier,
    computedTier: step.computedTier,
    underlyingTier: step.state.tier,
    tierUncapped: step.state.tierUncapped ?? null,
    reasons: [...step.reasons],
    rule: rule === null ? null : { ...rule },
    reason: description.reason,
    nextStep: description.nextStep,
    since: shownSince === null ? null : dayText(shownSince),
    reviewDate: description.reviewDate,
    state: {
      since: since === null ? null : dayText(since),
      failingSince: failingSince === null ? null : dayText(failingSince),
      pendingNights,
    },
    records: dossier.accounts.map(({ connection, id, fields }) => ({
      connection,
      id,
      name: textOf(fields, 'name'),
      worked: connection === score.lead.connection && id === score.lead.id,
    })),
    inputs: listInputs(score, scoring),
    notUsed: listUnused(dossier, judged, scoring).map((line) => ({ ...line })),
    fit: {
      score: assessment.fit,
      completeness: assessment.completeness,
      criteria: score.icp.criteria.map(
        ({ criterion, field, match, value, source, observedAtMs, isStale }) => ({
          criterion,
          field,
          weight: scoring.weights[criterion] ?? 0,
          match,
          value: Array.isArray(value) ? [...value] : (value as Json),
          source,
          observedOn: observedAtMs === null ? null : dayOf(observedAtMs),
          tooOld: isStale,
        }),
      ),
      mustHaveMiss: score.icp.mustHaveMiss,
      excluded: score.icp.excluded,
    },
    intent: {
      score: assessment.intent,
      on: assessment.intentOn,
      topicsConfigured: scoring.topicsConfigured,
      topics: score.signals.topics.map(({ name, source, method, now, seenAtMs }) => ({
        topic: name,
        score: Math.round(now * 10) / 10,
        source,
        method,
        seenOn: dayOf(seenAtMs),
      })),
      signals: score.signals.signals.map(({ signal, points, source, seenAtMs }) => ({
        signal,
        points,
        source,
        seenOn: dayOf(seenAtMs),
      })),
      refusedRows: score.signals.refused,
    },
    engagement: {
      score: assessment.engagement,
      threshold: assessment.engagementThreshold,
      people: assessment.people,
      on: assessment.engagedOn,
      actNow: judged.actNow === null ? null : { on: judged.actNow.on, what: judged.actNow.what },
      events: score.signals.events
        .slice(0, SHOWN_EVENTS)
        .map(({ type, role, person, source, occurredAtMs }) => ({
          type,
          role: person === null ? 'anonymous' : role,
          source,
          on: dayOf(occurredAtMs),
        })),
      eventsInAll: score.signals.events.length,
    },
    value: {
      band: assessment.acvBand,
      // Where the bands began in this run: own wins move them.
      cuts: { ...scoring.policy.value.bands },
      ...explainValue(dossier, score),
    },
    roles: score.roles.map(({ contact, role, source, confidence }) => ({
      connection: contact.connection,
      id: contact.id,
      role,
      source,
      confidence,
    })),
    buyingGroup: explainBuyingGroup(score),
    ratings: explainRatings(judged, scoring),
    priority: assessment.priority,
    // How many wanted the tiers that it did not get, and how many fit.
    capacity: judged.place === null ? null : { limits: judged.place.limits.map((limit) => ({ ...limit })) },
    owner: textOf(score.lead.fields, 'ownerId'),
    override:
      word.override === null
        ? null
        : { ...word.override, until: word.until, reason: word.reason, setInTierField: word.pin !== null },
  };
}

function explainBuyingGroup({ buyingGroup }: CompanyScore): Json {
  const { parts, missing, coverage, depth, champions } = buyingGroup;
  return {
    coverage,
    parts: parts.map((part) => ({ ...part })),
    missing: [...missing],
    depth: { ...depth },
    champions: champions.map(({ contact, by, points, times }) => ({
      connection: contact?.connection ?? null,
      id: contact?.id ?? null,
      by,
      points,
      times,
    })),
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
