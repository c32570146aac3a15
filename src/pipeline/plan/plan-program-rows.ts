// Plans the program checklist of an account: the menu where the company is worked, on its other records only what was ordered.
// Rows of a child object where the CRM has one, lines of the account's status text where it has not.
import type { PlannedChange } from '#domain/plan/planned-change.ts';
import { type ProgramRow, planPrograms, type WantedProgram } from '#domain/program/plan-programs.ts';
import { cycleStart, PROGRAM_STATUSES, type Program, type ProgramStatus } from '#domain/program/program.ts';
import { readStatusText, writeStatusText } from '#domain/program/status-text.ts';
import { textOf } from '#domain/record/text-of.ts';
import type { LedgeredRecord } from '#ports/store.ts';
import type { LiveObject } from '../connected-crm.ts';
import type { KeyState } from './key-states.ts';
import { planUpdate, type WantedFields } from './plan-record.ts';

export interface ProgramPlanSituation {
  readonly run: string;
  readonly companyKey: string;
  readonly account: LedgeredRecord;
  /** Canonical code, `tier_1` …; null on a record on which the company is not worked. */
  readonly tier: string | null;
  readonly today: string;
  readonly catalogue: readonly Program[];
}

export interface ProgramPlan {
  readonly changes: readonly PlannedChange[];
  readonly unchanged: number;
}

export function planProgramRows(
  rows: readonly LedgeredRecord[],
  situation: ProgramPlanSituation,
  live: LiveObject,
  keyInDoubt: (key: string) => KeyState,
): ProgramPlan {
  const { account } = situation;
  const own = rows.filter(
    (row) =>
      !row.deleted && row.connection === account.connection && textOf(row.fields, 'accountId') === account.id,
  );
  const standing = own.flatMap((record) => toRow(record) ?? []);
  const wanted = planPrograms(situation.catalogue, { ...situation, rows: standing });
  const changes: PlannedChange[] = [];
  let unchanged = 0;
  for (const program of wanted) {
    const change =
      program.row === null
        ? createRow(program, situation, keyInDoubt)
        : updateRow(program, own, situation, live);
    if (change === null) unchanged += program.row === null ? 0 : 1;
    else changes.push(change);
  }
  return { changes, unchanged };
}

function toRow(record: LedgeredRecord): ProgramRow | null {
  const { fields } = record;
  const program = textOf(fields, 'program');
  const status = PROGRAM_STATUSES.find((known) => known === fields['status']);
  const cycle = textOf(fields, 'programKey')?.split(':').at(-1) ?? '';
  if (program === null || status === undefined) return null;
  return {
    id: record.id,
    program,
    cycle,
    status,
    requested: fields['requested'] === true,
    dueOn: textOf(fields, 'dueOn'),
  };
}

function createRow(
  wanted: WantedProgram,
  situation: ProgramPlanSituation,
  keyState: (key: string) => KeyState,
): PlannedChange | null {
  const { account, run, companyKey } = situation;
  const key = `${account.id}:${wanted.program.id}:${wanted.cycle}`;
  const state = keyState(key);
  // Deleted by a person: it stays deleted.
  if (state === 'used') return null;
  const field = (name: string, after: string | number) => ({
    field: name,
    now: null,
    after,
    why: wanted.why,
  });
  return {
    id: `${run}:${account.connection}:program:${key}`,
    connection: account.connection,
    object: 'program',
    verb: 'create',
    recordId: null,
    accountId: account.id,
    companyKey,
    name: `${textOf(account.fields, 'name') ?? account.id}: ${wanted.program.name}`,
    fields: [
      field('programKey', key),
      field('accountId', account.id),
      field('program', wanted.program.id),
      field('tier', wanted.program.tier),
      field('status', wanted.status),
      field('cost', wanted.program.cost),
    ],
    idempotencyKey: key,
    inDoubt: state === 'in_doubt',
  };
}

function updateRow(
  wanted: WantedProgram,
  records: readonly LedgeredRecord[],
  situation: ProgramPlanSituation,
  live: LiveObject,
): PlannedChange | null {
  const record = records.find(({ id }) => id === wanted.row?.id);
  if (record === undefined || wanted.row?.status === wanted.status) return null;
  // A status that people set is theirs; ours moves on only when the row itself gives the cause.
  const fields: WantedFields = new Map([
    ['status', { value: wanted.status, why: wanted.why, asserted: true }],
    ...(wanted.dueOn === null ? [] : [['dueOn', { value: wanted.dueOn, why: wanted.why }] as const]),
  ]);
  return planUpdate(record, fields, {
    run: situation.run,
    companyKey: situation.companyKey,
    live,
    facts: null,
  });
}

/** For CRMs without a child object: what the account's status text should say. */
export function wantedStatusText(situation: ProgramPlanSituation): string | null {
  const { account, catalogue, today } = situation;
  const ticked = account.fields['programsRequested'];
  const ticks = new Set<string>(Array.isArray(ticked) ? (ticked as readonly string[]) : []);
  const rows: ProgramRow[] = readStatusText(textOf(account.fields, 'programsStatus')).map((line) => {
    const program = catalogue.find(({ id }) => id === line.program);
    // The text names no cycle: a line belongs to the one we are in.
    const cycle = cycleStart(today, program?.cycle ?? 'quarter');
    return {
      id: null,
      program: line.program,
      cycle,
      status: line.status,
      requested: ticks.has(line.program),
      dueOn: line.dueOn,
    };
  });
  const wanted = planPrograms(catalogue, { ...situation, rows });
  const lines = wanted.map(({ program, status, dueOn }) => ({ program: program.id, status, dueOn }));
  const strange = rows.filter((row) => !catalogue.some(({ id }) => id === row.program));
  // What is neither on the menu nor ordered need not be read every day.
  const shown = lines.filter(({ status }) => status !== ('expired' satisfies ProgramStatus));
  return writeStatusText([...shown, ...strange]);
}
