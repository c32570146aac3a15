// Makes the stored schedules those of the workspace's file. What has not changed is left alone: storing it anew would forget a
// moment that passed while no worker ran, and that one is still owed a run.
import { isDeepStrictEqual } from 'node:util';
import { ConfigError } from '#errors/errors.ts';
import type { JobName } from '#ports/queue.ts';
import { keepFor } from './add-run.ts';
import type { JobQueue } from './queue-backend.ts';
import type { WantedSchedule } from './wanted-schedules.ts';

export interface AppliedSchedule {
  readonly id: string;
  readonly cron: string;
  readonly timezone: string;
  /** ISO moment of the next start; in the past when one is owed. */
  readonly next: string | null;
}

export async function applySchedules(
  errands: JobQueue,
  wanted: readonly WantedSchedule[],
): Promise<readonly AppliedSchedule[]> {
  const stored = new Map((await errands.getJobSchedulers()).map((schedule) => [schedule.key, schedule]));
  for (const schedule of wanted) {
    const known = stored.get(schedule.id);
    const isSame =
      known !== undefined &&
      known.pattern === schedule.cron &&
      known.tz === schedule.timezone &&
      isDeepStrictEqual(known.template?.data, schedule.payload);
    if (!isSame) await store(errands, schedule);
  }
  const names = new Set(wanted.map(({ id }) => id));
  for (const id of stored.keys()) if (!names.has(id)) await errands.removeJobScheduler(id);
  return await Promise.all(
    wanted.map(async ({ id, cron, timezone }) => {
      const next = (await errands.getJobScheduler(id))?.next;
      return { id, cron, timezone, next: next === undefined ? null : new Date(next).toISOString() };
    }),
  );
}

async function store(errands: JobQueue, { id, cron, timezone, job, payload }: WantedSchedule): Promise<void> {
  try {
    await errands.upsertJobScheduler(
      // BullMQ's types take the schedule's id for the job's name.
      id as JobName,
      { pattern: cron, tz: timezone },
      { name: job, data: payload, opts: keepFor(job) },
    );
  } catch (cause) {
    // The library that reads crons throws plain errors; the database's have a code.
    if (cause instanceof Error && 'code' in cause) throw cause;
    throw new ConfigError(`tierline.yaml: schedule: "${cron}" in ${timezone} names no moment`, {
      cause,
      next: 'Write five cron fields (minute hour day month weekday) and an IANA time zone such as Europe/Berlin.',
    });
  }
}
