// By what a text is known without being shown.
import { createHash } from 'node:crypto';

/** SHA-256, hexadecimal. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
