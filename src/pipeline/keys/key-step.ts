// What a sync does about keys: adopts what was approved, hears what people entered in the CRM, assigns, and says what waits.
import { UsageError } from '#errors/errors.ts';
import type { Store } from '#ports/store.ts';
import type { Session } from '../session.ts';
import type { Failure, HeldReason } from '../sync-report.ts';
import { assignKeys } from './assign-keys.ts';
import { takeEnteredKeys } from './take-entered-keys.ts';

export interface KeyStepOutcome {
  readonly held: HeldReason | null;
  readonly failures: readonly Failure[];
}

/** True when approving this run means its company keys; throws when they can no longer be approved. */
export async function approvesKeys(store: Store, approve: string | null): Promise<boolean> {
  const status = approve === null ? null : await store.keys.proposal(approve);
  if (status === 'adopted') {
    throw new UsageError(`The company keys of run ${approve} were approved already`, {
      next: 'Run `tierline sync`.',
    });
  }
  if (status === 'outdated') {
    throw new UsageError(`The company keys of run ${approve} have moved on since`, {
      next: 'Run `tierline sync`, look at what it holds back, and approve that.',
    });
  }
  return status === 'waiting';
}

/** `approved`: the run whose waiting keys are put in force first. */
export async function runKeyStep(
  session: Session,
  run: string,
  approved: string | null,
): Promise<KeyStepOutcome> {
  const { store, rules } = session;
  if (approved !== null) await store.keys.adoptProposal(approved, run);
  const failures = await takeEnteredKeys(store);
  const { movedKeyShare, movedKeysFrom } = rules.policy.breaker;
  const limit = { share: movedKeyShare, fromRecords: movedKeysFrom };
  const moves = await assignKeys(store, run, rules.keys, limit);
  if (moves === null) return { held: null, failures };
  const share = moves.moved / moves.keyed;
  return { held: { reason: 'company keys moving', share, limit: movedKeyShare }, failures };
}
