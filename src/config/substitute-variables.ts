// Replaces ${NAME} and ${NAME:-fallback} in the text values of a document; a missing variable is an error with its path.
//
// Two steps: YAML gives braces a meaning of their own (`{ token: ${TOKEN} }` is no YAML), so variables are hidden before the
// text is parsed and filled in afterwards, when the path of each is known and a value cannot change the document's shape.
import { ConfigError } from '#errors/errors.ts';
import type { Environment } from './environment.ts';

const VARIABLE = /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/gu;

// Private-use characters: no configuration holds them, and YAML takes them as any other letter.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const HIDDEN = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'gu');

export interface HiddenVariables {
  readonly text: string;
  /** Gives a parsed document its variables back, as they were written. */
  reveal(document: unknown): unknown;
}

export function hideVariables(text: string): HiddenVariables {
  const hidden: string[] = [];
  const revealText = (value: string) =>
    value.replaceAll(HIDDEN, (_whole, at: string) => hidden[Number(at)] ?? '');
  const reveal = (value: unknown): unknown => {
    if (typeof value === 'string') return revealText(value);
    if (Array.isArray(value)) return value.map(reveal);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [revealText(key), reveal(inner)]));
  };
  return {
    text: text.replaceAll(VARIABLE, (whole) => `${OPEN}${hidden.push(whole) - 1}${CLOSE}`),
    reveal,
  };
}

/** The same document with variables filled in; a text that was one empty variable becomes ''. */
export function substituteVariables(document: unknown, environment: Environment, file: string): unknown {
  return substitute(document, '');

  function substitute(value: unknown, path: string): unknown {
    if (typeof value === 'string') return fill(value, path);
    if (Array.isArray(value)) return value.map((item, index) => substitute(item, `${path}[${index}]`));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        substitute(inner, path === '' ? key : `${path}.${key}`),
      ]),
    );
  }

  function fill(text: string, path: string): string {
    return text.replaceAll(VARIABLE, (_whole, name: string, fallback: string | undefined) => {
      const value = environment.get(name);
      // As in a shell, `:-` also covers a variable that is set but empty.
      if (value !== null && (value !== '' || fallback === undefined)) return value;
      if (fallback !== undefined) return fallback;
      throw new ConfigError(`${file}: ${path} needs the environment variable ${name}, which is not set`, {
        next: `Set ${name}, or ${name}_FILE to a file that holds it.`,
      });
    });
  }
}
