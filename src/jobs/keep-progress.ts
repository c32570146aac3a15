// Stores what a job says of its progress: now and then, for others to watch, never so often that it costs.
import type { Clock } from '#ports/clock.ts';
import { type JobProgressNote, NOT_BEGUN } from './job-progress.ts';
import type { StoredJob } from './queue-backend.ts';

const AT_MOST_EVERY_MS = 500;

export interface ProgressKeeper {
  report(step: string, done: number, total: number | null): void;
  begun(storedRun: string): Promise<void>;
  /** Stores what was reported last. */
  flush(): Promise<void>;
}

export function createProgressKeeper(job: StoredJob, tries: number, clock: Clock): ProgressKeeper {
  let note: JobProgressNote = { ...NOT_BEGUN, tries };
  let stored: JobProgressNote | null = null;
  let storedAt = 0;
  let storing: Promise<void> = Promise.resolve();
  const store = (): Promise<void> => {
    if (note === stored) return storing;
    stored = note;
    storedAt = clock.now().getTime();
    // Progress that cannot be shown is no reason to end the job.
    storing = storing.then(() => job.updateProgress(note)).catch(() => undefined);
    return storing;
  };
  return {
    report(step, done, total) {
      note = { ...note, step, done, total };
      if (clock.now().getTime() - storedAt >= AT_MOST_EVERY_MS) void store();
    },
    async begun(storedRun) {
      note = { ...note, storedRun };
      await store();
    },
    flush: store,
  };
}
