// Run as a process by the tests: `node worker-process.ts PLACE` is a worker whose runs write what they do into the table `effects`,
// and which says on standard output what it begins. Ends on SIGTERM as a worker does.
import { once } from 'node:events';
import { Client } from 'pg';
import { openQueueBackend, type QueuePlace } from '#jobs/queue-backend.ts';
import { startWorker } from '#jobs/start-worker.ts';
import { clock, NOTHING, QUICK } from './worker-settings.ts';

const silentLog = { debug() {}, info() {}, warn() {}, error() {} };
const place = JSON.parse(process.argv[2] ?? '') as Omit<QueuePlace, 'log'>;
const client = new Client({ connectionString: place.databaseUrl });
await client.connect();
const note = (job: string, what: string) =>
  client.query('insert into effects (job, what, worker) values ($1, $2, $3)', [job, what, process.pid]);
const backend = await openQueueBackend({ ...place, log: silentLog });
const worker = await startWorker({
  backend,
  handlers: {
    ...NOTHING,
    async sync(_payload, { id, signal }) {
      await note(id, 'begun');
      process.stdout.write(`begun ${id}\n`);
      await clock.sleep(150, signal);
      await note(id, 'finished');
    },
  },
  concurrency: 1,
  clock,
  log: silentLog,
  pace: QUICK,
});
process.stdout.write('ready\n');
await once(process, 'SIGTERM');
await worker.stop();
await backend.close();
await client.end();
