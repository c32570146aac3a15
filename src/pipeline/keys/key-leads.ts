// Leads get the key of the company that the domain of their mail or website leads to, else the company they typed. They speak for
// no company themselves: where no account is known, a lead has no key.
import type { KeyRules } from '#domain/key/key-rules.ts';
import type { StoredRecord } from '#domain/record/stored-record.ts';
import { textOf } from '#domain/record/text-of.ts';
import { createCompanyReferenceReader } from '#mapping/source/company-references.ts';
import type { CompanyReferenceReader } from '#mapping/source/parse-source-row.ts';
import type { LeadReference, Store } from '#ports/store.ts';
import type { Session } from '../session.ts';

export async function keyLeads({ store, rules, connections }: Session): Promise<void> {
  const mapped = connections.filter(({ mapping }) => mapping.has('lead')).map(({ id }) => id);
  if (mapped.length > 0) await store.keys.keyLeads(readLeads(store, rules.keys, mapped));
}

async function* readLeads(
  store: Store,
  rules: KeyRules,
  connections: readonly string[],
): AsyncGenerator<LeadReference, void> {
  const references = createCompanyReferenceReader(rules);
  for (const connection of connections) {
    for await (const lead of store.records.stream({ connection, object: 'lead' }))
      yield read(lead, references);
  }
}

function read({ connection, id, fields }: StoredRecord, references: CompanyReferenceReader): LeadReference {
  const hosts = [textOf(fields, 'email'), textOf(fields, 'website')];
  const typed = textOf(fields, 'companyName');
  return {
    connection,
    id,
    domains: hosts.flatMap((host) => (host === null ? [] : (references.domain(host) ?? []))),
    nameCountry: typed === null ? null : references.nameCountry(typed, textOf(fields, 'country')),
  };
}
