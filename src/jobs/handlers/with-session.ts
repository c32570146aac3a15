// How a job gets at the workspace: rules and connections as the files say today, over the store that the worker keeps open.
import type { Session } from '#pipeline/session.ts';
import type { Progress } from '#ports/progress.ts';

export interface JobSurroundings extends Progress {
  readonly signal: AbortSignal;
}

export type WithSession = <Result>(
  around: JobSurroundings,
  work: (session: Session) => Promise<Result>,
) => Promise<Result>;
