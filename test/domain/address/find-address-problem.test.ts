import { describe, expect, it } from 'vitest';
import { findAddressProblem } from '#domain/address/find-address-problem.ts';

describe('an address that secrets may be sent to', () => {
  it.each([
    'https://acme.my.salesforce.com',
    'https://acme--dev.sandbox.my.salesforce.com/',
    'https://api.hubapi.com',
    'http://127.0.0.1:4401',
    'http://localhost:8080',
    'http://[::1]:80',
  ])('may be %s', (address) => {
    expect(findAddressProblem(address)).toBeNull();
  });
});

describe('an address that they may not be sent to', () => {
  it.each([
    ['http://acme.my.salesforce.com', /unencrypted/u],
    ['http://169.254.169.254/latest/meta-data/', /unencrypted/u],
    ['https://169.254.169.254/', /number/u],
    ['https://0xA9FEA9FE/', /number/u],
    ['https://2852039166/', /number/u],
    ['https://0251.0376.0251.0376/', /number/u],
    ['https://[fe80::1]/', /number/u],
    ['https://[::ffff:169.254.169.254]/', /number/u],
    ['https://10.0.0.5', /number/u],
    ['http://0.0.0.0:4401', /unencrypted/u],
    ['https://metadata.google.internal/computeMetadata/v1/', /metadata/u],
    ['https://METADATA.google.internal./', /metadata/u],
    ['http://127.0.0.1.evil.example', /unencrypted/u],
    ['http://localhost.evil.example', /unencrypted/u],
    ['https://acme.my.salesforce.com@evil.example/', /user name/u],
    ['https://user:secret@acme.my.salesforce.com', /user name/u],
    ['file:///etc/passwd', /https/u],
    ['gopher://127.0.0.1:6379/_FLUSHALL', /https/u],
    ['javascript:alert(1)', /https/u],
    ['//evil.example', /no web address/u],
    ['', /no web address/u],
  ])('is %s', (address, problem) => {
    expect(findAddressProblem(address)).toMatch(problem);
  });
});
