// Builds SOQL. Names must look like names and values are quoted here: nothing from a mapping or a record reaches a query raw.
import { ConfigError } from '#errors/errors.ts';

const NAME = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*){0,5}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/;

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** The client's own escaper leaves backslashes alone, which lets a value end its quotes. */
export const quoteSoql = (value: string): string =>
  // oxlint-disable-next-line no-control-regex -- these control characters are what SOQL wants escaped
  `'${value.replaceAll(/[\\'"\n\r\t\u0008\f]/g, (character) => ESCAPES[character] ?? character)}'`;

export const soqlName = (name: string): string => {
  if (!NAME.test(name))
    throw new ConfigError(`"${name}" cannot be the name of a Salesforce object or field`, {
      next: 'Correct the name in the mapping.',
    });
  return name;
};

/** An ISO 8601 UTC instant as SOQL takes it: bare. */
export const soqlInstant = (iso: string): string => {
  if (!DATETIME.test(iso)) throw new ConfigError(`"${iso}" is no instant in ISO 8601 UTC`);
  return iso;
};

/** Refuses an empty list: a condition left out would select the whole object. */
export const soqlIn = (field: string, values: readonly string[]): string => {
  if (values.length === 0) throw new RangeError(`no values for ${field} IN`);
  return `${soqlName(field)} IN (${values.map(quoteSoql).join(',')})`;
};

export interface SoqlQuery {
  readonly select: readonly string[];
  readonly from: string;
  /** Joined by AND. */
  readonly where: readonly string[];
  readonly orderBy?: readonly string[];
  readonly limit?: number;
}

export const toSoql = ({ select, from, where, orderBy = [], limit }: SoqlQuery): string =>
  [
    `SELECT ${select.map(soqlName).join(', ')}`,
    `FROM ${soqlName(from)}`,
    ...(where.length === 0 ? [] : [`WHERE ${where.join(' AND ')}`]),
    ...(orderBy.length === 0 ? [] : [`ORDER BY ${orderBy.map(soqlName).join(', ')}`]),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ');
