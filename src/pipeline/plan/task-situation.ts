// What the task rules look at, from a judged company: decides no task. Remembers since when a situation holds.
import type { TaskSituation } from '#domain/task/choose-task.ts';
import { rememberCauses, type SeenCauses } from '#domain/task/remember-causes.ts';
import { dayText } from '#domain/tier/day.ts';
import type { ActNowFact } from '#domain/tier/text/reason-facts.ts';
import type { CompanyDossier } from '#ports/store.ts';
import type { Scoring } from '../score/scoring.ts';
import type { CompanyState, JudgedCompany } from './judge-company.ts';

export function taskSituation(
  dossier: CompanyDossier,
  judged: JudgedCompany,
  actNow: ActNowFact | null,
  { policy, today }: Scoring,
): TaskSituation {
  const { step, word, day, score } = judged;
  const { intentOn, engagedOn } = score.assessment;
  const seen = { tier: step.tier, intentOn, engagedOn, reasons: step.reasons };
  const remembered = dossier.tierState as CompanyState | null;
  const inForce = (word.override?.expiresInDays ?? 0) > 0 && step.state.tier !== 'Excluded';
  return {
    ...seen,
    tierSince: step.state.shownSince === null ? null : dayText(step.state.shownSince),
    actNowOn: actNow === null ? null : dayText(actNow.on),
    causes: rememberCauses(remembered?.causes ?? NONE, seen, today, policy.tasks.sameCauseDays),
    overrideUntil: inForce ? word.until : null,
    // A first tier is no change of tier: a company that changed today had one before.
    isFirstDay: step.state.since === day && !step.state.changedOn.includes(day),
    today,
  };
}

const NONE: SeenCauses = {};
