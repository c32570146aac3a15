// Peer: identifiers, registrable domain and normalised name, joined without any doubt: what a RevOps engineer builds alone.
import { companyDomainOf } from '#domain/key/host/company-domain-of.ts';
import { readNameForms } from '#domain/key/name/name-forms.ts';
import type { Peer } from './peer.ts';
import { SimpleUnion } from './simple-union.ts';

export const domainAndName: Peer = {
  name: 'domain + name',
  group: (records, rules) => {
    const union = new SimpleUnion();
    const keys: (readonly [string, string])[] = [];
    for (const { id, name, companyName, domain, website, email, ids } of records) {
      const found = companyDomainOf(domain ?? website ?? email, rules.hosts);
      if (found?.class === 'own') keys.push([`domain ${found.domain}`, id]);
      const core = readNameForms(name ?? companyName ?? '', rules.legalForms)?.core;
      if (core !== undefined) keys.push([`name ${core}`, id]);
      for (const [scheme, value] of Object.entries(ids ?? {})) keys.push([`${scheme} ${value}`, id]);
    }
    union.joinByKey(keys);
    return new Map(records.map(({ id }) => [id, union.find(id)]));
  },
};
