// Keeps a long run small. V8 lets garbage pile up to several times what is in use as long as the machine has memory to spare,
// and Tierline often shares a small one; a collection now and then costs some 50 ms and halves what the process holds.
// The young generation is kept small by a flag of the start (--max-semi-space-size in package.json): it cannot be set later.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 500;
/** Bytes on the heap and beside it before the first collection: code, libraries and a page of records. */
const FIRST_LIMIT = 110_000_000;
/** What may pile up on top of what is truly in use: a part of it, but no less than this, or a large run would do nothing but collect. */
const ROOM_SHARE = 0.25;
const LEAST_ROOM = 60_000_000;

/** Never keeps the process alive. */
export function keepMemoryLow(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let limit = FIRST_LIMIT;
  const timer = setInterval(() => {
    if (inUse() < limit) return;
    collect();
    const left = inUse();
    limit = Math.max(FIRST_LIMIT, left + Math.max(LEAST_ROOM, left * ROOM_SHARE));
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Not what the process holds of the machine: V8 gives freed pages back some time after a collection, so that would only grow. */
function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
