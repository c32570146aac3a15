// Makes the first connection and says in a person's words what is wrong when it fails. Never repeats the password.
import { ConfigError, TierlineError } from '#errors/errors.ts';
import type { Database } from './database.ts';

/** What the store's SQL was tested with; older servers may lack what it uses. */
const oldestVersion = 15;

export async function checkServer(database: Database, url: string): Promise<void> {
  let versionNumber: number;
  try {
    const answer = await database.pool.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    versionNumber = Number(answer.rows[0]?.version);
  } catch (cause) {
    throw explainFailure(cause, url);
  }
  const major = Math.floor(versionNumber / 10_000);
  if (major < oldestVersion) {
    throw new ConfigError(
      `${describeUrl(url)} runs PostgreSQL ${major}; Tierline needs ${oldestVersion} or newer.`,
      {
        next: 'Upgrade that server, or leave `database:` empty for the embedded one.',
      },
    );
  }
}

/** `database: …` without its password: host, port, database and user. */
export function describeUrl(url: string): string {
  if (!URL.canParse(url)) return 'The URL in `database:`';
  const { hostname, port, pathname, username } = new URL(url);
  const user = username === '' ? '' : ` as user ${decodeURIComponent(username)}`;
  return `The database ${decodeURIComponent(pathname.slice(1)) || '(none named)'} at ${hostname || '(no host)'}:${port || '5432'}${user}`;
}

/** A URL that pg would read as something else, a file path or a bare word, is refused before it is tried. */
export function checkUrl(url: string): void {
  const usable = URL.canParse(url) && ['postgres:', 'postgresql:'].includes(new URL(url).protocol);
  if (usable && isDecodable(url)) return;
  throw new ConfigError('The URL in `database:` is not a PostgreSQL URL.', {
    next: 'Write it as postgres://USER:PASSWORD@HOST:5432/DATABASE; special characters in the password percent-encoded.',
  });
}

/** False for a stray percent sign, of which pg would say no more than "URI malformed". */
function isDecodable(url: string): boolean {
  try {
    const { username, password, pathname } = new URL(url);
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

export function explainFailure(cause: unknown, url: string): TierlineError {
  if (cause instanceof TierlineError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const found = explanations.find(({ codes }) => codes.includes(code));
  const tried = describeUrl(url);
  if (found !== undefined) return new ConfigError(`${tried} ${found.what}.`, { cause, next: found.next });
  // Messages of pg and of the server name hosts, users and databases, never a password.
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConfigError(`${tried} could not be used: ${reason}.`, {
    cause,
    next: 'Correct `database:` in tierline.yaml, or leave it empty for the embedded database.',
  });
}

const explanations: readonly {
  readonly codes: readonly string[];
  readonly what: string;
  readonly next: string;
}[] = [
  {
    codes: ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
    what: 'does not answer',
    next: 'Start that server or correct host and port in `database:`.',
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    what: 'has a host name that cannot be resolved',
    next: 'Correct the host in `database:`.',
  },
  {
    codes: ['28P01', '28000'],
    what: 'refuses this user or password',
    next: 'Correct user and password in `database:`, or let the user in by pg_hba.conf.',
  },
  {
    codes: ['3D000'],
    what: 'does not exist',
    next: 'Create it (createdb), or correct its name in `database:`.',
  },
  {
    codes: ['42501'],
    what: 'does not let this user make the schema tierline or its tables',
    next: 'GRANT CREATE ON DATABASE to the user, or create the schema tierline owned by it.',
  },
  {
    codes: ['53300'],
    what: 'has no free connections',
    next: 'Raise max_connections or close other programs; Tierline uses up to 12.',
  },
];
