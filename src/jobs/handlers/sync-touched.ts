// The job `sync-touched`: what webhooks and polls reported since the last one.
import { runTouched } from '#pipeline/run-touched.ts';
import type { JobContext } from '../start-worker.ts';
import { beginRun, requireWholeRun } from './sync.ts';
import type { WithSession } from './with-session.ts';

export async function carryOutTouched(withSession: WithSession, context: JobContext): Promise<void> {
  await withSession(context, async (session) => {
    const result = await runTouched(session, () => beginRun(session.store, context));
    if (result !== null) requireWholeRun(result.report);
  });
}
