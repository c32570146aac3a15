// Hashes and checks passwords with scrypt. The parameters stand in the hash: raising them leaves older ones readable.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { UnavailableError } from '#errors/errors.ts';

export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's cheat sheet of password storage names 2^15, 8, 3 as equal to 2^17, 8, 1; it takes 32 MiB instead of 128. */
const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** At a quarter of a second each nobody should wait longer than this many. */
const LONGEST_LINE = 40;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** With no hash it takes as long and answers false: how long it took tells nobody who has an account. */
  verify(password: string, hash: string | null): Promise<boolean>;
}

export function createPasswords(cost: ScryptCost = COST): Passwords {
  const takeTurn = createTurns();
  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(SALT_BYTES);
    const key = await takeTurn(() => derive(password, salt, cost));
    return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
  };
  return {
    hash,
    async verify(password, stored) {
      const parsed = stored === null ? null : parse(stored);
      if (parsed === null) {
        await hash(password);
        return false;
      }
      const key = await takeTurn(() => derive(password, parsed.salt, parsed.cost));
      return key.length === parsed.key.length && timingSafeEqual(key, parsed.key);
    },
  };
}

/** One at a time: guesses side by side must not take the memory and the processors of the service. */
function createTurns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (work) => {
    if (waiting >= LONGEST_LINE) {
      return Promise.reject(
        new UnavailableError('Too many people sign in at this moment', { next: 'Try again in a minute.' }),
      );
    }
    waiting += 1;
    const turn = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}

function derive(password: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    // One text for what looks like one: "é" has two spellings, and keyboards differ.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function parse(
  hash: string,
): { readonly cost: ScryptCost; readonly salt: Buffer; readonly key: Buffer } | null {
  const [kind, N, r, p, salt = '', key = ''] = hash.split('$');
  if (kind !== 'scrypt') return null;
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}
