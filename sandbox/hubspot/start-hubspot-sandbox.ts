// Starts a HubSpot portal on a local port: the vendor's documented behaviour, invented data, no account needed.
import { createServer } from 'node:http';
import { type CallLog, createCallLog } from '#sandbox/http/call-log.ts';
import { createFaults, type Faults } from '#sandbox/http/faults.ts';
import type { World } from '#sandbox/world/world.ts';
import { createCredentials, type OAuthApp } from './auth/credentials.ts';
import { ALL_SCOPES } from './auth/scopes.ts';
import { classifyCall } from './classify-call.ts';
import { createApp } from './create-app.ts';
import { createPortalHandle, type HubspotPortal } from './portal/portal-handle.ts';
import { createPortalState } from './portal/portal-state.ts';
import { fillPortal } from './seed/fill-portal.ts';

export interface HubspotSandboxOptions {
  /** What the portal holds at first; nothing when left out. */
  readonly world?: World;
  /** A free port when left out or 0. */
  readonly port?: number;
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  /** Added before every answer; 0 when left out. */
  readonly latencyMs?: number;
  /** How long search does not see a write; 2,000 when left out, as HubSpot promises "a few moments". */
  readonly searchLagMs?: number;
  readonly limits?: {
    /** Calls in ten seconds. 190 for a service key (Pro and up), 110 for an OAuth app when left out. */
    readonly tenSecondly?: number;
    /** 625,000 when left out. */
    readonly daily?: number;
    /** Searches a second of the whole account; 5 when left out. */
    readonly searchPerSecond?: number;
  };
  /** The service key. */
  readonly token?: string;
  /** What every token may do; all the sandbox knows when left out. */
  readonly scopes?: readonly string[];
  readonly oauth?: {
    /** 1,800 when left out. */
    readonly accessTokenSeconds?: number;
    /** Whether a refresh ends the refresh token it used; false when left out. */
    readonly rotatesRefreshTokens?: boolean;
  };
  readonly portalId?: number;
  /** Epoch milliseconds; the system clock when left out. */
  readonly now?: () => number;
}

export interface HubspotSandbox {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** The service key: `Authorization: Bearer <token>`. */
  readonly token: string;
  /** What the OAuth app refreshes with; the refresh token changes when it rotates. */
  readonly oauth: OAuthApp;
  readonly portal: HubspotPortal;
  readonly calls: CallLog;
  readonly faults: Faults;
  close(): Promise<void>;
}

const DEFAULT_TOKEN = 'pat-na1-sandbox-00000000-0000-0000-0000-000000000000';
const DEFAULT_PORTAL_ID = 8_800_001;
/** A 414 must come from the API's own limit, not from Node's smaller one for the request line. */
const MAX_HEADER_BYTES = 131_072;

export const startHubspotSandbox = async (options: HubspotSandboxOptions = {}): Promise<HubspotSandbox> => {
  const now = options.now ?? Date.now;
  const token = options.token ?? DEFAULT_TOKEN;
  const portal = createPortalState({
    id: options.portalId ?? DEFAULT_PORTAL_ID,
    now,
    searchLagMs: options.searchLagMs ?? 2_000,
  });
  if (options.world !== undefined) fillPortal(portal, options.world);
  const credentials = createCredentials({
    serviceKey: token,
    accessTokenSeconds: options.oauth?.accessTokenSeconds ?? 1_800,
  });
  const scopes = new Set(options.scopes ?? ALL_SCOPES);
  const handle = createPortalHandle(portal, {
    expireToken: () => {
      credentials.expireAll(now() - 75_000);
    },
    grantScope: (scope) => {
      scopes.add(scope);
    },
    revokeScope: (scope) => {
      scopes.delete(scope);
    },
  });
  const faults = createFaults();
  const calls = createCallLog({ classify: classifyCall });
  const app = createApp({
    portal,
    handle,
    credentials,
    scopes,
    rotatesRefreshTokens: options.oauth?.rotatesRefreshTokens ?? false,
    limits: {
      tenSecondly: {
        serviceKey: options.limits?.tenSecondly ?? 190,
        oauth: options.limits?.tenSecondly ?? 110,
      },
      searchPerSecond: options.limits?.searchPerSecond ?? 5,
      daily: options.limits?.daily ?? 625_000,
    },
    latencyMs: options.latencyMs ?? 0,
    faults,
    calls,
  });
  const { url, close } = await serve(app, options.host ?? '127.0.0.1', options.port ?? 0);
  return {
    url,
    token,
    get oauth() {
      return credentials.app;
    },
    portal: handle,
    calls,
    faults,
    close,
  };
};

const serve = async (
  app: Parameters<typeof createServer>[1],
  host: string,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 65_000 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the HubSpot sandbox has no TCP address');

  let closing: Promise<void> | null = null;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close() {
      closing ??= new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      return closing;
    },
  };
};
