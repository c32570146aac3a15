// Run as a process by the tests: `node hold-store.ts DATA_FOLDER [lock|exit|idle]` opens the workspace's store, says `ready` with
// the server's process id, and keeps it open until its standard input ends.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '#store/open-store.ts';

const [, , dataFolder = '', mode = 'idle'] = process.argv;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
const store = await openStore({ databaseUrl: null, dataFolder, log: silent, clock });
if (mode === 'lock') {
  const release = await store.runs.lock();
  const account = {
    connection: 'sf',
    object: 'account',
    id: 'kept',
    fields: {},
    modifiedAt: null,
    deleted: false,
  } as const;
  await store.records.put('r1', [account]);
  if (release === null) process.exit(9);
}
const pidFile = join(dataFolder, 'postgres', 'cluster', 'postmaster.pid');
process.stdout.write(`ready ${readFileSync(pidFile, 'utf8').split('\n')[0]}\n`);
if (mode === 'exit') process.exit(3);
process.stdin.resume();
await once(process.stdin, 'end');
await store.close();
