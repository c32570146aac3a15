// Reads the registrable domain of a website or e-mail address and says whether it can be one company's own.
// Knows nothing of names or records.
import { parse } from 'tldts';
import type { HostRules, SharedHostClass } from './host-rules.ts';
import { parseHost } from './parse-host.ts';

export interface CompanyDomain {
  /** Registrable domain in ASCII: `acme.co.jp`, `acme.myshopify.com`. */
  readonly domain: string;
  /** The label before the public suffix, without hyphens: `acme` of acme.co.jp. */
  readonly stem: string;
  /** Alpha-2 of a country's own ending that is not sold to the world, else null. */
  readonly country: string | null;
  /** What stands before the registrable domain, without `www` and the like: `retail` of retail.acme.com, else empty. */
  readonly subHost: string;
  /** `own` is a company's own; every other class says nothing about who the company is. */
  readonly class: 'own' | SharedHostClass;
}

/** Null when the text holds no host with a registrable domain. */
export function companyDomainOf(
  websiteOrEmail: string | null | undefined,
  rules: HostRules,
): CompanyDomain | null {
  if (websiteOrEmail === null || websiteOrEmail === undefined || websiteOrEmail === '') return null;
  const parsed = parseHost(websiteOrEmail);
  if (parsed === null) return null;
  const { host } = parsed;
  const { domain, domainWithoutSuffix, publicSuffix, subdomain } = parse(host, {
    allowPrivateDomains: true,
    extractHostname: false,
  });
  if (domain === null || domainWithoutSuffix === null || domainWithoutSuffix === '') return null;
  // `www.ac.jp` is a suffix with a www before it.
  if (domainWithoutSuffix === 'www' || privateEnding.test(host)) return null;
  const below = splitExtraSuffix(host, rules.extraSuffixes);
  if (below !== null)
    return { ...below, stem: stemOf(below.domain.split('.')[0] ?? ''), country: null, class: 'own' };
  const shared = classOf(host, domain, domainWithoutSuffix, rules);
  const carriesPeople = shared !== 'social' && shared !== 'marketplace';
  // alice@amazon.com works at Amazon and amazon.com is Amazon's; amazon.com/shops/acme and acme.tumblr.com are not.
  const isOwn =
    shared === null ||
    (!carriesPeople && (parsed.isEmail || (parsed.path === '' && isFrontHost(subdomain ?? ''))));
  return {
    domain,
    stem: stemOf(domainWithoutSuffix),
    country: countryOfSuffix(publicSuffix ?? ''),
    subHost: meaningfulSubHost(subdomain ?? ''),
    class: isOwn ? 'own' : (shared ?? 'own'),
  };
}

function classOf(host: string, domain: string, stem: string, rules: HostRules): SharedHostClass | null {
  for (let rest = host; ; ) {
    const found = rules.classByHost.get(rest);
    if (found !== undefined) return found;
    if (rest === domain) break;
    const dot = rest.indexOf('.');
    if (dot < 0) break;
    rest = rest.slice(dot + 1);
  }
  return rules.classByStem.get(stem) ?? null;
}

function splitExtraSuffix(
  host: string,
  suffixes: ReadonlySet<string>,
): { domain: string; subHost: string } | null {
  const labels = host.split('.');
  for (let from = 1; from < labels.length - 1; from++) {
    const label = labels[from - 1] ?? '';
    if (!suffixes.has(labels.slice(from).join('.')) || label === 'www') continue;
    return { domain: labels.slice(from - 1).join('.'), subHost: labels.slice(0, from - 1).join('.') };
  }
  return null;
}

// Country endings that companies anywhere use as if they were .com.
const worldwideEndings = new Set([
  'ai',
  'ag',
  'am',
  'as',
  'bz',
  'cc',
  'cd',
  'co',
  'cx',
  'dj',
  'eu',
  'fm',
  'gg',
  'gl',
  'im',
  'io',
  'is',
  'la',
  'ly',
  'me',
  'ms',
  'mu',
  'nu',
  'pm',
  'ps',
  'pw',
  'sc',
  'sh',
  'so',
  'st',
  'su',
  'tc',
  'tk',
  'tm',
  'to',
  'tv',
  'vc',
  'vg',
  'ws',
]);

function countryOfSuffix(suffix: string): string | null {
  const ending = suffix.slice(suffix.lastIndexOf('.') + 1);
  if (ending.length !== 2) return null;
  // `.co.in` and `.com.co` are the country's; the bare ending is the world's.
  if (worldwideEndings.has(ending) && !suffix.includes('.')) return null;
  return ending === 'uk' ? 'GB' : ending.toUpperCase();
}

function stemOf(label: string): string {
  return label.replace(/[-_]/gu, '');
}

// Endings of networks that are not the internet: the same `mail.corp.local` stands in a thousand companies.
const privateEnding = /\.(?:local|localhost|localdomain|internal|intranet|lan|home|corp|invalid)$/u;

// Labels that name a service, a language or a country of one company, not a part of it.
const serviceLabel =
  /^(?:www?\d*|web|m|mobile|mail|smtp|mx\d*|email|e?mailing|news|info|home|corp|corporate|global|about|ir|investors?|en|eng|english|de|fr|es|it|jp|ja|kr|ko|cn|tw|zh|us|uk|eu|int|intl|international|portal|shop|store|support|help|blog|careers?|jobs|secure|login|app|apps|my|go|group)$/u;

function meaningfulSubHost(subdomain: string): string {
  if (subdomain === '') return '';
  return subdomain
    .split('.')
    .filter((label) => !serviceLabel.test(label))
    .join('.');
}

function isFrontHost(subdomain: string): boolean {
  return subdomain === '' || subdomain === 'www';
}
