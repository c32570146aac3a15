// A session for the API that follows what people change: tierline.yaml, the mappings folder, the version in force. One that is
// replaced stays open while requests may still use it.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from '#config/load-workspace.ts';
import type { FollowedSession } from '#http/service-parts.ts';
import type { Session } from '#pipeline/session.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { type SessionParts, withSessionOn } from './open-session.ts';

export interface LiveSession extends FollowedSession {
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
/** Longer than any request takes; a check of slow CRMs may take a minute. */
const RELEASE_AFTER_MS = 10 * 60_000;

interface HeldSession {
  readonly session: Session;
  release(): Promise<void>;
}

export async function openLiveSession(
  store: OpenedStore,
  readParts: () => SessionParts,
): Promise<LiveSession> {
  let parts = readParts();
  const { clock, log } = parts;
  let seen = await fingerprintOf(store, parts.workspace);
  let held = await holdSession(store, parts);
  const replaced = new Set<HeldSession>();
  let lookedAt = clock.now().getTime();
  let looking: Promise<void> | null = null;

  return {
    get latest() {
      return held.session;
    },
    async current() {
      if (clock.now().getTime() - lookedAt >= LOOK_EVERY_MS) {
        looking ??= look().finally(() => {
          looking = null;
        });
        await looking;
      }
      return held.session;
    },
    async close() {
      await looking;
      await Promise.all([held, ...replaced].map((one) => one.release()));
    },
  };

  async function look(): Promise<void> {
    lookedAt = clock.now().getTime();
    try {
      const now = await fingerprintOf(store, parts.workspace);
      if (now === seen) return;
      seen = now;
      parts = readParts();
      const next = await holdSession(store, parts);
      releaseLater(held);
      held = next;
      log.info('The API follows changed files or versions', { policy: next.session.rules.policyHash });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error(
        'What files and versions say now cannot be used; the API goes on with what they said before',
        { reason },
      );
    }
  }

  function releaseLater(old: HeldSession): void {
    replaced.add(old);
    const timer = setTimeout(() => {
      replaced.delete(old);
      void old.release();
    }, RELEASE_AFTER_MS);
    timer.unref();
  }
}

/** Opened as for a command, and held until it is released. */
async function holdSession(store: OpenedStore, parts: SessionParts): Promise<HeldSession> {
  const opened = Promise.withResolvers<Session>();
  const over = Promise.withResolvers<void>();
  const closed = withSessionOn(store, parts, async (session) => {
    opened.resolve(session);
    await over.promise;
  });
  closed.catch(opened.reject);
  return {
    session: await opened.promise,
    async release() {
      over.resolve();
      await closed;
    },
  };
}

/** Changes when a file or the version in force does. */
async function fingerprintOf(store: OpenedStore, { folder, mappingsFolder }: Workspace): Promise<string> {
  const revision = await store.configuration.revision();
  const files = [path.join(folder, 'tierline.yaml'), ...filesBelow(mappingsFolder)];
  return [revision, ...files.map((file) => `${file} ${stampOf(file)}`)].join('\n');
}

function filesBelow(folder: string | null): readonly string[] {
  if (folder === null) return [];
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

/** Time and size: two edits within the file system's clock tick are rare, and two of one size rarer. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'gone' : `${found.mtimeMs} ${found.size}`;
}
