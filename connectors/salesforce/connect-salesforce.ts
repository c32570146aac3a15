// Builds the CRM port over one Salesforce org. The only place that knows all parts of this connector.
import { ConfigError, InterruptedError } from '#errors/errors.ts';
import type { Clock } from '#ports/clock.ts';
import type { Crm, CrmIdentity } from '#ports/crm.ts';
import type { Log } from '#ports/log.ts';
import type { TokenStore } from '#ports/tokens.ts';
import { createCallBudget } from '../calls/call-budget.ts';
import { createSalesforceClient } from './call/salesforce-client.ts';
import { identify } from './identify.ts';
import { install } from './install/install.ts';
import { listOwners } from './list-owners.ts';
import { DEFAULT_TIMINGS, type SalesforceOptions } from './options.ts';
import { pull } from './read/pull.ts';
import { ROWS_A_CALL } from './read/read-rows.ts';
import { createSchemaReader } from './schema/schema-reader.ts';
import { toObjectSchema } from './schema/to-object-schema.ts';
import { logIn } from './session/log-in.ts';
import { createSessionKeeper } from './session/session-keeper.ts';
import { apply } from './write/apply.ts';

export interface SalesforceParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly tokens: TokenStore;
  /** Uniform in [0, 1), for the spread of pauses. */
  readonly random?: () => number;
}

/**
 * Connects lazily: the first call logs in.
 *
 * What callers rely on beyond the port:
 * - `cursor` is an instant of the CRM's clock, ten minutes before the pull began; rows of that overlap come again.
 * - `writtenAt` of an update or create is an estimate; the earliest and latest of one yielded batch enclose the true stamps
 *   of all its rows (see write/written-at.ts). It is null for a create that stood already and for a repeated delete.
 * - A create whose key stands already is `written` with the id of that record, which is not touched.
 */
export const connectSalesforce = (options: SalesforceOptions, parts: SalesforceParts): Crm => {
  const { connection, auth, apiVersion, dailyShare } = options;
  const { clock, log, tokens } = parts;
  assertOptions(options);
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const sessions = createSessionKeeper({
    connection,
    log,
    logIn: () => logIn({ connection, auth, clock, tokens, deadlineMs: timings.tokenDeadlineMs }),
  });
  const client = createSalesforceClient({
    connection,
    apiVersion,
    clock,
    log,
    random: parts.random ?? Math.random,
    timings,
    sessions,
    budget: createCallBudget({ connection, dailyShare }),
  });
  const schema = createSchemaReader(client);
  let identity: Promise<CrmIdentity> | null = null;
  let closed = false;
  const assertOpen = (): void => {
    if (closed) throw new InterruptedError(`${connection}: the connection was closed`);
  };
  const whoAmI = async (): Promise<CrmIdentity> => {
    assertOpen();
    identity ??= identify(client);
    try {
      return await identity;
    } catch (error) {
      identity = null;
      throw error;
    }
  };

  return {
    connection,
    rowsPerRead: ROWS_A_CALL,
    identify: whoAmI,
    async describe(crmObject) {
      assertOpen();
      const object = await schema.describe(crmObject);
      return object === null ? null : toObjectSchema(object);
    },
    async owners() {
      assertOpen();
      return listOwners(client);
    },
    async *pull(request) {
      assertOpen();
      return yield* pull({ client, schema, identify: whoAmI }, request);
    },
    async *apply(request) {
      assertOpen();
      yield* apply({ client, schema }, request);
    },
    async install(request) {
      assertOpen();
      return install({ client, schema, identify: whoAmI }, request);
    },
    usage: () => client.usage(),
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
};

const VERSION = /^\d{2,3}\.0$/;
// Collections upsert and duplicate headers need 52; what we read of describe is older.
const OLDEST_VERSION = 55;

const assertOptions = ({ connection, apiVersion, auth }: SalesforceOptions): void => {
  if (!VERSION.test(apiVersion) || Number(apiVersion) < OLDEST_VERSION)
    throw new ConfigError(`${connection}: apiVersion "${apiVersion}" is no API version we speak`, {
      next: `Set apiVersion to "62.0", or another from "${OLDEST_VERSION}.0" on.`,
    });
  if (!URL.canParse(auth.loginUrl))
    throw new ConfigError(`${connection}: loginUrl is no address`, {
      next: 'Set loginUrl to https://YOUR-DOMAIN.my.salesforce.com (Setup > My Domain).',
    });
  const { protocol, hostname } = new URL(auth.loginUrl);
  const local = hostname === 'localhost' || hostname === '127.0.0.1';
  if (protocol !== 'https:' && !local)
    throw new ConfigError(`${connection}: loginUrl must begin with https://`, {
      next: 'Set loginUrl to https://YOUR-DOMAIN.my.salesforce.com (Setup > My Domain).',
    });
  if (hostname.endsWith('.lightning.force.com'))
    throw new ConfigError(`${connection}: loginUrl is the address of the Lightning pages, not of the API`, {
      next: 'Set loginUrl to https://YOUR-DOMAIN.my.salesforce.com (Setup > My Domain).',
    });
};
