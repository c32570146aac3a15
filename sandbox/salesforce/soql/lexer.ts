// Cuts a query into words, literals and signs, each with its place for error messages.
import { malformed } from './soql-error.ts';

export const TOKEN_KINDS = ['word', 'string', 'number', 'date', 'datetime', 'sign', 'end'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export interface Token {
  readonly kind: TokenKind;
  /** For strings the text between the quotes, escapes untouched: LIKE reads them differently. */
  readonly text: string;
  readonly position: number;
}

const PATTERNS: readonly (readonly [TokenKind | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['datetime', /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/iy],
  ['date', /\d{4}-\d{2}-\d{2}(?![\dT])/iy],
  ['number', /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w-])/iy],
  // A dotted path is one word; so is LAST_N_DAYS:30.
  ['word', /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?::\d+)?/y],
  ['sign', /!=|<>|<=|>=|[=<>(),]/y],
];

const STRING = /'((?:[^'\\]|\\.)*)'/sy;

export const tokenize = (query: string): Token[] => {
  const tokens: Token[] = [];
  let position = 0;
  while (position < query.length) {
    const token = query.charAt(position) === "'" ? readString(query, position) : readPlain(query, position);
    if (token.kind !== 'space') tokens.push({ kind: token.kind, text: token.text, position });
    position = token.end;
  }
  tokens.push({ kind: 'end', text: '<EOF>', position: query.length });
  return tokens;
};

interface Match {
  readonly kind: TokenKind | 'space';
  readonly text: string;
  readonly end: number;
}

const readString = (query: string, position: number): Match => {
  STRING.lastIndex = position;
  const match = STRING.exec(query);
  if (match === null) {
    throw malformed(query, position, `line 1:${position} mismatched character '<EOF>' expecting '''`);
  }
  return { kind: 'string', text: match[1] ?? '', end: STRING.lastIndex };
};

const readPlain = (query: string, position: number): Match => {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = position;
    const match = pattern.exec(query);
    if (match !== null) return { kind, text: match[0], end: pattern.lastIndex };
  }
  throw malformed(
    query,
    position,
    `line 1:${position} no viable alternative at character '${query.charAt(position)}'`,
  );
};

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  _: '_',
  '%': '%',
};

/** The text a string literal stands for. Unknown escapes are refused, as the vendor does. */
export const unescapeString = (query: string, token: Token): string =>
  token.text.replaceAll(/\\(u[\da-f]{4}|.)/gis, (_match, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    const plain = ESCAPES[escape];
    if (plain === undefined) {
      throw malformed(
        query,
        token.position,
        `Invalid string literal '${token.text}'. Illegal character sequence '\\${escape}' in string literal.`,
      );
    }
    return plain;
  });

/** The pattern of a LIKE literal: `%` any characters, `_` one, unless escaped. */
export const toLikePattern = (query: string, token: Token): RegExp => {
  let source = '';
  for (const [part] of token.text.matchAll(/\\u[\da-f]{4}|\\.|[^\\]/gis)) {
    if (part === '%') source += '.*';
    else if (part === '_') source += '.';
    else source += escapePattern(unescapeString(query, { ...token, text: part }));
  }
  return new RegExp(`^${source}$`, 'isu');
};

const escapePattern = (text: string): string => text.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);
