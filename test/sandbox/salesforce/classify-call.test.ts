import { describe, expect, it } from 'vitest';
import { classifyCall } from '#sandbox/salesforce/http/classify-call.ts';

const classify = (method: string, path: string, body = ''): string => {
  const url = new URL(path, 'http://sandbox.invalid');
  return classifyCall({ method, path: url.pathname, query: url.searchParams, body });
};
const V = '/services/data/v62.0';

describe('what counts against a call budget', () => {
  it.each([
    ['GET', `${V}/query?q=SELECT+Id+FROM+Account`, '', 'read'],
    ['GET', `${V}/queryAll?q=SELECT+Id+FROM+Contact`, '', 'read'],
    ['GET', `${V}/query/0r8xx-2000`, '', 'read'],
    ['GET', `${V}/query?q=SELECT+Id+FROM+User`, '', 'other'],
    ['GET', `${V}/query?q=SELECT+Id+FROM+PermissionSetAssignment`, '', 'other'],
    ['POST', `${V}/jobs/query`, '{}', 'read'],
    ['GET', `${V}/jobs/query/750xx/results`, '', 'read'],
    ['POST', `${V}/jobs/ingest`, '{}', 'write'],
    ['GET', `${V}/jobs/ingest/750xx`, '', 'write'],
    ['POST', `${V}/sobjects/Account`, '{}', 'write'],
    ['GET', `${V}/sobjects/Account/001xx`, '', 'read'],
    ['PATCH', `${V}/sobjects/Account/Key__c/a`, '{}', 'write'],
    ['GET', `${V}/sobjects/Account/describe`, '', 'other'],
    ['GET', `${V}/sobjects/Account/updated?start=a&end=b`, '', 'read'],
    ['POST', `${V}/sobjects/PermissionSetAssignment`, '{}', 'other'],
    ['PATCH', `${V}/composite/sobjects`, '{"records":[{"attributes":{"type":"Account"}}]}', 'write'],
    ['DELETE', `${V}/composite/sobjects?ids=001xx`, '', 'write'],
    ['POST', `${V}/composite/sobjects/Account`, '{"ids":[]}', 'read'],
    ['PATCH', `${V}/composite/sobjects/Account/Key__c`, '{}', 'write'],
    ['POST', `${V}/composite`, '{"compositeRequest":[{"method":"GET"}]}', 'read'],
    ['POST', `${V}/composite`, '{"compositeRequest":[{"method":"GET"},{"method":"PATCH"}]}', 'write'],
    ['GET', `${V}/limits`, '', 'other'],
    ['GET', `${V}/`, '', 'other'],
    ['POST', `${V}/tooling/sobjects/CustomField`, '{}', 'other'],
    ['POST', '/services/oauth2/token', '', 'other'],
    ['POST', '/services/Soap/m/62.0', '', 'other'],
  ])('%s %s with %j is %s', (method, path, body, kind) => {
    expect(classify(method, path, body)).toBe(kind);
  });
});
