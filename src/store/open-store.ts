// Opens the workspace's memory: the server that `database:` names, or the embedded one; schema up to date; every store over it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import type { Store } from '#ports/store.ts';
import { checkServer, checkUrl, explainFailure } from './check-server.ts';
import { createConfigurationStore } from './configuration/create-configuration-store.ts';
import { createConnectingStore } from './connecting/create-connecting-store.ts';
import { type Database, openDatabase } from './database.ts';
import { createDossierStore } from './dossiers/create-dossier-store.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/start-embedded-postgres.ts';
import { createForgettingStore } from './forgetting/create-forgetting-store.ts';
import { createJudgementStore } from './keys/create-judgement-store.ts';
import { createKeyHistoryStore } from './keys/create-key-history-store.ts';
import { createKeyQuestionStore } from './keys/create-key-question-store.ts';
import { createKeyStore } from './keys/create-key-store.ts';
import { migrate } from './migrations/migrate.ts';
import { createAuditStore } from './people/audit.ts';
import { createPeopleStore } from './people/create-people-store.ts';
import { createPlanStore } from './plans/create-plan-store.ts';
import { createPullStore } from './pulls.ts';
import { createRecordStore } from './records/create-record-store.ts';
import { createAccountListStore } from './records/list-accounts.ts';
import { createRunStore } from './runs.ts';
import { createSecretBox } from './secrets/secret-box.ts';
import { createSourceStore } from './sources/create-source-store.ts';
import { createTokenStore } from './tokens.ts';
import { createTouchedStore } from './touched.ts';

export interface OpenStoreOptions {
  /** Null: the embedded PostgreSQL in `dataFolder`. */
  readonly databaseUrl: string | null;
  /** The workspace's `.tierline`. */
  readonly dataFolder: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Without them refresh tokens cannot be stored. */
  readonly secretKeys?: SecretKeys;
}

export interface OpenedStore extends Store {
  /** Where the store lives, for what shares its database (the job queue). Holds the password: never for a log. */
  readonly databaseUrl: string;
  /** Made with the database, the same for every process: tells workspaces apart that share something else. */
  readonly workspaceId: string;
}

/** Close it, or the embedded server runs on until this process ends. */
export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
  const { log, clock } = options;
  if (options.databaseUrl !== null) checkUrl(options.databaseUrl);
  const embedded = options.databaseUrl === null ? await startEmbeddedPostgres(options) : null;
  const databaseUrl = embedded?.url ?? options.databaseUrl ?? '';
  const database = openDatabase(databaseUrl, log, clock);
  const close = createClose(() => database.pool.end(), embedded);
  let workspaceId: string;
  try {
    await checkServer(database, databaseUrl);
    await migrate(database.rootDb).catch((error: unknown) => {
      throw explainFailure(error, databaseUrl);
    });
    workspaceId = await readWorkspaceId(database);
  } catch (error) {
    await close();
    throw error;
  }
  const box = options.secretKeys === undefined ? null : createSecretBox(options.secretKeys);
  return {
    databaseUrl,
    workspaceId,
    runs: createRunStore(database),
    pulls: createPullStore(database),
    records: createRecordStore(database),
    keys: createKeyStore(database),
    judgements: createJudgementStore(database),
    keyQuestions: createKeyQuestionStore(database),
    keyHistory: createKeyHistoryStore(database),
    sources: createSourceStore(database),
    dossiers: createDossierStore(database),
    accounts: createAccountListStore(database.pool),
    people: createPeopleStore(database.pool),
    audit: createAuditStore(database.pool),
    configuration: createConfigurationStore(database.pool),
    plans: createPlanStore(database),
    touched: createTouchedStore(database),
    forgetting: createForgettingStore(database.pool),
    tokens: createTokenStore(database, box),
    connecting: createConnectingStore(database, box),
    close,
  };
}

/** With the database's own number: a copy of a database (a restored backup beside the original) is a workspace of its own. */
async function readWorkspaceId({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `select w.id || '-' || d.oid as id
       from tierline.workspace_identity w, pg_catalog.pg_database d
      where d.datname = current_database()`,
  );
  return rows[0]?.id ?? '';
}

/** A stream that somebody began and dropped keeps its connection; nobody should wait for it for ever. */
const closeLimitMs = 5_000;

/** Closing twice is closing once. */
function createClose(endPool: () => Promise<void>, embedded: EmbeddedPostgres | null): () => Promise<void> {
  let closing: Promise<void> | null = null;
  const close = async () => {
    const timer = new AbortController();
    const limit = sleep(closeLimitMs, undefined, { signal: timer.signal }).catch(() => undefined);
    try {
      await Promise.race([endPool(), limit]);
    } finally {
      timer.abort();
      await embedded?.stop();
    }
  };
  return () => {
    closing ??= close();
    return closing;
  };
}
