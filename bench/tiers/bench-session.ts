// The part of a session that scoring reads: the store, the shipped rules, three sources, no CRM.

import { shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { loadRules } from '#pipeline/configuration/load-rules.ts';
import type { Session, SessionSource } from '#pipeline/session.ts';
import type { Store } from '#ports/store.ts';

export function benchSession(store: Store): Session {
  const sources = ['firmo', 'surge', 'web'].map(
    (id) => ({ id, freshDays: null, currency: null }) as SessionSource,
  );
  const session: Pick<Session, 'store' | 'rules' | 'settings' | 'connections'> = {
    store,
    rules: loadRules(shippedMappingFiles),
    connections: [],
    settings: { name: 'bench', currency: 'USD', rates: {}, locale: 'en', attest: [], sources },
  };
  return session as Session;
}
