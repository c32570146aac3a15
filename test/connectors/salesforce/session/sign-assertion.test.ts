import { expect, it } from 'vitest';
import { defaultAudience } from '#connectors/salesforce/session/sign-assertion.ts';

it.each([
  ['https://login.salesforce.com', 'https://login.salesforce.com'],
  ['https://acme.my.salesforce.com', 'https://login.salesforce.com'],
  ['https://test.salesforce.com', 'https://test.salesforce.com'],
  ['https://acme--uat.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
])('a login at %s is for %s', (loginUrl, audience) => {
  expect(defaultAudience(loginUrl)).toBe(audience);
});
