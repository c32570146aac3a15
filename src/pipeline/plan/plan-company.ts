// Compares one judged company with what the CRMs hold: accounts, contacts, the task and the programs of the account that is
// worked. Makes changes; sends nothing.
import type { PlannedChange } from '#domain/plan/planned-change.ts';
import { TIER_CODES } from '#domain/plan/tier-codes.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';
import { textOf } from '#domain/record/text-of.ts';
import { type TaskSituation, wantedTasks } from '#domain/task/choose-task.ts';
import { writeTask } from '#domain/task/write-task.ts';
import { dayText, isPublishDay, parseDay } from '#domain/tier/day.ts';
import { movedMaterially, type Scores } from '#domain/tier/material-change.ts';
import { phrasesOf } from '#domain/tier/text/phrases-of.ts';
import type { ReasonFacts } from '#domain/tier/text/reason-facts.ts';
import { isNightlyRun } from '#domain/tier/tier-state.ts';
import type { CompanyDossier, CompanyResult, Json, LedgeredRecord } from '#ports/store.ts';
import type { LiveObject } from '../connected-crm.ts';
import type { ConnectionRun } from '../connection-run.ts';
import type { Scoring } from '../score/scoring.ts';
import { describeCompany, textsFor } from './describe-company.ts';
import { explainJudgement } from './explain-judgement.ts';
import { FACTS_FIELD } from './facts-field.ts';
import type { JudgedCompany } from './judge-company.ts';
import { keyStatesOf } from './key-states.ts';
import { type ProgramPlanSituation, planProgramRows, wantedStatusText } from './plan-program-rows.ts';
import { planUpdate, type WantedField, type WantedFields } from './plan-record.ts';
import { type NewTask, planTask, type TaskPlan } from './plan-task.ts';
import { rememberClaim } from './slot-claim.ts';
import { taskSituation } from './task-situation.ts';

export interface Planning {
  readonly run: string;
  readonly scoring: Scoring;
  /** Those of this run; a company's records in others are read, not written. */
  readonly connections: ReadonlyMap<string, ConnectionRun>;
}

export interface CompanyPlan {
  readonly changes: readonly PlannedChange[];
  /** Before owners and limits are looked at. */
  readonly newTasks: readonly NewTask[];
  readonly result: CompanyResult;
  /** Accounts, accounts with contacts, and unchanged records a connection. */
  readonly accounts: ReadonlyMap<string, number>;
  readonly compared: ReadonlyMap<string, number>;
  readonly unchanged: ReadonlyMap<string, number>;
}

export function planCompany(dossier: CompanyDossier, judged: JudgedCompany, planning: Planning): CompanyPlan {
  const counts = createCounts();
  const changes: PlannedChange[] = [];
  const description = describeCompany(judged, planning.scoring);
  for (const account of dossier.accounts) {
    const live = liveObject(planning, account.connection, 'account');
    if (live === null) continue;
    counts.account(account.connection);
    const texts = { ...description, ...textsFor(live, description, planning.scoring) };
    const ours = accountFields(dossier.companyKey, judged, texts, planning.scoring);
    const wanted = new Map([
      ...materialOnly(account, ours, description.facts, judged, planning.scoring),
      ...overrideFields(account, judged, planning.scoring.locale),
      ...enrichedFields(account, live, judged),
    ]);
    if (live.mapping.fields.has('programsStatus')) {
      const text = wantedStatusText(programSituation(dossier, account, judged, planning));
      wanted.set('programsStatus', { value: text, why: 'programs of the account' });
    }
    const situation = { run: planning.run, companyKey: dossier.companyKey, live, facts: description.facts };
    counts.note(account.connection, planUpdate(account, wanted, situation), changes);
  }
  for (const { contact, role } of judged.score.roles) {
    const live = liveObject(planning, contact.connection, 'contact');
    if (live === null) continue;
    const wanted: WantedFields = new Map<string, WantedField>([
      ['companyKey', { value: dossier.companyKey, why: 'key of its company' }],
      ['tier', { value: TIER_CODES[judged.step.tier], why: 'tier of its account' }],
      ['buyingRole', { value: role, why: 'suggested from the title' }],
    ]);
    const situation = { run: planning.run, companyKey: dossier.companyKey, live, facts: null };
    counts.note(contact.connection, planUpdate(contact, wanted, situation), changes);
  }
  planPrograms(dossier, judged, planning, counts, changes);
  const situation = taskSituation(dossier, judged, description.told.actNow, planning.scoring);
  const task = planCompanyTask(dossier, judged, description.told, situation, planning);
  changes.push(...task.close);
  for (const connection of task.staying) counts.unchanged(connection, 1);

  return {
    changes,
    newTasks: task.create === null ? [] : [task.create],
    result: {
      companyKey: dossier.companyKey,
      tierState: { ...judged.state, causes: situation.causes } as unknown as Json,
      evaluation: explainJudgement(dossier, judged, description, planning.scoring),
      slot: rememberClaim(judged),
    },
    accounts: counts.accounts,
    compared: counts.compared,
    unchanged: counts.unchangedCounts,
  };
}

/** Contacts that belong to no company with accounts keep what they have: nobody works them. */
function accountFields(
  companyKey: string,
  judged: JudgedCompany,
  description: ReturnType<typeof describeCompany>,
  scoring: Scoring,
): ReadonlyMap<string, WantedField> {
  const { step, score } = judged;
  const { fit, intent, engagement } = score.assessment;
  const rule = step.reasons.join(' ');
  const since = step.state.shownSince;
  return new Map<string, WantedField>([
    ['companyKey', { value: companyKey, why: 'key of the company' }],
    // People's edits became the override that this tier already follows: ours to write.
    ['tier', { value: TIER_CODES[step.tier], why: rule, asserted: true }],
    ['tierSince', { value: since === null ? null : dayText(since), why: 'day of the last change' }],
    ['tierReason', { value: description.reason, why: rule }],
    ['reviewDate', { value: description.reviewDate, why: `review cycle of ${step.tier}` }],
    ['fit', { value: fit, why: `policy ${scoring.policy.version}` }],
    ['intent', { value: intent, why: `policy ${scoring.policy.version}` }],
    ['engagement', { value: Math.min(100, engagement), why: `policy ${scoring.policy.version}` }],
    ['nextStep', { value: description.nextStep, why: rule }],
  ]);
}

const SCORES = ['fit', 'intent', 'engagement'] as const;
const DECAYING: ReadonlySet<string> = new Set([...SCORES, 'tierReason', 'nextStep']);

/** Scores decay every day; they are news only when facts changed, when one moved far, or on a publish day (policy 11). */
function materialOnly(
  account: LedgeredRecord,
  wanted: ReadonlyMap<string, WantedField>,
  facts: string,
  judged: JudgedCompany,
  scoring: Scoring,
): ReadonlyMap<string, WantedField> {
  const { change } = scoring.policy;
  const publishes =
    isNightlyRun(judged.before, judged.day) &&
    isPublishDay(judged.day, parseDay(change.publishFrom), change.publishEveryDays);
  const now = scoresOf((name) => wanted.get(name)?.value);
  // Against what we wrote, not against a person's edit of it: theirs stands until ours is news.
  const before = scoresOf((name) => account.lastWritten[name] ?? account.fields[name]);
  const moved = now === null || movedMaterially(before, now, change);
  if (publishes || moved || account.lastWritten[FACTS_FIELD] !== facts) return wanted;
  return new Map([...wanted].filter(([name]) => !DECAYING.has(name)));
}

function scoresOf(read: (name: string) => CanonicalValue | undefined): Scores | null {
  const [fit, intent, engagement] = SCORES.map(read);
  if (typeof fit !== 'number' || typeof intent !== 'number' || typeof engagement !== 'number') return null;
  return { fit, intent, engagement };
}

const set = (value: CanonicalValue, why: string): WantedField => ({ value, why, asserted: true });

/** The one case in which we write the override fields: a person edited the tier itself, or an end of such a pin. */
function overrideFields(
  account: LedgeredRecord,
  { word, wordOf }: JudgedCompany,
  locale: string,
): ReadonlyMap<string, WantedField> {
  if (account !== wordOf) return new Map();
  if (word.pin !== null) {
    const why = 'a person edited the tier';
    const reason = textOf(account.fields, 'overrideReason') ?? phrasesOf(locale).editedTier;
    return new Map([
      ['overrideTier', set(TIER_CODES[word.pin], why)],
      ['overrideReason', set(reason, why)],
      ['overrideUntil', set(word.until, why)],
    ]);
  }
  if (!word.clearOurs) return new Map();
  const why = 'the pin that we filled is over';
  return new Map(
    ['overrideTier', 'overrideReason', 'overrideUntil'].map((name) => [name, set(null, why)] as const),
  );
}

const ENRICHABLE = [
  'industry',
  'country',
  'region',
  'employees',
  'annualRevenue',
  'technologies',
  'customers',
  'maturity',
  'budget',
] as const;

/** Firmographics go to the CRM only where the mapping gives a write rule, and only what a source says. */
function enrichedFields(
  account: LedgeredRecord,
  live: LiveObject,
  { score }: JudgedCompany,
): ReadonlyMap<string, WantedField> {
  const wanted = new Map<string, WantedField>();
  for (const name of ENRICHABLE) {
    const rule = live.mapping.fields.get(name)?.write ?? 'never';
    const known = score.enriched.get(name);
    if (rule === 'never' || known === undefined || known.observedAtMs === null) continue;
    const observedAt = new Date(known.observedAtMs).toISOString();
    wanted.set(name, {
      value: known.value,
      why: `source ${known.source}, ${observedAt.slice(0, 10)}`,
      observedAt,
    });
  }
  return account.deleted ? new Map() : wanted;
}

function planCompanyTask(
  dossier: CompanyDossier,
  judged: JudgedCompany,
  told: ReasonFacts,
  situation: TaskSituation,
  planning: Planning,
): TaskPlan {
  const { policy, locale } = planning.scoring;
  const keyState = keyStatesOf(dossier);
  return planTask(
    dossier.tasks,
    {
      run: planning.run,
      companyKey: dossier.companyKey,
      account: judged.score.lead,
      priority: judged.score.assessment.priority,
      wanted: wantedTasks(situation, policy),
      write: (task) => writeTask(task, told.actNow, locale),
    },
    (connection) => liveObject(planning, connection, 'task'),
    (key) => keyState('task', key),
  );
}

function planPrograms(
  dossier: CompanyDossier,
  judged: JudgedCompany,
  planning: Planning,
  counts: ReturnType<typeof createCounts>,
  changes: PlannedChange[],
): void {
  const keyState = keyStatesOf(dossier);
  for (const account of dossier.accounts) {
    const live = liveObject(planning, account.connection, 'program');
    if (live === null) continue;
    const plan = planProgramRows(
      dossier.programs,
      programSituation(dossier, account, judged, planning),
      live,
      (key) => keyState('program', key),
    );
    changes.push(...plan.changes);
    counts.unchanged(account.connection, plan.unchanged);
  }
}

function programSituation(
  dossier: CompanyDossier,
  account: LedgeredRecord,
  judged: JudgedCompany,
  planning: Planning,
): ProgramPlanSituation {
  return {
    run: planning.run,
    companyKey: dossier.companyKey,
    account,
    tier: account === judged.score.lead ? TIER_CODES[judged.step.tier] : null,
    today: planning.scoring.today,
    catalogue: planning.scoring.rules.programs,
  };
}

function liveObject(
  planning: Planning,
  connection: string,
  object: LedgeredRecord['object'],
): LiveObject | null {
  return planning.connections.get(connection)?.objects?.get(object) ?? null;
}

function add(counts: Map<string, number>, connection: string, by: number): void {
  counts.set(connection, (counts.get(connection) ?? 0) + by);
}

function createCounts() {
  const accounts = new Map<string, number>();
  const compared = new Map<string, number>();
  const unchangedCounts = new Map<string, number>();
  return {
    accounts,
    compared,
    unchangedCounts,
    account: (connection: string) => add(accounts, connection, 1),
    unchanged: (connection: string, by: number) => add(unchangedCounts, connection, by),
    note(connection: string, change: PlannedChange | null, changes: PlannedChange[]): void {
      add(compared, connection, 1);
      if (change === null) add(unchangedCounts, connection, 1);
      else changes.push(change);
    },
  };
}
