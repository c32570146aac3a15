// `sync --approve RUN`: the changes of a held run or a saved plan are applied as they were shown; what moved meanwhile is not.
import { UsageError } from '#errors/errors.ts';
import type { ConnectionRun } from './connection-run.ts';
import type { PlanOutcome } from './plan/plan-outcome.ts';
import { countTiers } from './plan/plan-outcome.ts';
import type { Session } from './session.ts';
import { skipStaleChanges, skipUsedCreates } from './skip-stale-changes.ts';

export async function adoptPlan(
  session: Session,
  from: string,
  run: string,
  connections: readonly ConnectionRun[],
): Promise<PlanOutcome> {
  const { store } = session;
  const saved = await store.runs.find(from);
  if (saved === null)
    throw new UsageError(`There is no run "${from}"`, { next: 'See `tierline runs list`.' });
  if (saved.status !== 'held' && saved.mode !== 'dry-run') {
    throw new UsageError(
      `Run ${from} is ${saved.status} (${saved.mode}); only a held run or a saved plan can be approved`,
      {
        next: 'Make a plan with `tierline plan`, look at it, and approve that.',
      },
    );
  }
  await store.plans.adoptChanges(from, run);
  await store.plans.adoptResults(from);
  for (const { connected } of connections) {
    await skipStaleChanges(store, run, connected.id);
    await skipUsedCreates(store, run, connected.id);
  }
  return countTiers(store, connections);
}
