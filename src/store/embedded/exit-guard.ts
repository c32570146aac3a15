// The last line against orphan servers: a process that ends without closing its store hands the stopping to a short-lived
// helper. Covers process.exit, uncaught errors, and signals for which nobody installed a handler; nothing covers kill -9,
// after which the server waits for the next command.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const guardedClusters = new Map<string, number>();
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;
const handlers = signals.map(([name, exitCode]) => {
  const handler = () => {
    // Any other listener means that the program shuts down by itself, in order; we only replace the default death.
    if (process.listenerCount(name) === 1) process.exit(exitCode);
  };
  return [name, handler] as const;
});

/** Returns what ends the watch once the server was left in order. */
export function guardExit(cluster: string): () => void {
  if (guardedClusters.size === 0) {
    process.on('exit', stopGuardedServers);
    for (const [name, handler] of handlers) process.on(name, handler);
  }
  guardedClusters.set(cluster, (guardedClusters.get(cluster) ?? 0) + 1);
  return () => {
    const count = guardedClusters.get(cluster) ?? 0;
    if (count > 1) guardedClusters.set(cluster, count - 1);
    else guardedClusters.delete(cluster);
    if (guardedClusters.size > 0) return;
    process.off('exit', stopGuardedServers);
    for (const [name, handler] of handlers) process.off(name, handler);
  };
}

function stopGuardedServers(): void {
  const script = fileURLToPath(new URL('./stop-when-unused.ts', import.meta.url));
  for (const cluster of guardedClusters.keys()) {
    spawn(process.execPath, [script, cluster], { detached: true, stdio: 'ignore', cwd: '/' }).unref();
  }
}
