// A whole Tierline for flow tests: both sandboxes over one market, a workspace on disk, a real database, and sessions wired as
// main wires them. Only time is helped along: pauses that a connector takes pass at once.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { exitCodeOf } from '#cli/output/exit-code.ts';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { loadCrmMapping } from '#mapping/fields/crm-mapping.ts';
import { shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { type PlanLine, readPlan } from '#pipeline/read-plan.ts';
import { runSync, type SyncOptions } from '#pipeline/run-sync.ts';
import type { Session } from '#pipeline/session.ts';
import { setupConnection } from '#pipeline/setup-connection.ts';
import type { ConnectionReport, SyncReport } from '#pipeline/sync-report.ts';
import type { Clock } from '#ports/clock.ts';
import type { InstallReport } from '#ports/crm.ts';
import type { Progress } from '#ports/progress.ts';
import type { CallLog } from '#sandbox/http/call-log.ts';
import {
  type HubspotSandbox,
  type HubspotSandboxOptions,
  startHubspotSandbox,
} from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import {
  type SalesforceSandbox,
  type SalesforceSandboxOptions,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import type { World } from '#sandbox/world/world.ts';
import { createTestDatabase, silentLog } from '#test/store/store-fixture.ts';
import { withOpenSession } from '../../src/main/open-session.ts';
import { type ConnectionId, type CrmView, viewHubspot, viewSalesforce } from './crm-view.ts';

/** The moment all flow tests take place in, unless one moves on: a Friday, no publish day. */
export const AS_OF = '2026-11-20T09:00:00.000Z';

type CallEntry = CallLog['entries'][number];

export interface FlowSource {
  readonly id: string;
  readonly kind: string;
  /** Below the workspace. */
  readonly file: string;
  /** Left out: the file is there already, or is not to be. */
  readonly content?: string | Uint8Array;
  /** Further keys of the source in tierline.yaml. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface FlowOptions {
  readonly world: World;
  readonly sources?: readonly FlowSource[];
  /** Text of mapping files by their path below `mappings/`. */
  readonly mappings?: Readonly<Record<string, string>>;
  /** Further keys of tierline.yaml. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False: `setup` has not been run. */
  readonly setUp?: boolean;
  readonly salesforce?: SalesforceSandboxOptions;
  readonly hubspot?: HubspotSandboxOptions;
  /** A service key when left out. */
  readonly hubspotAuth?: 'refresh-token';
}

export interface Flow {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly salesforce: SalesforceSandbox;
  readonly hubspot: HubspotSandbox;
  /** What people see. */
  readonly sf: CrmView;
  readonly hs: CrmView;
  crm(connection: ConnectionId): CrmView;
  setUp(dryRun?: boolean): Promise<Readonly<Record<ConnectionId, InstallReport>>>;
  sync(options?: Partial<SyncOptions>): Promise<FlowRun>;
  /** `sync --dry-run` with the lines of its plan. */
  plan(options?: Partial<SyncOptions>): Promise<FlowRun & { readonly changes: readonly PlanLine[] }>;
  withSession<Result>(work: (session: Session) => Promise<Result>, parts?: SessionParts): Promise<Result>;
  /** A sync with parts of the test's own: a clock, a signal, an ear for progress. */
  syncWith(parts: SessionParts, options?: Partial<SyncOptions>): Promise<FlowRun>;
  /** Calls that the sandboxes answered while the work went on. */
  callsDuring(work: () => Promise<unknown>): Promise<Readonly<Record<ConnectionId, readonly CallEntry[]>>>;
  writeSource(file: string, content: string | Uint8Array): void;
  close(): Promise<void>;
}

export interface SessionParts {
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

export interface FlowRun {
  readonly report: SyncReport;
  readonly exitCode: number;
  of(connection: ConnectionId): ConnectionReport;
}

const NO_LIMITS = { tenSecondly: 1_000_000, searchPerSecond: 1_000_000 } as const;
const flows: Flow[] = [];

/** Closed by itself when the file's tests are over. */
export async function startFlow(options: FlowOptions): Promise<Flow> {
  const databaseUrl = await createTestDatabase();
  const salesforce = await startSalesforceSandbox({ world: options.world, ...options.salesforce });
  const hubspot = await startHubspotSandbox({
    world: options.world,
    searchLagMs: 0,
    limits: NO_LIMITS,
    ...options.hubspot,
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'tierline-flow-'));
  const servers = { databaseUrl, salesforce, hubspot };
  writeWorkspace(folder, servers, options);
  const flow = createFlow(folder, servers);
  flows.push(flow);
  if (options.setUp !== false) await flow.setUp();
  return flow;
}

function createFlow(folder: string, servers: Servers): Flow {
  const { databaseUrl, salesforce, hubspot } = servers;
  const views: Readonly<Record<ConnectionId, CrmView>> = {
    sf: viewSalesforce(salesforce),
    hs: viewHubspot(hubspot),
  };
  const flow: Flow = {
    folder,
    databaseUrl,
    salesforce,
    hubspot,
    ...views,
    crm: (connection) => views[connection],
    async setUp(dryRun = false) {
      const request = { users: [], profile: null, layouts: 'all', dryRun } as const;
      return flow.withSession(async (session) => {
        const reports: Partial<Record<ConnectionId, InstallReport>> = {};
        for (const connected of session.connections) {
          const shipped = loadCrmMapping(connected.kind, shippedMappingFiles);
          reports[connected.id as ConnectionId] = await setupConnection(session, connected, shipped, request);
        }
        return reports as Record<ConnectionId, InstallReport>;
      });
    },
    sync: (given) => flow.withSession(async (session) => syncWith(session, given)),
    plan: (given) =>
      flow.withSession(async (session) => {
        const run = await syncWith(session, { ...given, dryRun: true });
        return { ...run, changes: await Array.fromAsync(readPlan(session.store, run.report.run)) };
      }),
    syncWith: (parts, given) => flow.withSession(async (session) => syncWith(session, given), parts),
    async withSession(work, given = {}) {
      const workspace = loadWorkspace(folder, readEnvironment({}));
      const parts = {
        workspace,
        clock: createHastyClock(),
        log: silentLog,
        progress: { report() {} },
        signal: new AbortController().signal,
        secretKeys: { current: Buffer.alloc(32, 1), former: [] },
        ...given,
      };
      return withOpenSession(parts, work);
    },
    async callsDuring(work) {
      salesforce.calls.reset();
      hubspot.calls.reset();
      await work();
      // A call is noted when its socket closes, which may be a turn after its answer came.
      for (let turn = 0; turn < 10; turn += 1) await nextTurn();
      return { sf: salesforce.calls.entries, hs: hubspot.calls.entries };
    },
    writeSource: (file, content) => writeFile(folder, file, content),
    async close() {
      await Promise.all([salesforce.close(), hubspot.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return flow;
}

async function syncWith(session: Session, given: Partial<SyncOptions> = {}): Promise<FlowRun> {
  const { report, causes } = await runSync(session, {
    connections: [],
    accounts: [],
    full: false,
    dryRun: false,
    asOf: AS_OF,
    approve: null,
    ...given,
  });
  return {
    report,
    exitCode: exitCodeOf(causes),
    of(connection) {
      const found = report.connections.find(({ id }) => id === connection);
      if (found === undefined) throw new Error(`the run has no connection ${connection}`);
      return found;
    },
  };
}

/** Real time, and what was slept on top of it: a pause moves the clock instead of the tester's patience. */
export function createHastyClock(): Clock {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      await nextTurn();
      aheadMs += ms;
    },
  };
}

interface Servers {
  readonly databaseUrl: string;
  readonly salesforce: SalesforceSandbox;
  readonly hubspot: HubspotSandbox;
}

function writeWorkspace(folder: string, servers: Servers, options: FlowOptions): void {
  const { databaseUrl, salesforce, hubspot } = servers;
  const { sources = [], mappings } = options;
  const document = {
    name: 'flow',
    database: databaseUrl,
    connections: [
      {
        id: 'sf',
        crm: 'salesforce',
        auth: {
          flow: 'client-credentials',
          loginUrl: salesforce.url,
          clientId: salesforce.clientId,
          clientSecret: salesforce.clientSecret,
        },
      },
      {
        id: 'hs',
        crm: 'hubspot',
        auth:
          options.hubspotAuth === 'refresh-token'
            ? { flow: 'refresh-token', ...appOf(hubspot) }
            : { flow: 'access-token', token: hubspot.token },
        baseUrl: hubspot.url,
      },
    ],
    sources: sources.map(({ id, kind, file, settings }) => ({ id, kind, file, ...settings })),
    ...(mappings === undefined ? {} : { mappings: 'mappings' }),
    ...options.settings,
  };
  // JSON is YAML.
  writeFile(folder, 'tierline.yaml', JSON.stringify(document, null, 2));
  for (const { file, content } of sources) if (content !== undefined) writeFile(folder, file, content);
  for (const [file, text] of Object.entries(mappings ?? {})) writeFile(folder, `mappings/${file}`, text);
}

function appOf({ oauth: { clientId, clientSecret, refreshToken } }: HubspotSandbox) {
  return { clientId, clientSecret, refreshToken };
}

function writeFile(folder: string, file: string, content: string | Uint8Array): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

afterAll(async () => {
  for (const flow of flows.splice(0)) await flow.close();
});
