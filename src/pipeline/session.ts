// What the steps work with: the store, the connected CRMs, the rules and the workspace's settings. Built in main, used here.
import type { Icp } from '#domain/fit/icp.ts';
import type { Attestation } from '#domain/intent/admit-method.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import type { Program } from '#domain/program/program.ts';
import type { BuyingRole } from '#domain/role/buying-role.ts';
import type { RoleSuggester } from '#domain/role/suggest-role.ts';
import type { Policy } from '#domain/tier/policy.ts';
import type { CrmKind } from '#mapping/fields/crm-mapping.ts';
import type { Clock } from '#ports/clock.ts';
import type { ConfigurationInForce } from '#ports/configuration.ts';
import type { CrmAuthorization } from '#ports/crm-authorization.ts';
import type { Log } from '#ports/log.ts';
import type { Progress } from '#ports/progress.ts';
import type { SourceReader } from '#ports/source.ts';
import type { Store } from '#ports/store.ts';
import type { ConfigurationParts } from './configuration/configuration-parts.ts';
import type { ConnectedCrm } from './connected-crm.ts';
import type { SourceToLoad } from './load-sources.ts';

export interface RoleRules {
  readonly suggest: RoleSuggester;
  /** Our role for a value of the CRM's own role field; null when it says nothing. */
  ofCrm(crm: CrmKind, value: string): BuyingRole | null;
}

export interface Rules {
  readonly policy: Policy;
  readonly policyHash: string;
  readonly icp: Icp;
  readonly programs: readonly Program[];
  readonly roles: RoleRules;
  readonly keys: KeyRules;
}

export interface SessionSettings {
  readonly name: string;
  /** ISO 4217 code that all money is converted to. */
  readonly currency: string;
  /** One unit of the currency in `currency`. */
  readonly rates: Readonly<Record<string, number>>;
  readonly locale: string;
  readonly attest: readonly Attestation[];
  readonly sources: readonly SessionSource[];
}

export interface SessionSource extends SourceToLoad {
  /** After how many days a value counts as unknown; null: the policy's default. */
  readonly freshDays: number | null;
  /** Where the data was gathered; null: everywhere. */
  readonly regions: readonly string[] | null;
  /** Currency of amounts without one; null: the workspace's. */
  readonly currency: string | null;
}

/** Where the rules and mappings of a session came from, and what makes versions of them. */
export interface SessionConfiguration extends ConfigurationParts {
  /** The versions in force when the session began. */
  readonly inForce: ConfigurationInForce;
}

export interface Session {
  readonly settings: SessionSettings;
  readonly rules: Rules;
  readonly configuration: SessionConfiguration;
  readonly store: Store;
  /** In the order of the workspace: the first ones' values come first. */
  readonly connections: readonly ConnectedCrm[];
  /** By connection id: those that can be connected in the browser. */
  readonly authorizations: ReadonlyMap<string, CrmAuthorization>;
  readonly reader: SourceReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}
