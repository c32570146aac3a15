// Decides which program rows an account should have and which status each row should be in. Pure: the rows are given as the
// CRM holds them, the changes come out. Approval by people and budgets are decided elsewhere.
import { cycleStart, type Program, type ProgramStatus } from './program.ts';

/** A row (or a line of the company's status text) as it stands in the CRM. */
export interface ProgramRow {
  /** The CRM's id of the row; null where programs are lines of a text. */
  readonly id: string | null;
  readonly program: string;
  readonly cycle: string;
  readonly status: ProgramStatus;
  /** A person's tick. */
  readonly requested: boolean;
  readonly dueOn: string | null;
}

export interface WantedProgram {
  /** The row it is now; null when it is new. */
  readonly row: ProgramRow | null;
  readonly program: Program;
  readonly cycle: string;
  readonly status: ProgramStatus;
  readonly dueOn: string | null;
  readonly why: string;
}

export interface ProgramSituation {
  /**
   * `tier_1` … as the mapping writes it; only the first two have menus of their own. Null on a record on which the company is
   * not worked: it is offered nothing there.
   */
  readonly tier: string | null;
  readonly today: string;
  readonly rows: readonly ProgramRow[];
}

const OFFERED_TIERS: readonly string[] = ['tier_1', 'tier_2'];

/** Every row that should stand, changed or not, in the order of the catalogue; rows of unknown programs are left alone. */
export function planPrograms(
  catalogue: readonly Program[],
  situation: ProgramSituation,
): readonly WantedProgram[] {
  const wanted: WantedProgram[] = [];
  for (const program of catalogue) {
    const cycle = cycleStart(situation.today, program.cycle);
    const rows = situation.rows.filter((row) => row.program === program.id);
    const current = rows.find((row) => row.cycle === cycle) ?? null;
    for (const row of rows) wanted.push(follow(program, row, cycle, situation));
    const offered =
      !program.retired && OFFERED_TIERS.includes(program.tier) && program.tier === situation.tier;
    if (current === null && offered) {
      wanted.push({
        row: null,
        program,
        cycle,
        status: 'offered',
        dueOn: null,
        why: `on the menu of ${program.tier}`,
      });
    }
  }
  return wanted;
}

function follow(
  program: Program,
  row: ProgramRow,
  cycle: string,
  situation: ProgramSituation,
): WantedProgram {
  const stay = (status: ProgramStatus, why: string, dueOn = row.dueOn): WantedProgram => ({
    row,
    program,
    cycle: row.cycle,
    status,
    dueOn,
    why,
  });
  if (row.status === 'offered' && row.requested) return order(program, situation, stay);
  const takenBack = row.status === 'requested' && !row.requested;
  if (row.status === 'offered' || takenBack) {
    if (row.cycle < cycle) return stay('expired', 'its cycle is over');
    if (situation.tier === null) return stay('expired', 'the company is worked on another record');
    if (program.tier !== situation.tier) return stay('expired', `the account left ${program.tier}`);
    if (takenBack) return stay('offered', 'the tick was taken back');
  }
  if (row.status === 'expired' && !row.requested && row.cycle === cycle && program.tier === situation.tier) {
    return stay('offered', `the account is back in ${program.tier}`);
  }
  return stay(row.status, 'unchanged');
}

function order(
  program: Program,
  situation: ProgramSituation,
  stay: (status: ProgramStatus, why: string, dueOn?: string | null) => WantedProgram,
): WantedProgram {
  const atOnce =
    program.approval === 'none' ||
    (program.approval === 'auto' && (program.autoUpTo === null || program.cost <= program.autoUpTo));
  if (!atOnce || program.legalFor.length > 0) return stay('requested', 'ticked; it waits for approval');
  return stay('approved', 'ticked; it needs no approval', addDays(situation.today, program.dueDays));
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
