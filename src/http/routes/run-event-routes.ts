// A run as it goes, as server-sent events. Each stream begins with where the run is now, so that whoever comes late or again
// has missed nothing; the last event is `end`, and who comes back after it is told not to.
import { z } from 'zod';
import type { RunEvent } from '#ports/queue.ts';
import { refuse } from '../answer/refusal.ts';
import { type Call, defineRoute, type Route, type ServerEvent } from '../route.ts';
import type { ServiceParts } from '../service-parts.ts';
import { findRun, type RunDocument, runSchema } from './run-document.ts';

/** A run of the command line tells nobody how far it is: it is looked at this often. */
const LOOK_EVERY_MS = 2_000;
const END = 'end';

export const runEventRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/api/runs/:run/events',
    summary: 'The run as it goes: events `run` with each change, `end` when it is over.',
    role: 'viewer',
    effect: 'reads',
    params: z.object({ run: z.string() }),
    answer: { kind: 'events', schema: runSchema.omit({ report: true }) },
    async handle(call) {
      const { parts, params } = call;
      const found = await findRun(parts, params.run);
      if (found === null) return refuse('not-found', 'There is no run with this id.');
      if (call.lastEventId === END && isOver(found)) return null;
      return found.state === null ? lookAtRun(call) : watchRun(call);
    },
  }),
];

type RunCall = Pick<
  Call<{ readonly run: string }, unknown, unknown>,
  'parts' | 'params' | 'signal' | 'lastEventId'
>;

async function* watchRun({ parts, params, signal, lastEventId }: RunCall): AsyncGenerator<ServerEvent, void> {
  const { run } = params;
  const news = createNews(signal);
  const stop = await parts.queue.watch(run, news.tell);
  try {
    // After subscribing: what happens in between is told twice, never left out.
    const first = await findRun(parts, run);
    if (first === null) return;
    const now = toEvent(first);
    if (now.id !== lastEventId) yield now;
    if (isOver(first)) return;
    for (let event = await news.next(); event !== null; event = await news.next()) {
      if (event.kind === 'progress') {
        const { progress } = event;
        yield toEvent({ ...first, state: 'active', progress });
        continue;
      }
      const document = await findRun(parts, run);
      if (document === null) return;
      // What the store holds may be a moment behind what the queue tells.
      const told = { ...document, state: event.state };
      yield toEvent(told);
      if (isOver(told)) return;
    }
  } finally {
    stop();
  }
}

async function* lookAtRun({
  parts,
  params,
  signal,
  lastEventId,
}: RunCall): AsyncGenerator<ServerEvent, void> {
  let last = lastEventId;
  for (;;) {
    const document = await findRun(parts, params.run);
    if (document === null) return;
    const event = toEvent(document);
    if (event.id !== last) yield event;
    last = event.id;
    if (isOver(document) || !(await pause(parts, signal))) return;
  }
}

/** False: the caller has gone, or the service stops. */
async function pause({ session }: ServiceParts, signal: AbortSignal): Promise<boolean> {
  try {
    await session.clock.sleep(LOOK_EVERY_MS, signal);
    return true;
  } catch {
    return false;
  }
}

function isOver({ state, status }: RunDocument): boolean {
  if (state !== null) return state === 'done' || state === 'failed' || state === 'cancelled';
  return status !== 'running';
}

/** The id names the situation: who comes back with it has seen it. */
function toEvent(document: RunDocument): ServerEvent {
  const { report: _later, ...data } = document;
  if (isOver(document)) return { id: END, event: 'end', data };
  const { state, status, tries, progress } = document;
  const id = [state ?? status, tries ?? 0, progress?.step ?? '', progress?.done ?? 0]
    .join('.')
    .replaceAll(/\s+/gu, '-');
  return { id, event: 'run', data };
}

interface News {
  readonly tell: (event: RunEvent) => void;
  /** Null: the caller has gone, or the service stops. */
  next(): Promise<RunEvent | null>;
}

/** Progress that nobody took in time is replaced by newer progress; a change of state is never lost. */
function createNews(signal: AbortSignal): News {
  const waiting: RunEvent[] = [];
  let wake: (() => void) | null = null;
  signal.addEventListener('abort', () => wake?.(), { once: true });
  return {
    tell(event) {
      if (event.kind === 'progress' && waiting.at(-1)?.kind === 'progress') waiting.pop();
      waiting.push(event);
      wake?.();
    },
    async next() {
      while (waiting.length === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return signal.aborted ? null : (waiting.shift() ?? null);
    },
  };
}
