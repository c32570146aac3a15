// Says whether intent data gathered in some way may be used for a company in some country. Knows no source.
import type { IntentMethod, IntentPolicy } from './intent-policy.ts';

/** An admin's word that a method refused by default has a lawful basis. */
export interface Attestation {
  readonly method: IntentMethod;
  /** ISO 3166-1 alpha-2 codes, or `EU`. */
  readonly regions: readonly string[];
  /** The legal note; without one nothing in `EU` is admitted. */
  readonly basis: string;
}

export type Admission = 'by_default' | 'attested' | 'refused';

/** What `EU` means in an attestation: the Union, the rest of the EEA, the United Kingdom and Switzerland. */
const UNION = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK';
const EU_COUNTRIES: ReadonlySet<string> = new Set([...UNION.split(' '), 'IS', 'LI', 'NO', 'GB', 'CH']);

function isInEu(country: string): boolean {
  return EU_COUNTRIES.has(country);
}

/** `country` null: nobody can say that an attestation covers it, so a refused method stays refused. */
export function admitMethod(
  method: IntentMethod,
  country: string | null,
  attestations: readonly Attestation[],
  policy: Pick<IntentPolicy, 'refusedMethods'>,
): Admission {
  if (!policy.refusedMethods.includes(method)) return 'by_default';
  const covers = (attestation: Attestation) =>
    attestation.method === method && coversCountry(attestation, country);
  return attestations.some(covers) ? 'attested' : 'refused';
}

function coversCountry({ regions, basis }: Attestation, country: string | null): boolean {
  if (country === null) return false;
  if (!isInEu(country)) return regions.includes(country);
  return basis.trim() !== '' && (regions.includes(country) || regions.includes('EU'));
}
