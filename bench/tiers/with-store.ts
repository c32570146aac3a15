// The store of a benchmark, opened and closed around the work.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenedStore, openStore } from '#store/open-store.ts';

export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function withStore<Result>(
  databaseUrl: string,
  work: (store: OpenedStore) => Promise<Result>,
): Promise<Result> {
  const store = await openStore({
    databaseUrl,
    dataFolder: join(tmpdir(), 'tierline-bench-unused'),
    log: silentLog,
    clock: { now: () => new Date(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
