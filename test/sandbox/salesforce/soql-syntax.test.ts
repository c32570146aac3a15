import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize, toLikePattern, unescapeString } from '#sandbox/salesforce/soql/lexer.ts';
import { parseQuery } from '#sandbox/salesforce/soql/parse-query.ts';
import { SoqlError } from '#sandbox/salesforce/soql/soql-error.ts';

const WORDS =
  "SELECT Id Name FROM Account WHERE AND OR NOT IN LIKE ( ) , = != > <= 'x' '%' 5 -1.5 2026-05-17 2026-05-17T00:00:00Z " +
  'null true TODAY LAST_N_DAYS:3 ORDER BY ASC DESC NULLS LAST LIMIT OFFSET GROUP HAVING COUNT COUNT() a.b.c';

/** Backslashes and quotes are what ends a literal. */
const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const outcomeOf = (soql: string): string => {
  try {
    parseQuery(soql);
    return 'parsed';
  } catch (error) {
    return error instanceof SoqlError ? 'SoqlError' : String(error);
  }
};

const literalOf = (soql: string) => {
  const [token] = tokenize(soql);
  if (token === undefined) throw new Error('no token');
  return token;
};

describe('a string literal', () => {
  it('stands for the text that was quoted, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const soql = quote(text);
        expect(unescapeString(soql, literalOf(soql))).toBe(text);
      }),
    );
  });

  it('of LIKE matches its own text once the wildcards are escaped, and nothing longer', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const soql = quote(text).replaceAll(/[%_]/g, String.raw`\$&`);
        const pattern = toLikePattern(soql, literalOf(soql));
        expect(pattern.test(text)).toBe(true);
        expect(pattern.test(`${text}x`)).toBe(false);
      }),
    );
  });
});

describe('a query of any words', () => {
  it('is understood or refused with a code, and never breaks the sandbox', () => {
    const anyQuery = fc.array(fc.constantFrom(...WORDS.split(' ')), { maxLength: 20 });
    fc.assert(
      fc.property(anyQuery, (words) => {
        expect(['parsed', 'SoqlError']).toContain(outcomeOf(['SELECT Id FROM Account', ...words].join(' ')));
      }),
      { numRuns: 2_000 },
    );
  });
});
