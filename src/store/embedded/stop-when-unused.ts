// Run as a process of its own by the exit guard: `node stop-when-unused.ts CLUSTER` stops that server unless somebody uses it.
import { setTimeout as sleep } from 'node:timers/promises';
import { joinServer } from './server-membership.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const pauseMs = 100;
/** The dead process's connection may still count for some milliseconds. */
const graceMs = 200;

const [, , cluster] = process.argv;
if (cluster !== undefined) await stopUnlessUsed(cluster);

/** A server that was just being started when its process ended needs a moment until it can be stopped. */
async function stopUnlessUsed(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const membership = await joinServer(folder, silent);
    if (membership !== null) {
      await sleep(graceMs);
      await membership.leave();
      return;
    }
    await sleep(pauseMs);
  }
}
