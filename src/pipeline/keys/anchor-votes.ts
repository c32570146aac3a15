// Which company a domain, an identifier or a name stands for, to find the company of a source row: the one most of whose
// accounts bear it.
import type { Anchor } from '#domain/key/assign-stable-keys.ts';
import type { CanonicalFields } from '#domain/record/objects.ts';
import type { CompanyReferenceReader } from '#mapping/source/parse-source-row.ts';
import type { KeyAnchor } from '#ports/store.ts';
import { identifiersOf, textOf } from './records-to-match.ts';

const SEPARATOR = '\n';

export function createAnchorVotes(references: CompanyReferenceReader) {
  const votes = new Map<string, string[]>();
  /** True when the value says anything. */
  const vote = (kind: KeyAnchor['kind'], value: string | null, account: string): boolean => {
    if (value === null) return false;
    const name = `${kind}${SEPARATOR}${value}`;
    const voters = votes.get(name);
    if (voters === undefined) votes.set(name, [account]);
    else voters.push(account);
    return true;
  };
  return {
    /** Answers the strongest thing that the account can be known by. */
    note(account: string, fields: CanonicalFields): Anchor {
      const name = textOf(fields, 'name');
      const country = textOf(fields, 'country');
      let strongest: Anchor = 'record';
      for (const host of new Set([textOf(fields, 'domain'), textOf(fields, 'website')])) {
        if (host !== null && vote('domain', references.domain(host), account)) strongest = 'domain';
      }
      for (const [scheme, value] of Object.entries(identifiersOf(fields))) {
        if (vote('identifier', references.identifier(scheme, value, country), account))
          strongest = 'identifier';
      }
      if (name !== null) vote('name_country', references.nameCountry(name, country), account);
      return strongest;
    },
    async *decide(keyOf: (account: string) => string | null): AsyncGenerator<KeyAnchor, void> {
      for (const [name, accounts] of votes) {
        const [kind, value] = name.split(SEPARATOR) as [KeyAnchor['kind'], string];
        const key = mostFrequent(accounts.flatMap((account) => keyOf(account) ?? []));
        if (key !== null) yield { kind, value, key };
      }
    },
  };
}

/** The lowest of the most frequent ones, so that the answer hangs on no order. */
function mostFrequent(keys: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let best: string | null = null;
  for (const [key, count] of counts) {
    const most = best === null ? 0 : (counts.get(best) ?? 0);
    if (best === null || count > most || (count === most && key < best)) best = key;
  }
  return best;
}
