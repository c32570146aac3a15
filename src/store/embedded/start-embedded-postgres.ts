// Gives a process the workspace's own PostgreSQL: joins the running server or starts it. The last process to leave stops it.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, TierlineError, UnavailableError } from '#errors/errors.ts';
import type { Log } from '#ports/log.ts';
import { guardExit } from './exit-guard.ts';
import { refuseForeignServer, startHeartbeat } from './host-heartbeat.ts';
import { initCluster, readPassword } from './init-cluster.ts';
import { launchServer } from './launch-server.ts';
import { type ClusterPlace, placeCluster } from './place-cluster.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { isAlive, isServing, readPostmaster, removeStalePidFile } from './postmaster-file.ts';
import { joinServer, type ServerMembership } from './server-membership.ts';

export interface EmbeddedPostgresOptions {
  /** The workspace's `.tierline`; made when it is not there. */
  readonly dataFolder: string;
  readonly log: Log;
}

export interface EmbeddedPostgres {
  /** Connection URL, with the password. Good until `stop`; another start may get another port. */
  readonly url: string;
  /** Close every connection of yours first. The server itself stops when no process uses it any more. */
  stop(): Promise<void>;
}

/** Two minutes of looking again: a server that shuts down or recovers is given its time. */
const attempts = 1_200;
const pauseMs = 100;

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataFolder, log } = options;
  const place = await prepareCluster(dataFolder, log);

  const endGuard = guardExit(place.cluster);
  let membership: ServerMembership;
  try {
    membership = await joinOrLaunch(place, log);
  } catch (error) {
    endGuard();
    throw error;
  }
  const endHeartbeat = startHeartbeat(place.folder);
  log.debug('The embedded database is running', { folder: place.folder, pid: membership.postmasterPid });
  let stopping: Promise<void> | null = null;
  return {
    url: membership.url,
    stop: () => {
      stopping ??= membership.leave().finally(() => {
        endHeartbeat();
        endGuard();
      });
      return stopping;
    },
  };
}

async function prepareCluster(dataFolder: string, log: Log): Promise<ClusterPlace> {
  try {
    const place = placeCluster(dataFolder, await findPostgresBinaries(), log);
    if (!existsSync(place.cluster)) log.info('Making the embedded database', { folder: place.folder });
    await initCluster(place);
    readPassword(place.cluster);
    return place;
  } catch (cause) {
    if (cause instanceof TierlineError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`The embedded database cannot be kept in ${dataFolder}: ${reason}.`, {
      cause,
      next: 'Give this user the right to write there, or set `database:` to a PostgreSQL server.',
    });
  }
}

async function joinOrLaunch(place: ClusterPlace, log: Log): Promise<ServerMembership> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const postmaster = readPostmaster(place.cluster);
    if (postmaster !== null && isServing(postmaster.pid, place.cluster)) {
      const membership = await joinServer(place.cluster, log);
      if (membership !== null) return membership;
    } else {
      if (postmaster !== null) {
        await refuseForeignServer(place.folder);
        if (isAlive(postmaster.pid)) removeStalePidFile(place.cluster, postmaster);
        log.info('The embedded database was not shut down; it recovers by itself', { folder: place.folder });
      }
      const launch = await launchServer(place);
      if (launch.outcome === 'failed') {
        throw new ConfigError(`The embedded PostgreSQL in ${place.folder} does not start: ${launch.reason}`, {
          next: `Read ${place.folder}/server.log, or set \`database:\` to a PostgreSQL server.`,
        });
      }
      if (launch.outcome === 'ready') continue;
    }
    await sleep(pauseMs);
  }
  throw new UnavailableError(`The embedded PostgreSQL in ${place.folder} neither answers nor ends.`, {
    next: `Read ${place.folder}/server.log.`,
  });
}
