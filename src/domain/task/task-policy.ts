// What an admin may set about tasks. Decides nothing itself.

export interface TaskPolicy {
  /** Days from the task's making to its due day; those of `act_now` are working days. */
  readonly dueInDays: {
    readonly act_now: number;
    readonly tier_1_new: number;
    readonly intent_not_engaged: number;
    readonly fast_lane: number;
  };
  /** A situation that comes back after no more days than this is still the one it was: no new task. */
  readonly sameCauseDays: number;
  readonly newPerOwnerAndDay: number;
  readonly openPerOwner: number;
}
