// Reads what the running server wrote about itself (postmaster.pid) and tells a live server from what a crash left behind.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Postmaster {
  readonly pid: number;
  /** Null while the server is too young to have written it. */
  readonly port: number | null;
  readonly ready: boolean;
}

export function readPostmaster(cluster: string): Postmaster | null {
  const text = readText(pidFile(cluster));
  if (text === null) return null;
  // Lines: pid, data directory, start time, port, socket directory, address, shared memory key, status.
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const port = Number.parseInt(lines[3] ?? '', 10);
  return { pid, port: Number.isInteger(port) ? port : null, ready: lines[7] === 'ready' };
}

/** Whether that process is alive and is the server of that cluster: after a restart its id may be another program's. */
export function isServing(pid: number, cluster: string): boolean {
  // Windows tells no command line without a further program.
  return process.platform === 'win32' ? isAlive(pid) : commandLineOf(pid).includes(cluster);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Takes away a file whose process id is now another program's: PostgreSQL itself would take that program for its
 * server and refuse to start. A file that changed since it was judged is put back.
 */
export function removeStalePidFile(cluster: string, judged: Postmaster): void {
  const aside = `${pidFile(cluster)}.stale-${process.pid}`;
  try {
    renameSync(pidFile(cluster), aside);
  } catch {
    return;
  }
  const removed = Number.parseInt(readText(aside) ?? '', 10);
  if (removed === judged.pid) rmSync(aside, { force: true });
  else renameSync(aside, pidFile(cluster));
}

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

function commandLineOf(pid: number): string {
  if (existsSync('/proc/self/cmdline')) {
    // Empty for a zombie, which serves nobody.
    return (readText(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ');
  }
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
