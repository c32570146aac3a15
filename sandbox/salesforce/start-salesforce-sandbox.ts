// Starts a Salesforce org on a local port: the vendor's documented behaviour, invented data, no account needed.

import { createControlRouter } from '#sandbox/control/create-control-router.ts';
import { type CallLog, createCallLog } from '#sandbox/http/call-log.ts';
import { createFaults, type Faults } from '#sandbox/http/faults.ts';
import type { World } from '#sandbox/world/world.ts';
import { createAuthorizationCodes } from './auth/authorization-codes.ts';
import type { OauthClient } from './auth/oauth-client.ts';
import { createOauthRouter } from './auth/oauth-router.ts';
import { createSessions } from './auth/sessions.ts';
import { createIngestRoutes } from './bulk/ingest-routes.ts';
import { createQueryJobRoutes } from './bulk/query-job-routes.ts';
import { createApiApp } from './http/api-app.ts';
import { type CallFacts, classifyCall } from './http/classify-call.ts';
import { serve } from './http/serve.ts';
import { createCustomFields } from './metadata/custom-fields.ts';
import { createCustomObjects } from './metadata/custom-objects.ts';
import { createLayouts } from './metadata/layouts.ts';
import { createPermissionSets } from './metadata/permission-sets.ts';
import { createSoapEndpoint } from './metadata/soap-endpoint.ts';
import { createToolingRoutes } from './metadata/tooling-routes.ts';
import { createOrg } from './org/org.ts';
import { DEFAULT_QUIRKS, type Quirks } from './org/quirks.ts';
import { textOf } from './org/row.ts';
import { createSalesforceOrg, type SalesforceOrg } from './org/salesforce-org.ts';
import { seedSetup } from './org/seed-setup.ts';
import { seedWorld } from './org/seed-world.ts';
import { createDispatch, type Dispatch } from './rest/api-router.ts';
import { createApiUsage } from './rest/api-usage.ts';
import { createCollectionRoutes } from './rest/collection-routes.ts';
import { createCompositeRoutes } from './rest/composite-routes.ts';
import { createDescribeRoutes } from './rest/describe-routes.ts';
import { createLimitRoutes } from './rest/limit-routes.ts';
import { createQueryCursors } from './rest/query-cursors.ts';
import { createQueryRoutes } from './rest/query-routes.ts';
import { createReplicationRoutes } from './rest/replication-routes.ts';
import { createRowRoutes } from './rest/row-routes.ts';

export interface SalesforceSandboxOptions {
  /** What the org holds at first; only users and set-up when left out. */
  readonly world?: World;
  /** A free port when left out or 0. */
  readonly port?: number;
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  /** Added before every answer; 0 when left out. */
  readonly latencyMs?: number;
  /** API calls the org has a day; 100,000 when left out. */
  readonly dailyApiRequests?: number;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly oauth?: Partial<Omit<OauthClient, 'clientId' | 'clientSecret'>>;
  /** How long a session lasts; for ever when left out. */
  readonly sessionMs?: number;
  /** Several currencies in the org, hence CurrencyIsoCode on records; true when left out. */
  readonly multiCurrency?: boolean;
  readonly bulk?: {
    /** A job shows its outcome at this poll; 2 when left out. */
    readonly pollsUntilDone?: number;
    /** Rows of a query result page when no maxRecords is given; 50,000 when left out. */
    readonly pageRows?: number;
  };
  /** How the org behaves where the documentation is silent. */
  readonly quirks?: Partial<Quirks>;
  /** The system clock when left out. */
  readonly now?: () => Date;
}

export interface SalesforceSandbox {
  /** `http://host:port`: My Domain, login host and instance in one. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A token that works, for clients that are not tested on logging in. */
  openSession(): string;
  /** A refresh token as the web server flow would have left it. */
  issueRefreshToken(): string;
  /** The next call gets 401; refresh tokens go on working. */
  expireSessions(): void;
  revokeRefreshTokens(): void;
  /** Queries' next pages are gone. */
  expireCursors(): void;
  /** Calls of the day used so far, by us or by others. */
  useApiCalls(used: number): void;
  readonly org: SalesforceOrg;
  /** Every call, and whether it counts as a read or a write of records. */
  readonly calls: CallLog;
  readonly faults: Faults;
  close(): Promise<void>;
}

const DEFAULT_CLIENT_ID = '3MVG9sandboxTierline0000000000000000000000000000000000000000000000000000000000';
const DEFAULT_CLIENT_SECRET = 'sandbox-secret-0000000000000000000000000000000000000000000000000000';
const DEFAULT_DAILY_CALLS = 100_000;
const DEFAULT_PAGE_ROWS = 50_000;

export const startSalesforceSandbox = async (
  options: SalesforceSandboxOptions = {},
): Promise<SalesforceSandbox> => {
  const now = options.now ?? (() => new Date());
  const currencies = options.multiCurrency === false ? null : currenciesOf(options.world);
  const org = createOrg({ now, quirks: { ...DEFAULT_QUIRKS, ...options.quirks }, currencies });
  const setup = seedSetup(org, options.world?.users ?? [], currencies?.[0] ?? null);
  const world = seedWorld(org, setup, options.world ?? EMPTY_WORLD);

  const customFields = createCustomFields(org);
  const customObjects = createCustomObjects(org, customFields);
  const components = [
    customObjects,
    customFields,
    createPermissionSets(org, setup.integrationUserId),
    createLayouts(org),
  ];
  const handle = createSalesforceOrg({ org, setup, world, customFields, customObjects });

  const client: OauthClient = {
    certificate: null,
    allowsClientCredentials: true,
    rotatesRefreshTokens: false,
    approves: () => true,
    ...options.oauth,
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    clientSecret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
  };
  const sessions = createSessions({ orgId: org.id, now, lifetimeMs: options.sessionMs ?? null });
  const usage = createApiUsage(options.dailyApiRequests ?? DEFAULT_DAILY_CALLS);
  const cursors = createQueryCursors(() => org.mintId('0r8'));
  const faults = createFaults();

  // The log asks for the kind of a call by method and path; the kind also depends on what is asked for.
  let current: CallFacts = { method: 'GET', path: '/', query: new URLSearchParams(), body: '' };
  const calls = createCallLog({ classify: () => classifyCall(current) });

  let url = '';
  const baseUrl = (): string => url;
  let queryJobs = 0;
  let ingestBatches = 0;
  const pollsUntilDone = options.bulk?.pollsUntilDone ?? 2;
  const dispatch: Dispatch = createDispatch([
    ...createDescribeRoutes(org, (userId) => `${url}/id/${org.id}/${userId}`),
    ...createReplicationRoutes(org),
    ...createRowRoutes(org),
    ...createQueryRoutes(org, cursors),
    ...createCollectionRoutes(org),
    ...createCompositeRoutes(org, () => dispatch),
    ...createLimitRoutes(org, usage, () => ({ queryJobs, ingestBatches })),
    ...createToolingRoutes(org, customFields),
    ...createIngestRoutes(org, {
      pollsUntilDone,
      countBatches: (batches) => {
        ingestBatches += batches;
      },
    }),
    ...createQueryJobRoutes(org, {
      pollsUntilDone,
      pageRows: options.bulk?.pageRows ?? DEFAULT_PAGE_ROWS,
      countJob: () => {
        queryJobs += 1;
      },
    }),
  ]);

  const app = createApiApp({
    org,
    sessions,
    usage,
    dispatch,
    soap: createSoapEndpoint({
      org,
      components,
      findUser: (token) => sessions.findUser(token),
      findUserName: (userId) => textOf(org.table('User').get(userId) ?? {}, 'Name') ?? '',
    }),
    oauth: createOauthRouter(
      { org, client, sessions, codes: createAuthorizationCodes(), runAsUserId: setup.integrationUserId },
      baseUrl,
    ),
    control: createControlRouter({
      editAsHuman: (type, id, fields) => handle.editAsHuman(type, id, fields),
      records: (type) => handle.records(type),
      faults,
      calls,
    }),
    faults,
    calls,
    onCall: (facts) => {
      current = facts;
    },
    latencyMs: options.latencyMs ?? 0,
  });
  const served = await serve(app, options.host ?? '127.0.0.1', options.port ?? 0);
  url = served.url;

  return {
    url,
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    openSession: () => sessions.openSession(setup.integrationUserId),
    issueRefreshToken: () => sessions.issueRefreshToken(setup.integrationUserId),
    expireSessions: () => {
      sessions.expireSessions();
    },
    revokeRefreshTokens: () => {
      sessions.revokeRefreshTokens();
    },
    expireCursors: () => {
      cursors.expireAll();
    },
    useApiCalls: (used) => {
      usage.set(used);
    },
    org: handle,
    calls,
    faults,
    close: () => served.close(),
  };
};

const EMPTY_WORLD: World = { asOf: new Date(0), users: [], companies: [], people: [], deals: [] };

/** The corporate currency first, then all that the world's records use. */
const currenciesOf = (world: World | undefined): string[] => {
  const used = [...(world?.companies ?? []), ...(world?.deals ?? [])].map((one) => one.currency);
  return [...new Set(['USD', ...used])];
};
