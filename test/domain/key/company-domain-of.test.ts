import { describe, expect, it } from 'vitest';
import { companyDomainOf } from '#domain/key/host/company-domain-of.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';

const { hosts } = loadKeyRules();
const domainOf = (text: string) => companyDomainOf(text, hosts)?.domain ?? null;
const classOf = (text: string) => companyDomainOf(text, hosts)?.class ?? null;

describe('companyDomainOf', () => {
  it.each([
    ['https://www.acme.co.jp/jp/', 'acme.co.jp'],
    ['ａｃｍｅ.co.jp', 'acme.co.jp'],
    ['acme.com，', 'acme.com'],
    ['ACME.COM.', 'acme.com'],
    ['http://acme.com:8080/x', 'acme.com'],
    ['Bob <bob@mail.acme.de>', 'acme.de'],
    ['foo.tokyo.jp', 'foo.tokyo.jp'],
    ['hmrc.gov.uk', 'hmrc.gov.uk'],
    ['acme.myshopify.com', 'acme.myshopify.com'],
    ['acme.hubspotpagebuilder.com', 'acme.hubspotpagebuilder.com'],
    ['user.github.io', 'user.github.io'],
    ['www.münchen.de', 'xn--mnchen-3ya.de'],
  ])('reads %s as %s', (text, domain) => {
    expect(domainOf(text)).toBe(domain);
  });

  it.each(['', 'n/a', 'localhost', '192.168.0.1', 'www.ac.jp', 'mail.acme.local', 'Acme Inc'])(
    'finds no domain in %j',
    (text) => {
      expect(domainOf(text)).toBeNull();
    },
  );

  it.each([
    ['bob@gmail.com', 'free_mail'],
    ['taro@yahoo.co.jp', 'free_mail'],
    ['kim@naver.com', 'free_mail'],
    ['ir@msa.hinet.net', 'isp'],
    ['x@mailinator.com', 'disposable'],
    ['linkedin.com/company/acme', 'social'],
    ['https://blog.naver.com/acme', 'social'],
    ['www.1688.com/shop/acme', 'marketplace'],
    ['amazon.com/shops/acme', 'marketplace'],
  ])('says that %s is %s', (text, hostClass) => {
    expect(classOf(text)).toBe(hostClass);
  });

  it('lets the owner of a shared host have it as their own', () => {
    expect(classOf('amazon.com')).toBe('own');
    expect(classOf('alice@amazon.com')).toBe('own');
  });

  it('keeps the part of a company that a sub-host names and drops service labels', () => {
    expect(companyDomainOf('https://retail.acme.com', hosts)?.subHost).toBe('retail');
    expect(companyDomainOf('https://www.jp.acme.com', hosts)?.subHost).toBe('');
  });
});
