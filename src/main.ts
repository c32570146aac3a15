#!/usr/bin/env -S node --max-semi-space-size=8
// The entry: builds and wires everything, runs one command line, and shuts down.
import path from 'node:path';
import { runCli } from '#cli/create-cli.ts';
import { createTerminal } from '#cli/output/terminal.ts';
import type { Services } from '#cli/services.ts';
import { readEnvironment } from '#config/environment.ts';
import { hasWorkspace, loadWorkspace, type Workspace, workspaceFolder } from '#config/load-workspace.ts';
import { readSecretKeys } from '#config/read-secret-keys.ts';
import { InterruptedError } from '#errors/errors.ts';
import { shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { loadRules } from '#pipeline/configuration/load-rules.ts';
import { removeCluster } from '#store/embedded/remove-cluster.ts';
import manifest from '../package.json' with { type: 'json' };
import { checkNewWorkspace } from './main/check-new-workspace.ts';
import { keepMemoryLow } from './main/keep-memory-low.ts';
import { type SessionParts, withOpenSession } from './main/open-session.ts';
import { createLog } from './main/pino-log.ts';
import { serveWorkspace } from './main/serve-workspace.ts';
import { startLocalCrms } from './main/start-sandbox.ts';
import { systemClock } from './main/system-clock.ts';
import { withConfiguration } from './main/with-configuration.ts';
import { workOnWorkspace } from './main/work-on-workspace.ts';

const environment = readEnvironment();
const log = createLog(environment.get('LOG_LEVEL') ?? 'warn');
const terminal = createTerminal({
  stdout: process.stdout,
  stderr: process.stderr,
  noColor: (environment.get('NO_COLOR') ?? '') !== '',
});
keepMemoryLow();
const interrupted = new AbortController();
const untilInterrupted = new Promise<void>((resolve) => {
  interrupted.signal.addEventListener('abort', () => resolve());
});

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // The second one means it.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort(new InterruptedError('Interrupted'));
  });
}
// A closed pipe (`tierline plan | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

function openParts(named: string | undefined): SessionParts {
  const workspace = loadWorkspace(workspaceFolder(named, environment), environment);
  checkNewWorkspace(workspace);
  return partsOf(workspace);
}

function partsOf(workspace: Workspace): SessionParts {
  return {
    workspace,
    clock: systemClock,
    log,
    progress: terminal.progress,
    signal: interrupted.signal,
    secretKeys: readSecretKeys(environment, workspace.database === '' ? workspace.dataFolder : null),
  };
}

// Somebody watches a service by its log.
const serviceLog = createLog(environment.get('LOG_LEVEL') ?? 'info');

function openServiceParts(named: string | undefined): SessionParts {
  return { ...openParts(named), log: serviceLog };
}

const services: Services = {
  terminal,
  environment,
  signal: interrupted.signal,
  now: () => systemClock.now(),
  withSession: (named, work) => withOpenSession(openParts(named), work),
  withConfiguration: (named, work) =>
    withConfiguration(partsOf(loadWorkspace(workspaceFolder(named, environment), environment)), work),
  async serve(options, ready) {
    const readParts = () => openServiceParts(options.workspace);
    const parts = { ...readParts(), readParts, version: manifest.version };
    await serveWorkspace(parts, options, untilInterrupted, ready);
  },
  work: ({ workspace, concurrency }, ready) =>
    workOnWorkspace(() => openServiceParts(workspace), concurrency, untilInterrupted, ready),
  loadRules(named) {
    const folder = workspaceFolder(named, environment);
    if (named === undefined && !hasWorkspace(folder)) return loadRules(shippedMappingFiles);
    return loadRules(loadWorkspace(folder, environment).mappingFiles);
  },
  startSandbox: startLocalCrms,
  discardDatabase: (workspace) => removeCluster(path.join(workspace, '.tierline')),
  untilInterrupted: () => untilInterrupted,
};

process.exitCode = await runCli(process.argv.slice(2), services, manifest.version);
