// Keeps reps from drowning: which of the wanted new tasks are made now and which wait. Pure.
import type { TaskPolicy } from './task-policy.ts';
import { TASK_RULES, type TaskRule } from './task-rule.ts';

export interface TaskCandidate {
  /** Null when the account has none. */
  readonly owner: { readonly id: string; readonly active: boolean } | null;
  readonly rule: TaskRule;
  /** Of the account; higher first. */
  readonly priority: number;
  readonly key: string;
}

export interface OwnerLoad {
  readonly open: number;
  readonly newToday: number;
}

export const WAITING_REASONS = ['no_owner', 'inactive_owner', 'owner_day_full', 'owner_full'] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

export interface LimitedTask<Candidate extends TaskCandidate> {
  readonly candidate: Candidate;
  /** Null: made now. */
  readonly waits: WaitingReason | null;
}

/** In the order of the rules, then by priority; the key settles ties, so that the answer hangs on no order. */
export function limitTasks<Candidate extends TaskCandidate>(
  candidates: readonly Candidate[],
  loads: ReadonlyMap<string, OwnerLoad>,
  policy: Pick<TaskPolicy, 'newPerOwnerAndDay' | 'openPerOwner'>,
): readonly LimitedTask<Candidate>[] {
  const open = new Map<string, number>();
  const newToday = new Map<string, number>();
  for (const [owner, load] of loads) {
    open.set(owner, load.open);
    newToday.set(owner, load.newToday);
  }
  const ordered = candidates.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || b.priority - a.priority || (a.key < b.key ? -1 : 1),
  );
  return ordered.map((candidate) => {
    const { owner } = candidate;
    if (owner === null) return { candidate, waits: 'no_owner' };
    if (!owner.active) return { candidate, waits: 'inactive_owner' };
    const openNow = open.get(owner.id) ?? 0;
    const madeToday = newToday.get(owner.id) ?? 0;
    if (openNow >= policy.openPerOwner) return { candidate, waits: 'owner_full' };
    if (madeToday >= policy.newPerOwnerAndDay) return { candidate, waits: 'owner_day_full' };
    open.set(owner.id, openNow + 1);
    newToday.set(owner.id, madeToday + 1);
    return { candidate, waits: null };
  });
}

function rankOf({ rule }: TaskCandidate): number {
  return TASK_RULES.indexOf(rule);
}
