// A service on a free port over real PostgreSQL, one a test file; only the queue is a fake port and the clock can be moved.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import type { AccessRole } from '#domain/access/access-role.ts';
import { REQUEST_LIMITS, type RequestLimits } from '#http/answer/request-limits.ts';
import type { ServiceSettings } from '#http/service-parts.ts';
import { startService } from '#http/start-service.ts';
import { makeApiKey } from '#people/api-keys.ts';
import { inviteUser } from '#people/invite.ts';
import { createPasswords } from '#people/passwords.ts';
import type { PeopleParts } from '#people/people-parts.ts';
import { createProviderSignIn, type ProviderSettings } from '#people/provider/provider-sign-in.ts';
import { redeemLink } from '#people/redeem-link.ts';
import { csrfTokenOf } from '#people/secret-text.ts';
import type { Session } from '#pipeline/session.ts';
import type { Clock } from '#ports/clock.ts';
import type { Log, LogFields } from '#ports/log.ts';
import type { Store } from '#ports/store.ts';
import type { WebhookReader } from '#ports/webhook.ts';
import { createTestDatabase } from '#test/store/store-fixture.ts';
import { withOpenSession } from '../../src/main/open-session.ts';
import { createFakeQueue, type FakeQueue } from './fake-queue.ts';

export const ADMIN_AUTHOR = { kind: 'command-line', id: 'tester', requestId: null } as const;

export interface SignedIn {
  readonly cookie: string;
  readonly csrfToken: string;
  readonly userId: string;
}

export interface TestService {
  readonly url: string;
  readonly store: Store;
  readonly databaseUrl: string;
  /** The workspace, with its tierline.yaml. */
  readonly folder: string;
  readonly session: Session;
  readonly people: PeopleParts;
  readonly queue: FakeQueue;
  readonly log: readonly { readonly message: string; readonly fields: LogFields }[];
  /** Moves the service's clock ahead. */
  pass(ms: number): void;
  /** A new user with this role and a session of theirs, made as the service makes them. */
  signIn(role: AccessRole): Promise<SignedIn>;
  apiKey(role: AccessRole, expiresAt?: string): Promise<{ readonly id: string; readonly key: string }>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly settings?: Partial<ServiceSettings>;
  readonly limits?: Partial<RequestLimits>;
  readonly provider?: ProviderSettings;
  readonly webhooks?: WebhookReader;
  /** As they would stand in tierline.yaml. */
  readonly connections?: readonly object[];
}

const GENEROUS: RequestLimits = {
  ...REQUEST_LIMITS,
  perAddress: 1_000_000,
  perCaller: 1_000_000,
  signIns: 1_000_000,
};

/** Parameters of scrypt that a test can afford; a test of its own holds the real ones. */
export const QUICK_SCRYPT = { N: 16, r: 1, p: 1 } as const;

const services: TestService[] = [];

/** Closed by itself when the file's tests are over. */
export async function startTestService(options: ServiceOptions = {}): Promise<TestService> {
  const databaseUrl = await createTestDatabase();
  const clock = createMovableClock();
  const { log, lines } = createKeptLog();
  const opened = await openTestSession(databaseUrl, clock, log, options.connections ?? []);
  const { session } = opened;
  const { store } = session;
  const people: PeopleParts = { store: store.people, clock, passwords: createPasswords(QUICK_SCRYPT) };
  const queue = createFakeQueue();
  const running = await startService(
    {
      session: { latest: session, current: async () => session },
      log,
      queue,
      people,
      provider: options.provider === undefined ? null : createProviderSignIn(people, options.provider),
      webhooks: options.webhooks ?? null,
      settings: {
        publicUrl: null,
        trustProxy: 0,
        metrics: 'protected',
        limits: { ...GENEROUS, ...options.limits },
        ...options.settings,
      },
      version: '0.0.0',
    },
    { host: '127.0.0.1', port: 0 },
  );
  let users = 0;
  const service: TestService = {
    url: running.url,
    store,
    databaseUrl,
    folder: opened.folder,
    session,
    people,
    queue,
    log: lines,
    pass: (ms) => clock.pass(ms),
    async signIn(role) {
      users += 1;
      const invitation = await inviteUser(people, `${role}-${users}@acme.example`, role, ADMIN_AUTHOR);
      if (invitation === null) throw new Error('the user was there');
      const redeemed = await redeemLink(people, {
        token: invitation.token,
        email: null,
        password: null,
        requestId: null,
      });
      if ('refused' in redeemed) throw new Error(redeemed.refused);
      const { id } = redeemed.session;
      return { cookie: `tierline-session=${id}`, csrfToken: csrfTokenOf(id), userId: redeemed.userId };
    },
    async apiKey(role, expiresAt) {
      const made = await makeApiKey(
        people,
        { name: 'test', role, expiresAt: expiresAt ?? null },
        ADMIN_AUTHOR,
      );
      return { id: made.key.id, key: made.text };
    },
    async close() {
      await running.close();
      await opened.close();
    },
  };
  services.push(service);
  return service;
}

/** As main opens it, held open until the test file is over. */
async function openTestSession(databaseUrl: string, clock: Clock, log: Log, connections: readonly object[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tierline-http-'));
  writeFileSync(
    path.join(folder, 'tierline.yaml'),
    JSON.stringify({ name: 'test', database: databaseUrl, connections }),
  );
  const opened = Promise.withResolvers<Session>();
  const over = Promise.withResolvers<void>();
  const parts = {
    workspace: loadWorkspace(folder, readEnvironment({})),
    clock,
    log,
    progress: { report() {} },
    signal: new AbortController().signal,
    secretKeys: { current: Buffer.alloc(32, 1), former: [] },
  };
  const closed = withOpenSession(parts, async (session) => {
    opened.resolve(session);
    await over.promise;
  });
  closed.catch(opened.reject);
  return {
    folder,
    session: await opened.promise,
    async close() {
      over.resolve();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface MovableClock extends Clock {
  pass(ms: number): void;
}

export function createMovableClock(): MovableClock {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal === undefined ? {} : { signal });
    },
    pass(ms) {
      aheadMs += ms;
    },
  };
}

export function createKeptLog() {
  const lines: { readonly message: string; readonly fields: LogFields }[] = [];
  const keep = (message: string, fields: LogFields = {}) => lines.push({ message, fields });
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  return { log, lines };
}

/** What a call of a page looks like: the cookie, and the token beside it. */
export function browserHeaders({ cookie, csrfToken }: SignedIn): Record<string, string> {
  return { cookie, 'x-csrf-token': csrfToken };
}

afterAll(async () => {
  for (const service of services.splice(0)) await service.close();
});
