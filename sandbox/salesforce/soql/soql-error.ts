// A query the org refuses: code, text and the caret block that points at the word in question.

/** Characters of the query shown on either side of the place. */
const WINDOW = 37;

export class SoqlError extends Error {
  readonly errorCode: string;

  constructor(errorCode: string, message: string) {
    super(message);
    this.name = 'SoqlError';
    this.errorCode = errorCode;
  }
}

const caretBlock = (query: string, position: number): string => {
  const before = query.slice(0, position);
  const row = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const nextBreak = query.indexOf('\n', position);
  const lineEnd = nextBreak === -1 ? query.length : nextBreak;
  const start = Math.max(lineStart, position - WINDOW);
  const end = Math.min(lineEnd, position + WINDOW);
  const pad = ' '.repeat(position - start);
  return `\n${query.slice(start, end)}\n${pad}^\nERROR at Row:${row}:Column:${position - lineStart + 1}\n`;
};

export const errorAt = (errorCode: string, query: string, position: number, message: string): SoqlError =>
  new SoqlError(errorCode, caretBlock(query, position) + message);

export const malformed = (query: string, position: number, message: string): SoqlError =>
  errorAt('MALFORMED_QUERY', query, position, message);

export const noSuchColumn = (query: string, position: number, name: string, object: string): SoqlError =>
  errorAt(
    'INVALID_FIELD',
    query,
    position,
    `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to ` +
      "append the '__c' after the custom field name. Please reference your WSDL or the describe call for the " +
      'appropriate names.',
  );

export const noSuchRelationship = (query: string, position: number, name: string): SoqlError =>
  errorAt(
    'INVALID_FIELD',
    query,
    position,
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom ` +
      "relationship, be sure to append the '__r' after the custom relationship name. Please reference your " +
      'WSDL or the describe call for the appropriate names.',
  );

export const noSuchObject = (query: string, position: number, name: string): SoqlError =>
  errorAt(
    'INVALID_TYPE',
    query,
    position,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append ` +
      "the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
  );
