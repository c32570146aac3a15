// Opens everything that a command on a workspace works with, and closes it again in the opposite order.
import path from 'node:path';
import type { Workspace } from '#config/load-workspace.ts';
import type { SourceSettings } from '#config/workspace-schema.ts';
import { sourceFileReader } from '#connectors/files/source-file-reader.ts';
import type { Icp } from '#domain/fit/icp.ts';
import { ConfigError } from '#errors/errors.ts';
import { layVersions } from '#mapping/files/mapping-files.ts';
import { columnsOfIcp } from '#mapping/icp/icp-columns.ts';
import { loadRules } from '#pipeline/configuration/load-rules.ts';
import type { Session, SessionSource } from '#pipeline/session.ts';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';
import type { Progress } from '#ports/progress.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import { type OpenedStore, openStore } from '#store/open-store.ts';
import { authorizeCrms } from './authorize-crms.ts';
import { configurationParts } from './configuration-parts.ts';
import { connectCrm } from './connect-crm.ts';

export interface SessionParts {
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly log: Log;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Null: the environment names no key, and the database is not this machine's own. */
  readonly secretKeys: SecretKeys | null;
}

export async function withOpenSession<Result>(
  parts: SessionParts,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const store = await openWorkspaceStore(parts);
  try {
    return await withSessionOn(store, parts, work);
  } finally {
    await store.close();
  }
}

export async function openWorkspaceStore(
  parts: Omit<SessionParts, 'progress' | 'signal'>,
): Promise<OpenedStore> {
  const { workspace, clock, log, secretKeys } = parts;
  requireKeyForTokens(parts);
  return await openStore({
    databaseUrl: workspace.database === '' ? null : workspace.database,
    dataFolder: workspace.dataFolder,
    clock,
    log,
    ...(secretKeys === null ? {} : { secretKeys }),
  });
}

/** Connections of its own over a store that stays open: what a service uses for one job after the other. */
export async function withSessionOn<Result>(
  store: OpenedStore,
  parts: SessionParts,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { workspace, clock, log } = parts;
  const inForce = await store.configuration.inForce();
  const files = layVersions(workspace.mappingFiles, inForce.files);
  const rules = loadRules(files);
  const connections = workspace.connections.map((connection) =>
    connectCrm(connection, files, { clock, log, tokens: store.tokens }),
  );
  try {
    return await work({
      settings: {
        name: workspace.name,
        currency: workspace.currency,
        rates: workspace.rates,
        locale: workspace.locale,
        attest: workspace.attest,
        sources: workspace.sources.map((source) => toSessionSource(source, workspace.folder, rules.icp)),
      },
      rules,
      configuration: { ...configurationParts(workspace, store, clock), inForce },
      store,
      connections,
      authorizations: authorizeCrms(workspace.connections),
      reader: sourceFileReader,
      clock,
      log,
      progress: parts.progress,
      signal: parts.signal,
    });
  } finally {
    await Promise.allSettled(connections.map(({ crm }) => crm.close()));
  }
}

/** Before anything is asked of a CRM: a token that it rotates could not be stored, and the old one would be dead. */
function requireKeyForTokens({
  workspace,
  secretKeys,
}: Pick<SessionParts, 'workspace' | 'secretKeys'>): void {
  const connection = workspace.connections.find(({ auth }) => auth.flow === 'refresh-token');
  if (secretKeys !== null || connection === undefined) return;
  throw new ConfigError(
    `Connection ${connection.id} stores refresh tokens, and there is no key to seal them with`,
    {
      next: 'Make a key with `tierline secrets new-key` and give it to every process as TIERLINE_SECRET_KEY (or TIERLINE_SECRET_KEY_FILE).',
    },
  );
}

function toSessionSource(source: SourceSettings, folder: string, icp: Icp): SessionSource {
  return {
    id: source.id,
    kind: source.kind,
    method: source.method ?? null,
    connection: source.connection ?? null,
    columns: source.columns,
    ignore: source.ignore,
    file: {
      path: path.resolve(folder, source.file),
      shownPath: source.file,
      encoding: source.encoding ?? null,
    },
    extraColumns: columnsOfIcp(icp),
    freshDays: source.fresh === undefined ? null : Number.parseInt(source.fresh, 10),
    regions: source.regions ?? null,
    currency: source.currency ?? null,
  };
}
