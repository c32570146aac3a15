// Keeps reps from drowning: which of the wanted new tasks are made now and which wait. Pure.

export const MOST_NEW_PER_OWNER_AND_DAY = 5;
export const MOST_OPEN_PER_OWNER = 10;

export interface TaskCandidate {
  /** Null when the account has none. */
  readonly owner: { readonly id: string; readonly active: boolean } | null;
  readonly urgent: boolean;
  /** Higher first. */
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

/** Urgent ones first, then by priority; the key settles ties, so that the answer hangs on no order. */
export function limitTasks<Candidate extends TaskCandidate>(
  candidates: readonly Candidate[],
  loads: ReadonlyMap<string, OwnerLoad>,
): readonly LimitedTask<Candidate>[] {
  const open = new Map<string, number>();
  const newToday = new Map<string, number>();
  for (const [owner, load] of loads) {
    open.set(owner, load.open);
    newToday.set(owner, load.newToday);
  }
  const ordered = candidates.toSorted(
    (a, b) => Number(b.urgent) - Number(a.urgent) || b.priority - a.priority || (a.key < b.key ? -1 : 1),
  );
  return ordered.map((candidate) => {
    const { owner } = candidate;
    if (owner === null) return { candidate, waits: 'no_owner' };
    if (!owner.active) return { candidate, waits: 'inactive_owner' };
    const openNow = open.get(owner.id) ?? 0;
    const madeToday = newToday.get(owner.id) ?? 0;
    if (openNow >= MOST_OPEN_PER_OWNER) return { candidate, waits: 'owner_full' };
    if (madeToday >= MOST_NEW_PER_OWNER_AND_DAY) return { candidate, waits: 'owner_day_full' };
    open.set(owner.id, openNow + 1);
    newToday.set(owner.id, madeToday + 1);
    return { candidate, waits: null };
  });
}
