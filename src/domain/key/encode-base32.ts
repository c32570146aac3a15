// Crockford's base 32 in lower case: no i, l, o, u, so a key survives being read out.

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Five bits a letter; the bytes are expected in a multiple of five. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >>> bits) & 31] ?? '';
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + (alphabet[(held << (5 - bits)) & 31] ?? '') : text;
}
