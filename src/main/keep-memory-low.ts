// Keeps a long run small. V8 lets garbage pile up to several times what is in use as long as the machine has memory to spare,
// and Tierline often shares a small one; a collection now and then costs some 50 ms and halves what the process holds.
// The young generation is kept small by a flag of the start (--max-semi-space-size in package.json): it cannot be set later.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 500;
/** Bytes. What the process holds before the first collection: code, libraries and a page of records. */
const FIRST_LIMIT = 220_000_000;
/** What is truly in use may be more than the limit: then the limit grows, or every look would collect in vain. */
const GROWTH = 1.1;

/** Never keeps the process alive. */
export function keepMemoryLow(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let limit = FIRST_LIMIT;
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() < limit) return;
    collect();
    limit = Math.max(FIRST_LIMIT, process.memoryUsage.rss() * GROWTH);
  }, LOOK_EVERY_MS);
  timer.unref();
}
