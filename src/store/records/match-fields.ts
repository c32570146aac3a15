// Tells whether a record changed in what company matching reads, so that keys are computed again only then.
import { hash } from 'node:crypto';
import type { CanonicalFields, CrmObject } from '#domain/record/objects.ts';
import { isIdentifierField } from '#mapping/source/company-references.ts';

const plainFields: Readonly<Partial<Record<CrmObject, readonly string[]>>> = {
  account: ['name', 'website', 'domain', 'country', 'parentId'],
  contact: ['email', 'companyName', 'accountId', 'country'],
};

/** A short digest of what matching reads; null for objects it does not look at. */
export function digestMatchFields(object: CrmObject, fields: CanonicalFields): string | null {
  const names = plainFields[object];
  if (names === undefined) return null;
  const read: unknown[] = names.map((name) => fields[name] ?? null);
  if (object === 'account') {
    for (const name of Object.keys(fields).filter(isIdentifierField).toSorted()) {
      if (fields[name] !== null) read.push(name, fields[name]);
    }
  }
  return hash('sha1', JSON.stringify(read), 'base64url');
}
