// What a sync does about keys: adopts what was approved, hears what people entered in the CRM, assigns, and says what waits.
import { UsageError } from '#errors/errors.ts';
import type { Store } from '#ports/store.ts';
import type { Session } from '../session.ts';
import type { Failure, HeldReason } from '../sync-report.ts';
import { assignKeys } from './assign-keys.ts';
import { keyLeads } from './key-leads.ts';
import { takeEnteredKeys } from './take-entered-keys.ts';

export const KEYS_MOVING = 'company keys moving';

export interface KeyStepOutcome {
  readonly held: HeldReason | null;
  readonly failures: readonly Failure[];
}

/** True when approving this run means its company keys; throws when they can no longer be approved. */
export async function approvesKeys(store: Store, approve: string | null): Promise<boolean> {
  if (approve === null) return false;
  const status = await store.keys.proposal(approve);
  if (status === 'adopted') {
    throw new UsageError(`The company keys of run ${approve} were approved already`, {
      next: 'Run `tierline sync`.',
    });
  }
  if (status === 'outdated') {
    const latest = await store.keys.waitingProposal();
    throw new UsageError(`What run ${approve} proposed is out of date: records or keys have changed since`, {
      next:
        latest === null
          ? 'Run `tierline sync`, and approve what it holds back.'
          : `Look at what run ${latest} proposes (\`tierline keys changes --proposed ${latest}\`), and approve that.`,
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
  const moves = await assignKeys(store, run, rules.keys, limit, session.log);
  if (moves === null) {
    await keyLeads(session);
    return { held: null, failures };
  }
  const share = moves.moved / moves.keyed;
  return { held: { reason: KEYS_MOVING, share, limit: movedKeyShare }, failures };
}
