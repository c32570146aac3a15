// The job `start-scheduled`: the schedule's moment has come, and a run is put in line. One that still waits is not doubled.
import { newRunId } from '#pipeline/run-id.ts';
import type { Clock } from '#ports/clock.ts';
import { addSync } from '../add-run.ts';
import type { JobPayload } from '../catalogue.ts';
import type { JobQueue } from '../queue-backend.ts';

export async function startScheduled(
  runs: JobQueue,
  clock: Clock,
  { request }: JobPayload<'start-scheduled'>,
): Promise<void> {
  await addSync(runs, newRunId(clock.now()), request, 'schedule');
}
