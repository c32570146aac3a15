// Which company a domain, an identifier or a name stands for, to find the company of a source row: the one most of whose
// accounts bear it.
import type { Anchor } from '#domain/key/assign-stable-keys.ts';
import type { CanonicalFields } from '#domain/record/objects.ts';
import { textOf } from '#domain/record/text-of.ts';
import type { CompanyReferenceReader } from '#mapping/source/parse-source-row.ts';
import type { KeyAnchor } from '#ports/store.ts';
import { identifiersOf } from './records-to-match.ts';

const SEPARATOR = '\n';

/** What an account can be found by, each as one text: the matcher keeps it beside the account. */
export function anchorLabels(fields: CanonicalFields, references: CompanyReferenceReader): string[] {
  const labels: string[] = [];
  const add = (kind: KeyAnchor['kind'], value: string | null) => {
    if (value !== null) labels.push(`${kind}${SEPARATOR}${value}`);
  };
  const name = textOf(fields, 'name');
  const country = textOf(fields, 'country');
  for (const host of new Set([textOf(fields, 'domain'), textOf(fields, 'website')])) {
    if (host !== null) add('domain', references.domain(host));
  }
  for (const [scheme, value] of Object.entries(identifiersOf(fields))) {
    add('identifier', references.identifier(scheme, value, country));
  }
  if (name !== null) add('name_country', references.nameCountry(name, country));
  return labels;
}

export interface LabelledAccounts {
  readonly label: string;
  readonly accounts: readonly string[];
}

/** How strongly each account ties a key to its company; what is not listed is a record and no more. */
export function rankAnchors(labels: Iterable<LabelledAccounts>): ReadonlyMap<string, Anchor> {
  const strongest = new Map<string, Anchor>();
  for (const { label, accounts } of labels) {
    const { kind } = readLabel(label);
    for (const account of accounts) {
      if (kind === 'identifier') strongest.set(account, kind);
      else if (kind === 'domain' && !strongest.has(account)) strongest.set(account, kind);
    }
  }
  return strongest;
}

/** `keyOf`: the key of an account. An anchor without a key stands for nobody any more. */
export async function* decideAnchors(
  labels: Iterable<LabelledAccounts>,
  keyOf: (account: string) => string | null,
): AsyncGenerator<KeyAnchor, void> {
  for (const { label, accounts } of labels) {
    yield { ...readLabel(label), key: mostFrequent(accounts.flatMap((account) => keyOf(account) ?? [])) };
  }
}

function readLabel(label: string): Pick<KeyAnchor, 'kind' | 'value'> {
  const at = label.indexOf(SEPARATOR);
  return { kind: label.slice(0, at) as KeyAnchor['kind'], value: label.slice(at + 1) };
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
