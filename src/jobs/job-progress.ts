// What a job tells while it runs, as it is stored with the job: the step it is at, the run it is stored as, how often it was tried.
import { z } from 'zod';

const schema = z.object({
  storedRun: z.string().nullable(),
  tries: z.number(),
  step: z.string().nullable(),
  done: z.number(),
  total: z.number().nullable(),
});

export type JobProgressNote = z.output<typeof schema>;

export const NOT_BEGUN: JobProgressNote = { storedRun: null, tries: 0, step: null, done: 0, total: null };

/** A job that was never begun has 0 as its progress. */
export function readProgress(stored: unknown): JobProgressNote {
  return schema.safeParse(stored).data ?? NOT_BEGUN;
}
