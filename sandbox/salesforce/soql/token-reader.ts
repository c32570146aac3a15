// Walks over the tokens of a query; words compare without case.
import type { Token } from './lexer.ts';
import { malformed, type SoqlError } from './soql-error.ts';

export interface TokenReader {
  readonly query: string;
  peek(ahead?: number): Token;
  next(): Token;
  /** True, and one token on, when the next token is this word or sign. */
  accept(text: string): boolean;
  expect(text: string): Token;
  isNext(text: string, ahead?: number): boolean;
  unexpected(token?: Token): SoqlError;
}

export const createTokenReader = (query: string, tokens: readonly Token[]): TokenReader => {
  let index = 0;
  const end: Token = { kind: 'end', text: '<EOF>', position: query.length };
  const peek = (ahead = 0): Token => tokens[index + ahead] ?? end;

  const reader: TokenReader = {
    query,
    peek,
    next() {
      const token = peek();
      index += 1;
      return token;
    },
    isNext(text, ahead = 0) {
      const token = peek(ahead);
      return (
        (token.kind === 'word' || token.kind === 'sign') && token.text.toUpperCase() === text.toUpperCase()
      );
    },
    accept(text) {
      if (!reader.isNext(text)) return false;
      index += 1;
      return true;
    },
    expect(text) {
      if (!reader.isNext(text)) throw reader.unexpected();
      return reader.next();
    },
    unexpected(token = peek()) {
      return malformed(
        query,
        token.position,
        token.kind === 'end' ? "unexpected token: '<EOF>'" : `unexpected token: '${token.text}'`,
      );
    },
  };
  return reader;
};
