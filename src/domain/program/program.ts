// A program is something an account may get: what it costs, who approves it, when it is due. Decides nothing.

export const PROGRAM_MENUS = ['tier_1', 'tier_2', 'tier_3', 'expand'] as const;
export type ProgramMenu = (typeof PROGRAM_MENUS)[number];

export const PROGRAM_APPROVALS = ['none', 'auto', 'envelope', 'marketing', 'manager'] as const;
export const PROGRAM_CYCLES = ['month', 'quarter', 'year'] as const;
export type ProgramCycle = (typeof PROGRAM_CYCLES)[number];

export interface Program {
  /** Snake case, never reused: it stands in the CRM. */
  readonly id: string;
  readonly name: string;
  readonly tier: ProgramMenu;
  readonly channel: string;
  /** Who does it. */
  readonly by: string;
  /** Estimate for one account, in the workspace's currency. */
  readonly cost: number;
  readonly approval: (typeof PROGRAM_APPROVALS)[number];
  /** With `auto`: approved at once up to this cost, above it by marketing; null: always at once. */
  readonly autoUpTo: number | null;
  /** Industries in which legal approves too. */
  readonly legalFor: readonly string[];
  /** Calendar days from approval. */
  readonly dueDays: number;
  readonly dueWorkingHours: number | null;
  readonly cycle: ProgramCycle;
  /** Left out for people who opted out. */
  readonly consent: 'mail' | 'gift' | null;
  /** No longer offered; its id stays taken. */
  readonly retired: boolean;
}

export const PROGRAM_STATUSES = [
  'offered',
  'requested',
  'approved',
  'declined',
  'in_progress',
  'delivered',
  'expired',
] as const;
export type ProgramStatus = (typeof PROGRAM_STATUSES)[number];

/** As people read it in the CRM. */
export const PROGRAM_STATUS_LABELS: Readonly<Record<ProgramStatus, string>> = {
  offered: 'Offered',
  requested: 'Requested',
  approved: 'Approved',
  declined: 'Declined',
  in_progress: 'In progress',
  delivered: 'Delivered',
  expired: 'Expired',
};

/** First day (`YYYY-MM-DD`, UTC) of the cycle that a day lies in. */
export function cycleStart(day: string, cycle: ProgramCycle): string {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  if (cycle === 'year') return `${year}-01-01`;
  const first = cycle === 'month' ? month : month - ((month - 1) % 3);
  return `${year}-${String(first).padStart(2, '0')}-01`;
}
