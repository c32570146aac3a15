// One peer over a filled store, in a process of its own, so that its memory is its own: prints its figures as one line of JSON.
import { keepMemoryLow } from '../../src/main/keep-memory-low.ts';
import { tierInMemory } from './peers/in-memory.ts';
import { tierBySql } from './peers/plain-sql.ts';
import { tierAndStore, tierByStream } from './peers/tierline.ts';

const PEERS = {
  tierline: tierByStream,
  'tierline, stored': tierAndStore,
  'all in memory': tierInMemory,
  'plain SQL': tierBySql,
} as const;

const [name = 'tierline', databaseUrl = ''] = process.argv.slice(2);
const peer = PEERS[name as keyof typeof PEERS];
if (name.startsWith('tierline')) keepMemoryLow();
const start = performance.now();
const tiers = (await peer(databaseUrl)).counts();
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    seconds: (performance.now() - start) / 1000,
    processorSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    tiers,
  }),
);
