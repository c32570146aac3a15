// Guards against two machines or containers on one data folder: they cannot see each other's processes, and two servers on
// one cluster would destroy it. While a server is in use its host rewrites a small file every few seconds.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '#errors/errors.ts';

const beatMs = 4_000;
const watchMs = 3 * beatMs;

/** Returns what stops the beat. */
export function startHeartbeat(folder: string): () => void {
  let count = 0;
  const beat = () => {
    count += 1;
    writeBeat(folder, `${hostname()}\n${process.pid}-${count}\n`);
  };
  beat();
  const timer = setInterval(beat, beatMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Call before taking a cluster whose server seems dead. Waits only when another host used it last. */
export async function refuseForeignServer(folder: string, observeMs: number = watchMs): Promise<void> {
  const before = readBeat(folder);
  if (before === null || before.startsWith(`${hostname()}\n`)) return;
  await sleep(observeMs);
  const after = readBeat(folder);
  if (after === before || after === null) return;
  throw new ConfigError(
    `The embedded database in ${folder} is in use by another machine or container (${after.split('\n')[0]}).`,
    { next: 'Stop that one, or set `database:` to a PostgreSQL server that both can reach.' },
  );
}

function writeBeat(folder: string, text: string): void {
  const path = join(folder, 'heartbeat');
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch {
    // A full disk or a folder that was removed shows in the next query; a missed beat must not end the process.
  }
}

function readBeat(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'heartbeat'), 'utf8');
  } catch {
    return null;
  }
}
