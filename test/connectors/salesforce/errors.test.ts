import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError } from '#connectors/calls/outcome-unknown.ts';
import {
  RefusedCallError,
  SessionExpiredError,
  toRowError,
  translateCallError,
} from '#connectors/salesforce/errors.ts';
import { BudgetError, RateLimitedError, UnavailableError } from '#errors/errors.ts';

const translate = (thrown: unknown, status: number | null = 400): Error =>
  translateCallError(thrown, { what: 'GET /query', connection: 'sf', status, retryAfterMs: null });
const vendor = (errorCode: string, message = 'x', more: object = {}): object => ({
  errorCode,
  message,
  ...more,
});

describe('translateCallError', () => {
  it.each([
    ['an expired session', vendor('INVALID_SESSION_ID'), 401, SessionExpiredError],
    ['an expired session of SOAP', vendor('sf:INVALID_SESSION_ID'), 500, SessionExpiredError],
    [
      'the calls of the day used up',
      vendor('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
      403,
      BudgetError,
    ],
    [
      'too many calls at once',
      vendor('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'),
      403,
      RateLimitedError,
    ],
    ['a pause asked for', vendor('ERROR_HTTP_429'), 429, RateLimitedError],
    ['an org under maintenance', vendor('SERVER_UNAVAILABLE'), 503, UnavailableError],
    ['a gateway that gave up', vendor('ERROR_HTTP_504'), 504, OutcomeUnknownError],
    ['a crash within Salesforce', vendor('UNKNOWN_EXCEPTION'), 500, OutcomeUnknownError],
    ['an answer of 500 that says nothing', new Error('x'), 500, OutcomeUnknownError],
    ['a slow query', vendor('QUERY_TIMEOUT'), 500, RefusedCallError],
    ['a field that is not there', vendor('INVALID_FIELD'), 400, RefusedCallError],
    [
      'the first of several errors',
      { errorCode: 'MULTIPLE_API_ERRORS', message: 'x', data: [vendor('INVALID_TYPE')] },
      400,
      RefusedCallError,
    ],
  ])('takes %s for what it is', (_what, thrown, status, kind) => {
    expect(translate(thrown, status)).toBeInstanceOf(kind);
  });

  it('passes our own errors on unchanged', () => {
    const own = new BudgetError('x');
    expect(translate(own)).toBe(own);
  });

  it('passes a bug on unchanged', () => {
    const bug = new TypeError('x is undefined');
    expect(translate(bug, null)).toBe(bug);
  });

  it.each([
    [
      "\nSELECT Id, Foo FROM Account\n           ^\nERROR at Row:1:Column:12\nNo such column 'Foo' on entity 'Account'.",
      'Foo',
    ],
    ["No such column 'Foo__c' on sobject of type Account", 'Foo__c'],
    ['Unable to create/update fields: Bar__c. Please check the security settings', 'Bar__c'],
  ])('finds the field in %j', (message, field) => {
    expect(translate(vendor('INVALID_FIELD', message))).toMatchObject({ field });
  });

  it('puts no text of the CRM into the message of a refused call', () => {
    const refused = translate(vendor('MALFORMED_QUERY', "unexpected token: 'Maria Muster'"));
    expect(refused.message).toBe('sf: GET /query was refused: MALFORMED_QUERY');
  });
});

describe('toRowError', () => {
  it("gives our words, the field, and what to do, not the CRM's text", () => {
    const error = toRowError({
      code: 'STRING_TOO_LONG',
      message: 'Name: data value too large: Maria Muster (max length=80)',
      fields: ['LastName'],
    });
    expect(error).toMatchObject({ code: 'STRING_TOO_LONG', field: 'LastName', retry: 'never' });
    expect(error.message).not.toContain('Maria');
    expect(error.next).not.toBe('');
  });

  it("quotes an admin's validation text without addresses and numbers", () => {
    const { message } = toRowError({
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'Ask maria@acme.example or +49 (30) 1234-5678 first',
      fields: [],
    });
    expect(message).toContain('Ask (address) or (number) first');
  });

  it('still says something about a code that it does not know', () => {
    const error = toRowError({ code: 'BRAND_NEW', message: 'Maria', fields: [] });
    expect(error).toMatchObject({ code: 'BRAND_NEW', retry: 'never', field: null });
    expect(error.message).not.toContain('Maria');
  });

  it('says of a lock that it may pass', () => {
    expect(toRowError({ code: 'UNABLE_TO_LOCK_ROW', message: 'x', fields: [] }).retry).toBe('later');
  });
});
