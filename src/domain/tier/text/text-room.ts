// How much text a field takes, and whether a text fits. Which CRM counts what is known to its connector.

/** Null: not limited so. */
export interface TextRoom {
  /** UTF-16 units: never fewer than what a CRM calls characters. */
  readonly characters: number | null;
  /** Of UTF-8, in which a Latin letter is one, a kana, hangul or han character three. */
  readonly bytes: number | null;
}

export const ANY_ROOM: TextRoom = { characters: null, bytes: null };

const encoder = new TextEncoder();

export function narrowTo(characters: number, room: TextRoom): TextRoom {
  return { ...room, characters: Math.min(characters, room.characters ?? characters) };
}

export function fits(text: string, { characters, bytes }: TextRoom): boolean {
  if (characters !== null && text.length > characters) return false;
  // UTF-8 needs at most three bytes for a unit of UTF-16, so most texts need not be encoded to be measured.
  return bytes === null || text.length * 3 <= bytes || encoder.encode(text).length <= bytes;
}

/** The longest beginning that fits with an ellipsis behind it; never half a character. */
export function cut(text: string, room: TextRoom): string {
  if (fits(text, room)) return text;
  let kept = '';
  for (const character of text) {
    if (!fits(`${kept}${character}…`, room)) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
