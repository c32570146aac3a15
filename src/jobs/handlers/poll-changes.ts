// The job `poll-changes`: looks at CRMs that send no webhooks, and at the files of event sources, and asks for a run when there is
// news. Keeps its connections open from look to look: logging in and asking for the schema would cost more calls than looking.
import { compareSchema, requireUsable } from '#pipeline/compare-schema.ts';
import type { ConnectedCrm, LiveObjects } from '#pipeline/connected-crm.ts';
import { findNews } from '#pipeline/find-news.ts';
import { isEventSource, outdatedEventSources } from '#pipeline/load-fresh-events.ts';
import { newRunId } from '#pipeline/run-id.ts';
import type { Session } from '#pipeline/session.ts';
import type { Clock } from '#ports/clock.ts';
import { addTouched } from '../add-run.ts';
import type { JobPayload } from '../catalogue.ts';
import { decideRetry } from '../decide-retry.ts';
import type { JobQueue } from '../queue-backend.ts';
import type { JobContext } from '../start-worker.ts';
import { pollIntervalMs } from './poll-pace.ts';
import type { WithSession } from './with-session.ts';

/** Mappings and schema may change meanwhile; then what is new in them waits this long, or for the next run. */
const KEEP_OPEN_MS = 3_600_000;
/** Until a person has mended what is wrong, or an outage has lasted long. */
const REST_MS = 600_000;

export interface Poller {
  poll(payload: JobPayload<'poll-changes'>, context: JobContext): Promise<void>;
  close(): Promise<void>;
}

interface Watch {
  readonly session: Session;
  readonly openedAt: number;
  readonly schemas: Map<string, LiveObjects>;
  close(): Promise<void>;
}

export function createPoller(withSession: WithSession, runs: JobQueue, clock: Clock): Poller {
  let watch: Watch | null = null;
  let isLooking = false;
  let isFirstLook = true;
  const fileStamps = new Map<string, string>();
  const rests = new Map<string, { readonly failures: number; readonly untilMs: number }>();

  return {
    async poll({ connections }, { signal }) {
      // A look that takes longer than a minute is not overtaken by the next one.
      if (isLooking) return;
      isLooking = true;
      try {
        const { session, schemas } = await current();
        let news = (await areFilesNews(session)) ? 1 : 0;
        // Reports that a worker did not live to pass on. Once: those of a CRM that is away wait for it.
        if (isFirstLook) news += (await session.store.touched.list()).length;
        isFirstLook = false;
        const failures: unknown[] = [];
        for (const connected of session.connections.filter(({ id }) => connections.includes(id))) {
          if (isResting(connected.id)) continue;
          try {
            news += await look(session, schemas, connected, signal);
            rests.delete(connected.id);
          } catch (error) {
            rest(connected.id, error);
            failures.push(error);
          }
        }
        if (news > 0) await addTouched(runs, newRunId(clock.now()));
        if (failures.length > 0) throw failures[0];
      } catch (error) {
        // Whatever was open may be what failed.
        await close();
        throw error;
      } finally {
        isLooking = false;
      }
    },
    close,
  };

  function isResting(connection: string): boolean {
    return clock.now().getTime() < (rests.get(connection)?.untilMs ?? 0);
  }

  /** A CRM that is away, refuses us or has no calls left is not asked again, and not complained of, each minute. */
  function rest(connection: string, error: unknown): void {
    const failures = (rests.get(connection)?.failures ?? 0) + 1;
    const decision = decideRetry(error, failures);
    const forMs = decision.again ? decision.afterMs : REST_MS;
    rests.set(connection, { failures, untilMs: clock.now().getTime() + forMs });
  }

  async function close(): Promise<void> {
    const closing = watch;
    watch = null;
    await closing?.close();
  }

  async function current(): Promise<Watch> {
    if (watch !== null && clock.now().getTime() - watch.openedAt < KEEP_OPEN_MS) return watch;
    await close();
    watch = await openWatch(withSession, clock);
    return watch;
  }

  async function look(
    { store }: Session,
    schemas: Map<string, LiveObjects>,
    connected: ConnectedCrm,
    signal: AbortSignal,
  ): Promise<number> {
    const objects = schemas.get(connected.id) ?? requireUsable(connected, await compareSchema(connected));
    schemas.set(connected.id, objects);
    const last = await store.touched.lastPoll(connected.id, 'account');
    const sinceMs =
      last === null ? Number.POSITIVE_INFINITY : clock.now().getTime() - Date.parse(last.polledAt);
    const limit = connected.crm.usage().daily?.limit ?? null;
    if (sinceMs < pollIntervalMs(objects.size, limit)) return 0;
    return await findNews(store, connected, objects, signal);
  }

  /** Their content is looked at only when size or time say that it may have changed. */
  async function areFilesNews(session: Session): Promise<boolean> {
    let mayBe = false;
    for (const { id, file } of session.settings.sources.filter(isEventSource)) {
      const stamp = await session.reader.stamp(file);
      if (stamp !== 'missing' && stamp !== fileStamps.get(id)) mayBe = true;
      fileStamps.set(id, stamp);
    }
    return mayBe && (await outdatedEventSources(session)).length > 0;
  }
}

async function openWatch(withSession: WithSession, clock: Clock): Promise<Watch> {
  const life = new AbortController();
  return await new Promise((opened, failed) => {
    let ended: Promise<void> = Promise.resolve();
    ended = withSession({ signal: life.signal, report: () => {} }, async (session) => {
      const over = new Promise<void>((resolve) => {
        life.signal.addEventListener('abort', () => resolve());
      });
      opened({
        session,
        openedAt: clock.now().getTime(),
        schemas: new Map(),
        async close() {
          life.abort();
          await ended;
        },
      });
      await over;
    });
    ended.catch(failed);
  });
}
