// One thing that somebody of an account did, as scoring sees it.
import type { EventType, PersonRole } from './engagement-policy.ts';

export interface EngagementEvent {
  readonly type: EventType;
  readonly ageDays: number;
  /** Any name that is the same for the same person of this account; null is anonymous. */
  readonly person: string | null;
  readonly role: PersonRole;
}
