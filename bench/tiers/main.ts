// `npm run bench -- tiers [--companies N,N] [--peers-up-to N]`: companies scored and tiered from a PostgreSQL store, beside a script that
// reads everything into memory and a statement in plain SQL. All have to find the same tiers.
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { startEmbeddedPostgres } from '#store/embedded/start-embedded-postgres.ts';
import { fillStore } from './fill-store.ts';
import { silentLog, withStore } from './with-store.ts';

interface Figures {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakMegabytes: number;
  readonly tiers: Readonly<Record<string, number>>;
}

const SCRIPT = fileURLToPath(new URL('run-peer.ts', import.meta.url));

export async function benchTiers(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      companies: { type: 'string', default: '100000,1000000' },
      'peers-up-to': { type: 'string', default: '100000' },
    },
  });
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} at the start`);
  for (const companies of values.companies.split(',').map(Number)) {
    await withServer(async (databaseUrl) => {
      const start = performance.now();
      const rows = await fillStore(databaseUrl, companies);
      const filled = ((performance.now() - start) / 1000).toFixed(0);
      console.log(
        `\n${companies} companies, ${rows} rows, filled in ${filled} s, load ${loadavg()[0]?.toFixed(1)}`,
      );
      line('', 'seconds', 'processor s', 'peak MB', 'companies/s');
      let first: string | null = null;
      const small = companies <= Number(values['peers-up-to']);
      for (const peer of ['tierline', ...(small ? ['all in memory'] : []), 'plain SQL', 'tierline, stored']) {
        const { seconds, processorSeconds, peakMegabytes, tiers } = await runPeer(peer, databaseUrl);
        line(
          peer,
          seconds.toFixed(1),
          processorSeconds.toFixed(1),
          peakMegabytes.toFixed(0),
          (companies / seconds).toFixed(0),
        );
        first ??= JSON.stringify(tiers);
        if (JSON.stringify(tiers) !== first)
          console.log(`  differs: ${first} by tierline, ${JSON.stringify(tiers)}`);
      }
      console.log(first);
    });
  }
}

function line(...cells: readonly string[]): void {
  console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(18) : cell.padStart(14))).join(''));
}

const run = promisify(execFile);

async function runPeer(peer: string, databaseUrl: string): Promise<Figures> {
  const heap = peer === 'all in memory' ? ['--max-old-space-size=8000'] : [];
  const { stdout } = await run(process.execPath, [
    '--max-semi-space-size=8',
    ...heap,
    SCRIPT,
    peer,
    databaseUrl,
  ]);
  return JSON.parse(stdout) as Figures;
}

/** A server of its own, gone afterwards. */
async function withServer(work: (databaseUrl: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tierline-bench-'));
  // Else root's data would lie under /var/lib.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataFolder: folder, log: silentLog });
  try {
    await withStore(server.url, () => Promise.resolve());
    await work(server.url);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
