// Ourselves, in the shape of a peer.
import { matchCompanies } from '#domain/key/match-companies.ts';
import type { Peer } from './peer.ts';

export const tierline: Peer = {
  name: 'tierline',
  group: (records, rules) => new Map(matchCompanies(records, rules).map(({ id, group }) => [id, group])),
};
