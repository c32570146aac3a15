// Takes the host out of whatever stands in a website, domain or e-mail field; judges nothing about whose host it is.

export interface ParsedHost {
  /** ASCII (punycode), lower case, without port and trailing dot. */
  readonly host: string;
  readonly isEmail: boolean;
  /** A path beyond the root: on a shared host it is what makes the page a company's. */
  readonly path: string;
}

const hostShape = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z][a-z0-9-]{1,62}$/u;

/** The first host in the text, or null when there is none (an IP address, `localhost` and "n/a" are none). */
export function parseHost(text: string): ParsedHost | null {
  // Wholly ASCII is the common case and needs no folding.
  const folded = isPlainAscii(text) ? text : text.normalize('NFKC').replace(/[。．｡]/gu, '.');
  for (const part of folded.trim().split(/[\s,;，；、|<>"'()[\]]+/u)) {
    const parsed = parsePart(part);
    if (parsed !== null) return parsed;
  }
  return null;
}

function parsePart(part: string): ParsedHost | null {
  let rest = part.toLowerCase().replace(/^(?:[a-z][a-z0-9+.-]*:\/\/|https?[:/]+|mailto:|\/\/)/u, '');
  if (rest === '') return null;
  const at = rest.lastIndexOf('@');
  const slash = rest.search(/[/?#\\]/u);
  const isEmail = at > 0 && (slash < 0 || at < slash);
  if (isEmail) rest = rest.slice(at + 1);
  const end = rest.search(/[/?#\\]/u);
  const path = end < 0 ? '' : rest.slice(end).replace(/^[/\\]+|[?#].*$|[/\\]+$/gu, '');
  const written = (end < 0 ? rest : rest.slice(0, end)).replace(/:\d+$/u, '').replace(/^\.+|\.+$/gu, '');
  const host = toAscii(written);
  if (host === null || !hostShape.test(host)) return null;
  return { host, isEmail, path: isEmail ? '' : path };
}

function toAscii(host: string): string | null {
  if (isPlainAscii(host)) return host;
  // WHATWG URL parsing does the IDNA mapping.
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null;
}

function isPlainAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7e) return false;
  return true;
}
