// Brings an identifier to the one spelling that can be compared, and refuses what fails its check digit
// or names a person. Knows nothing of records.
import { euVat, stdnum } from 'stdnum';
import { byStdnum, type IdentifierScheme, identifierSchemes } from './identifier-schemes.ts';

export interface Identifier {
  readonly scheme: string;
  readonly value: string;
  /** The register that gave the value; a VAT number's is its country's. */
  readonly register: string;
  /** Alpha-2 of the country that issues the scheme, null for a scheme of the world. */
  readonly country: string | null;
  /** Two values of one register mean two companies. */
  readonly exclusive: boolean;
}

const schemeByName = collectNames();
const vatChecks = collectVatChecks();

/**
 * The comparable form of an identifier, null when the scheme is unknown or the value does not hold.
 * `country` (alpha-2) helps a VAT number written without its prefix.
 */
export function canonicaliseIdentifier(
  scheme: string,
  value: string,
  country: string | null = null,
): Identifier | null {
  const named = toSnakeCase(scheme);
  const text = value.normalize('NFKC').trim();
  if (text === '' || text.length > 80) return null;
  if (vatNames.has(named)) return canonicaliseVat(text, country);
  const name = schemeByName.get(named);
  const known = name === undefined ? undefined : identifierSchemes[name];
  if (name === undefined || known === undefined) return null;
  const canonical = known.canonicalise(text);
  return canonical === null
    ? null
    : {
        scheme: name,
        value: canonical,
        register: name,
        country: countryOfScheme(name),
        exclusive: known.exclusive,
      };
}

/** What an identifier says besides itself: a SIRET holds the SIREN, many VAT numbers hold the national number. */
export function deriveIdentifiers(identifier: Identifier): Identifier[] {
  const derived = [identifier];
  const add = (scheme: string, value: string) => {
    const other = canonicaliseIdentifier(scheme, value);
    if (other !== null) derived.push(other);
  };
  if (identifier.scheme === 'siret') add('siren', identifier.value.slice(0, 9));
  if (identifier.scheme === 'vat') {
    const digits = identifier.value.slice(2);
    if (identifier.register === 'vat:FR') add('siren', digits.slice(2));
    if (identifier.register === 'vat:SE') add('se_orgnr', digits.slice(0, 10));
    const same = nationalNumberOfVat[identifier.register];
    if (same !== undefined) add(same, same === 'ch_uid' ? `CHE${digits}` : digits);
  }
  return derived;
}

function countryOfScheme(scheme: string): string | null {
  if (scheme === 'siren' || scheme === 'siret') return 'FR';
  const prefix = /^([a-z]{2})_/u.exec(scheme)?.[1];
  if (prefix === undefined) return null;
  return prefix === 'uk' ? 'GB' : prefix.toUpperCase();
}

const vatNames = new Set(['vat', 'vat_id', 'vat_number', 'eu_vat', 'ust_id', 'tva']);

const nationalNumberOfVat: Readonly<Record<string, string>> = {
  'vat:BE': 'be_enterprise_number',
  'vat:CH': 'ch_uid',
  'vat:DK': 'dk_cvr',
  'vat:FI': 'fi_ytunnus',
  'vat:IT': 'it_partita_iva',
  'vat:NO': 'no_orgnr',
  'vat:PL': 'pl_nip',
};

function canonicaliseVat(text: string, country: string | null): Identifier | null {
  const value = text.toUpperCase().replace(/[^0-9A-Z]/gu, '');
  const written = value.startsWith('EL') ? 'GR' : value.slice(0, 2);
  const issuer = vatChecks.has(written) ? written : country;
  const check = issuer === null ? undefined : vatChecks.get(issuer);
  if (issuer === null || check === undefined) return null;
  const canonical = check(value);
  if (canonical === null) return null;
  // The country's prefix is put back in one spelling; Swiss and Norwegian endings only name the tax, in one language or another.
  const digits = canonical
    .replace(/^(?:CHE|EL|[A-Z]{2}(?=\d))/u, '')
    .replace(/(?:MWST|TVA|IVA|TPV|VAT|MVA)$/u, '');
  return {
    scheme: 'vat',
    value: `${issuer}${digits}`,
    register: `vat:${issuer}`,
    country: issuer,
    exclusive: true,
  };
}

function collectVatChecks(): ReadonlyMap<string, IdentifierScheme['canonicalise']> {
  const checks = new Map<string, IdentifierScheme['canonicalise']>();
  for (const [country, validators] of Object.entries(euVat)) {
    const names = Object.entries(stdnum[country] ?? {});
    const found = names.find(([, validator]) => validators.includes(validator));
    if (found !== undefined) checks.set(country, byStdnum(country, found[0]));
  }
  checks.set('GB', byStdnum('GB', 'vat'));
  checks.set('NO', byStdnum('NO', 'mva'));
  return checks;
}

function collectNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, scheme] of Object.entries(identifierSchemes)) {
    names.set(name, name);
    for (const alias of scheme.aliases ?? []) names.set(alias, name);
  }
  return names;
}

function toSnakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/gu, '$1_$2')
    .replace(/[\s.-]+/gu, '_')
    .toLowerCase();
}
