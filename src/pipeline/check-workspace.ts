// `check`: connects, compares mappings with the live schema and grants, looks at sources and budgets. Changes nothing.
import type { CrmKind } from '#mapping/fields/crm-mapping.ts';
import { compareSchema, type SchemaFinding } from './compare-schema.ts';
import { describeInForce } from './configuration/describe-in-force.ts';
import type { ConnectedCrm } from './connected-crm.ts';
import { toConnectionFailure } from './connection-failure.ts';
import { rowsOf } from './load-sources.ts';
import type { Session } from './session.ts';
import type { Failure } from './sync-report.ts';

export interface CheckReport {
  readonly schema: 'tierline.check/1';
  readonly workspace: string;
  readonly policy: { readonly version: string; readonly hash: string };
  /** Files that a version in the database holds; the others are the folder's and the shipped ones. */
  readonly configuration: readonly VersionInForce[];
  readonly connections: readonly ConnectionCheck[];
  readonly sources: readonly SourceCheck[];
}

export interface VersionInForce {
  readonly file: string;
  readonly version: number;
  /** What the workspace's folder has of it counts for nothing. */
  readonly differsInFolder: boolean;
}

export interface ConnectionCheck {
  readonly id: string;
  readonly crm: CrmKind;
  readonly organisation: string | null;
  readonly findings: readonly SchemaFinding[];
  readonly failure: Failure | null;
  readonly budget: { readonly used: number; readonly limit: number; readonly left: number } | null;
}

export interface SourceCheck {
  readonly id: string;
  readonly kind: string;
  readonly rows: number;
  readonly refused: number;
  /** The first few reasons, with their line. */
  readonly examples: readonly string[];
  readonly error: string | null;
}

export interface CheckResult {
  readonly report: CheckReport;
  readonly causes: readonly number[];
}

const EXAMPLES = 5;

export async function checkWorkspace(session: Session): Promise<CheckResult> {
  const causes: number[] = [];
  const connections = await Promise.all(
    session.connections.map((connected) => checkConnection(connected, causes)),
  );
  const sources = await checkSources(session, causes);
  const { policy, policyHash } = session.rules;
  return {
    report: {
      schema: 'tierline.check/1',
      workspace: session.settings.name,
      policy: { version: policy.version, hash: policyHash },
      configuration: listVersions(session),
      connections,
      sources,
    },
    causes,
  };
}

function listVersions({ configuration }: Session): readonly VersionInForce[] {
  return describeInForce(configuration, configuration.inForce).flatMap(
    ({ path, origin, version, differsInFolder }) =>
      origin === 'version' && version !== null ? [{ file: path, version, differsInFolder }] : [],
  );
}

async function checkConnection(connected: ConnectedCrm, causes: number[]): Promise<ConnectionCheck> {
  const { id, kind, crm } = connected;
  try {
    const { organisation } = await crm.identify();
    const { findings } = await compareSchema(connected);
    if (findings.some((finding) => finding.blocks)) causes.push(5);
    const { daily } = crm.usage();
    const budget = daily === null ? null : { ...daily, left: Math.max(0, daily.limit - daily.used) };
    return { id, crm: kind, organisation, findings, failure: null, budget };
  } catch (error) {
    const { failure, exitCode } = toConnectionFailure(id, error);
    causes.push(exitCode);
    return { id, crm: kind, organisation: null, findings: [], failure, budget: null };
  }
}

async function checkSources(session: Session, causes: number[]): Promise<readonly SourceCheck[]> {
  const checks: SourceCheck[] = [];
  for (const source of session.settings.sources) {
    let rows = 0;
    let refused = 0;
    const examples: string[] = [];
    let error: string | null = null;
    try {
      for await (const item of rowsOf({ ...session, keyRules: session.rules.keys }, source)) {
        if ('row' in item) rows += 1;
        else {
          refused += 1;
          if (examples.length < EXAMPLES)
            examples.push(`line ${item.refused.rowNumber}: ${item.refused.reason}`);
        }
      }
    } catch (cause) {
      const { failure, exitCode } = toConnectionFailure(source.id, cause);
      error = `${failure.message} ${failure.next}`;
      causes.push(exitCode);
    }
    checks.push({ id: source.id, kind: source.kind, rows, refused, examples, error });
  }
  return checks;
}
