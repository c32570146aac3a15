// Peer: equal names after our own normalisation, nothing else.
import { readNameForms } from '#domain/key/name/name-forms.ts';
import type { Peer } from './peer.ts';

export const normalisedName: Peer = {
  name: 'normalised name',
  group: (records, rules) =>
    new Map(
      records.map(({ id, name, companyName }) => {
        const core = readNameForms(name ?? companyName ?? '', rules.legalForms)?.core;
        return [id, core ?? `alone ${id}`];
      }),
    ),
};
