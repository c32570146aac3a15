// The programs of an account as one text: a line a program, `id: Status (due YYYY-MM-DD)`, sorted. For CRMs without rows.
import { PROGRAM_STATUS_LABELS, PROGRAM_STATUSES, type ProgramStatus } from './program.ts';

export interface ProgramLine {
  readonly program: string;
  readonly status: ProgramStatus;
  readonly dueOn: string | null;
}

/** Null when there is no line. */
export function writeStatusText(lines: readonly ProgramLine[]): string | null {
  if (lines.length === 0) return null;
  return lines
    .map(({ program, status, dueOn }) => {
      const due = dueOn === null ? '' : ` (due ${dueOn})`;
      return `${program}: ${PROGRAM_STATUS_LABELS[status]}${due}`;
    })
    .toSorted()
    .join('\n');
}

const LINE = /^(?<program>[a-z][a-z0-9_]*): (?<label>[^(]+?)(?: \(due (?<due>\d{4}-\d{2}-\d{2})\))?$/u;

/** What people wrote into the text themselves is passed over. */
export function readStatusText(text: string | null): readonly ProgramLine[] {
  return (text ?? '').split(/\r?\n/u).flatMap((line) => {
    const groups = LINE.exec(line.trim())?.groups;
    const status = PROGRAM_STATUSES.find((known) => PROGRAM_STATUS_LABELS[known] === groups?.['label']);
    if (groups?.['program'] === undefined || status === undefined) return [];
    return [{ program: groups['program'], status, dueOn: groups['due'] ?? null }];
  });
}
