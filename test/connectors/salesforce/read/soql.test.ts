import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteSoql, soqlIn, soqlInstant, soqlName, toSoql } from '#connectors/salesforce/read/soql.ts';
import { ConfigError } from '#errors/errors.ts';

/** What Salesforce reads out of a quoted literal, or null when it ends before the text does. */
const unquote = (literal: string): string | null => {
  const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  let text = '';
  for (let index = 1; index < literal.length - 1; index += 1) {
    const character = literal.charAt(index);
    if (character === "'") return null;
    if (character !== '\\') {
      text += character;
      continue;
    }
    index += 1;
    if (index === literal.length - 1) return null;
    const escaped = literal.charAt(index);
    text += meanings[escaped] ?? escaped;
  }
  return text;
};

describe('quoteSoql', () => {
  it('keeps a backslash at the end from opening the quotes', () => {
    expect(quoteSoql("O'Hara\\")).toBe("'O\\'Hara\\\\'");
  });

  it('is read back by Salesforce as the same text, whatever the text', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        expect(unquote(quoteSoql(text))).toBe(text);
      }),
    );
    assert(
      property(string(), (text) => {
        expect(unquote(quoteSoql(`${text}\\'\n\t`))).toBe(`${text}\\'\n\t`);
      }),
    );
  });
});

describe('soqlIn', () => {
  it('refuses an empty list, which would select the whole object', () => {
    expect(() => soqlIn('Id', [])).toThrow(RangeError);
  });
});

describe('soqlName', () => {
  it.each(['Name', 'Owner.IsActive', 'Tierline_Tier__c', 'Account__r.Owner.Name'])('takes %s', (name) => {
    expect(soqlName(name)).toBe(name);
  });

  it.each(['Name FROM User', "Name'", '', 'a-b', '.Name', '1st'])('refuses %j', (name) => {
    expect(() => soqlName(name)).toThrow(ConfigError);
  });
});

it('takes only instants as instants', () => {
  expect(soqlInstant('2026-11-02T08:00:00.000Z')).toBe('2026-11-02T08:00:00.000Z');
  expect(() => soqlInstant("2026-11-02' OR Id != '")).toThrow(ConfigError);
});

it('joins conditions by AND and orders and limits what is left', () => {
  const soql = toSoql({
    select: ['Id', 'Name'],
    from: 'Account',
    where: ['A = 1', 'B = 2'],
    orderBy: ['Id'],
    limit: 5,
  });
  expect(soql).toBe('SELECT Id, Name FROM Account WHERE A = 1 AND B = 2 ORDER BY Id LIMIT 5');
});
