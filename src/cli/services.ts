// What the commands are given: built in main, closed when the command ends.
import type { Environment } from '#config/environment.ts';
import type { ConfigurationParts } from '#pipeline/configuration/configuration-parts.ts';
import type { Rules, Session } from '#pipeline/session.ts';
import type { Terminal } from './output/terminal.ts';

export interface SandboxOptions {
  readonly accounts: number;
  readonly salesforcePort?: number;
  readonly hubspotPort?: number;
  readonly latencyMs?: number;
}

export interface RunningSandbox {
  readonly salesforce: { readonly url: string; readonly clientId: string; readonly clientSecret: string };
  readonly hubspot: { readonly url: string; readonly token: string };
  /** Writes the source files that belong to the invented companies. */
  writeSources(folder: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface WorkOptions {
  readonly workspace: string | undefined;
  /** Short jobs at once; from 1. */
  readonly concurrency: number;
}

export interface ServeOptions {
  readonly workspace: string | undefined;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Another port will do when somebody uses this one. */
  readonly orAnyPort?: boolean;
}

export interface ServiceReady {
  readonly url: string;
  /** Null: there are users. */
  readonly firstAdminLink: string | null;
}

export interface OpenedConfiguration {
  readonly parts: ConfigurationParts;
  /** The workspace's own folder; null: it has none. */
  readonly mappingsFolder: string | null;
}

export interface Services {
  readonly terminal: Terminal;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  now(): Date;
  /** Opens workspace, store and connections; closes them when `work` ends, however it ends. */
  withSession<Result>(
    workspace: string | undefined,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result>;
  /** Opens the store alone: what is wrong with rules or connections keeps nobody from putting rules right. */
  withConfiguration<Result>(
    workspace: string | undefined,
    work: (opened: OpenedConfiguration) => Promise<Result>,
  ): Promise<Result>;
  /** The policy, profile, programs, roles and key rules: the workspace's folder where there is one, else the shipped ones; no database. */
  loadRules(workspace: string | undefined): Rules;
  startSandbox(options: SandboxOptions): Promise<RunningSandbox>;
  /** Removes the embedded database of a workspace that is over. */
  discardDatabase(workspace: string): void;
  /** Takes jobs of the workspace until the person stops the command; `ready` is called once it does. */
  work(options: WorkOptions, ready: () => void): Promise<void>;
  /** Serves the workspace until the person stops the command; `ready` is called once it answers. */
  serve(options: ServeOptions, ready: (service: ServiceReady) => void): Promise<void>;
  /** Resolves when the person stops the command. */
  untilInterrupted(): Promise<void>;
}

/** The exit code of a command that ran to its end. */
export type CommandResult = Promise<number>;
