// A connector over a sandbox portal, with a real clock and a log that keeps what it was told.

import { setTimeout as wait } from 'node:timers/promises';
import { connectHubspot } from '#connectors/hubspot/connect-hubspot.ts';
import type { HubspotOptions } from '#connectors/hubspot/options.ts';
import type { Clock } from '#ports/clock.ts';
import type {
  ApplyRequest,
  ChangeOutcome,
  Crm,
  CrmChange,
  PullEnd,
  PullRequest,
  RawRecord,
} from '#ports/crm.ts';
import type { Log, LogFields } from '#ports/log.ts';
import type { TokenStore } from '#ports/tokens.ts';

const realClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    await wait(ms, undefined, { signal });
  },
};

/** Waits that HubSpot asks for pass at once: sleeping moves the clock instead. */
export function createHastyClock(): Clock {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      await wait(0);
      aheadMs += ms;
    },
  };
}

export interface KeptLog extends Log {
  readonly lines: readonly { readonly level: string; readonly message: string; readonly fields: LogFields }[];
}

export function createKeptLog(): KeptLog {
  const lines: { level: string; message: string; fields: LogFields }[] = [];
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields });
    };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export function createTokenStore(): TokenStore & { readonly saved: ReadonlyMap<string, string> } {
  const saved = new Map<string, string>();
  return {
    saved,
    load: async (connection) => saved.get(connection) ?? null,
    async save(connection, refreshToken) {
      saved.set(connection, refreshToken);
    },
    exclusively: (_connection, work) => work(),
  };
}

/** Waits that are real in HubSpot but would only slow a test down. */
export const QUICK_RETRY = { attempts: 4, baseMs: 1, capMs: 5, patienceMs: 120_000 };

export interface ConnectOptions extends Partial<HubspotOptions> {
  readonly clock?: Clock;
  readonly log?: Log;
  readonly tokens?: TokenStore;
}

export function connectTo(sandbox: { url: string; token: string }, options: ConnectOptions = {}): Crm {
  const { clock = realClock, log = createKeptLog(), tokens = createTokenStore(), ...rest } = options;
  return connectHubspot(
    {
      connection: 'hs',
      auth: { flow: 'access-token', token: sandbox.token },
      baseUrl: sandbox.url,
      apiVersion: '2026-03',
      dailyShare: 0.9,
      timings: { retry: QUICK_RETRY },
      ...rest,
    },
    { clock, log, tokens, random: () => 0.5 },
  );
}

export interface Pulled {
  readonly records: readonly RawRecord[];
  readonly pages: number;
  readonly end: PullEnd;
}

export async function pullAll(crm: Crm, request: Partial<PullRequest> = {}): Promise<Pulled> {
  const pages = crm.pull({
    object: 'account',
    crmObject: 'companies',
    fields: ['name'],
    cursor: null,
    skip: [],
    reread: [],
    ...request,
  });
  const records: RawRecord[] = [];
  for (let count = 0; ; count += 1) {
    const step = await pages.next();
    if (step.done === true) return { records, pages: count, end: step.value };
    records.push(...step.value.records);
  }
}

export async function* toStream(changes: readonly CrmChange[]): AsyncGenerator<CrmChange, void> {
  yield* changes;
}

export async function applyAll(
  crm: Crm,
  changes: readonly CrmChange[],
  request: Partial<ApplyRequest> = {},
): Promise<readonly ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  const batches = crm.apply({
    object: 'account',
    crmObject: 'companies',
    verb: 'update',
    changes: toStream(changes),
    total: changes.length,
    beforeSend: async () => undefined,
    ...request,
  });
  for await (const batch of batches) outcomes.push(...batch);
  return outcomes;
}
