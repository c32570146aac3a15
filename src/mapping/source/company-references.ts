// How source rows and CRM accounts name a company in comparable terms: identifiers, own domains, name with country. The same
// forms on both sides are what lets them meet.
import { companyDomainOf } from '#domain/key/host/company-domain-of.ts';
import { canonicaliseIdentifier } from '#domain/key/identifier/canonicalise-identifier.ts';
import { identifierSchemes } from '#domain/key/identifier/identifier-schemes.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import { readNameForms } from '#domain/key/name/name-forms.ts';
import { normaliseCountry } from '#domain/record/country.ts';
import type { CompanyReferenceReader } from './parse-source-row.ts';
import { toCanonicalName } from './source-columns.ts';

const SCHEME_NAMES: ReadonlySet<string> = new Set([
  'vat',
  ...Object.entries(identifierSchemes).flatMap(([name, scheme]) => [name, ...(scheme.aliases ?? [])]),
]);
const CANONICAL_SCHEME_NAMES: ReadonlySet<string> = new Set([...SCHEME_NAMES].map(toCanonicalName));

/** True for a column of a source file such as `lei` or `jp_corporate_number`. */
export function isIdentifierColumn(name: string): boolean {
  return SCHEME_NAMES.has(name);
}

/** True for a canonical field such as `lei` or `jpCorporateNumber`. */
export function isIdentifierField(name: string): boolean {
  return CANONICAL_SCHEME_NAMES.has(name);
}

export function createCompanyReferenceReader(rules: KeyRules): CompanyReferenceReader {
  return {
    identifier(scheme, value, country) {
      const identifier = canonicaliseIdentifier(scheme, value, normaliseCountry(country));
      return identifier === null ? null : `${identifier.register}:${identifier.value}`;
    },
    domain(websiteOrEmail) {
      const found = companyDomainOf(websiteOrEmail, rules.hosts);
      return found !== null && found.class === 'own' ? found.domain : null;
    },
    nameCountry(name, country) {
      const core = readNameForms(name, rules.legalForms)?.core;
      if (core === undefined || rules.junkNames.has(core)) return null;
      return `${core}|${normaliseCountry(country) ?? ''}`;
    },
  };
}
