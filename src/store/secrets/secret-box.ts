// Seals what must not be read from a dump of the database: AES-256-GCM, bound to what it belongs to. Knows no table.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ConfigError } from '#errors/errors.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';

export interface SecretBox {
  /** @param context what the secret belongs to, such as `token:sf`: it opens under no other */
  seal(secret: string, context: string): string;
  /** Throws ConfigError when no key opens it. What was stored before there were keys is given back as it is. */
  open(stored: string, context: string): string;
  /** False for what a former key sealed, or none. */
  isSealedByCurrentKey(stored: string): boolean;
}

const VERSION = 's1';
/** Bytes. 96 bits is the size GCM is made for (NIST SP 800-38D); chosen at random, far below its limit of 2^32 uses a key. */
const NONCE_SIZE = 12;
const TAG_SIZE = 16;

export function createSecretBox({ current, former }: SecretKeys): SecretBox {
  const keys = new Map([current, ...former].map((key) => [keyId(key), key]));
  const currentId = keyId(current);
  return {
    seal(secret, context) {
      const nonce = randomBytes(NONCE_SIZE);
      const cipher = createCipheriv('aes-256-gcm', current, nonce);
      cipher.setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const packed = Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
      return [VERSION, currentId, packed.toString('base64url')].join('.');
    },

    open(stored, context) {
      const parts = partsOf(stored);
      if (parts === null) return stored;
      const key = keys.get(parts.keyId);
      if (key === undefined) throw cannotOpen(`a key that is not given here (its mark is ${parts.keyId})`);
      const packed = Buffer.from(parts.packed, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, packed.subarray(0, NONCE_SIZE), {
        authTagLength: TAG_SIZE,
      });
      decipher.setAAD(Buffer.from(context));
      try {
        decipher.setAuthTag(packed.subarray(NONCE_SIZE, NONCE_SIZE + TAG_SIZE));
        const plain = Buffer.concat([
          decipher.update(packed.subarray(NONCE_SIZE + TAG_SIZE)),
          decipher.final(),
        ]);
        return plain.toString('utf8');
      } catch {
        throw cannotOpen('the right key, but it was changed since, or belongs to something else');
      }
    },

    isSealedByCurrentKey: (stored) => partsOf(stored)?.keyId === currentId,
  };
}

/** Tells keys apart without telling them. */
function keyId(key: Buffer): string {
  return createHash('sha256').update('tierline key mark').update(key).digest('hex').slice(0, 12);
}

function partsOf(stored: string): { readonly keyId: string; readonly packed: string } | null {
  const match = /^s1\.([0-9a-f]{12})\.([\w-]+)$/u.exec(stored);
  return match === null ? null : { keyId: match[1] ?? '', packed: match[2] ?? '' };
}

function cannotOpen(sealedBy: string): ConfigError {
  return new ConfigError(`A stored secret was sealed by ${sealedBy}`, {
    next: 'Give the key it was sealed with as TIERLINE_SECRET_KEY, or among TIERLINE_SECRET_KEY_FORMER after a rotation; if it is lost, connect the CRM again.',
  });
}

export function tokenContext(connection: string): string {
  return `token:${connection}`;
}

export function requireSecretBox(box: SecretBox | null): SecretBox {
  if (box !== null) return box;
  throw new ConfigError('A refresh token is stored sealed, and there is no key to seal it with', {
    next: 'Make a key with `tierline secrets new-key` and give it to every process as TIERLINE_SECRET_KEY (or TIERLINE_SECRET_KEY_FILE).',
  });
}
