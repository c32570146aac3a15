// What the matcher is told of a stored account or contact.
import type { CompanyRecord } from '#domain/key/company-record.ts';
import type { CanonicalFields } from '#domain/record/objects.ts';
import type { StoredRecord } from '#domain/record/stored-record.ts';
import { textOf } from '#domain/record/text-of.ts';
import { isIdentifierField } from '#mapping/source/company-references.ts';
import { accountName, contactName } from './record-name.ts';

export function accountToMatch(record: StoredRecord): CompanyRecord {
  const { fields, connection } = record;
  const parent = textOf(fields, 'parentId');
  return {
    id: accountName(connection, record.id),
    kind: 'account',
    name: textOf(fields, 'name'),
    domain: textOf(fields, 'domain'),
    website: textOf(fields, 'website'),
    country: textOf(fields, 'country'),
    ids: identifiersOf(fields),
    parentId: parent === null ? null : accountName(connection, parent),
  };
}

export function contactToMatch(record: StoredRecord): CompanyRecord {
  const { fields, connection } = record;
  const account = textOf(fields, 'accountId');
  return {
    id: contactName(connection, record.id),
    kind: 'person',
    name: null,
    email: textOf(fields, 'email'),
    companyName: textOf(fields, 'companyName'),
    country: textOf(fields, 'country'),
    accountId: account === null ? null : accountName(connection, account),
  };
}

export function identifiersOf(fields: CanonicalFields): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== '' && isIdentifierField(name)) ids[name] = String(value);
  }
  return ids;
}
