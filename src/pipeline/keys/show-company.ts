// What is known of one company's key: its records with the evidence that put each there and since when, its family, the keys that
// lead to it, and what people said of it.
import type { CanonicalValue } from '#domain/record/objects.ts';
import type { KeyedReference, MembershipSpan, StoredJudgement } from '#ports/judgements.ts';
import type { KeyedRecord, Store } from '#ports/store.ts';
import { nameOfReference } from './record-name.ts';

export interface CompanyMember extends KeyedReference {
  readonly name: CanonicalValue;
  readonly evidence: readonly string[];
  /** The run that put it there. */
  readonly since: string | null;
}

export interface ShownCompany {
  readonly key: string;
  /** Companies of one house (a shared domain, a parent in the CRM) share it; the key itself for a company alone. */
  readonly family: string | null;
  /** The other companies of the family. */
  readonly relatives: readonly string[];
  readonly mergedKeys: readonly string[];
  readonly accounts: readonly CompanyMember[];
  readonly contacts: number;
  readonly judgements: readonly StoredJudgement[];
  /** Stays of the accounts with other keys, oldest first. */
  readonly history: readonly MembershipSpan[];
}

export async function showCompany(store: Store, key: string): Promise<ShownCompany> {
  const members = await store.keyHistory.members(key);
  const spans = members.filter(({ record }) => record.object === 'account');
  const family = spans[0]?.family ?? null;
  const names = await namesOf(store, spans);
  const known = new Set(members.map(({ record }) => nameOfReference(record)));
  const history: MembershipSpan[] = [];
  for (const { record } of spans) {
    const stays = await store.keyHistory.spans(record);
    history.push(...stays.filter(({ toRun }) => toRun !== null));
  }
  return {
    key,
    family,
    relatives: family === null ? [] : (await store.keyHistory.relatives(family)).filter((one) => one !== key),
    mergedKeys: await store.keyHistory.mergedInto(key),
    accounts: spans.map(({ record, evidence, fromRun }) => ({
      ...record,
      name: names.get(nameOfReference(record)) ?? null,
      evidence,
      since: fromRun,
    })),
    contacts: members.length - spans.length,
    judgements: (await store.judgements.list()).filter(
      ({ a, b }) => known.has(nameOfReference(a)) || known.has(nameOfReference(b)),
    ),
    history,
  };
}

async function namesOf(
  store: Store,
  spans: readonly MembershipSpan[],
): Promise<ReadonlyMap<string, CanonicalValue>> {
  const names = new Map<string, CanonicalValue>();
  const note = ({ connection, id, fields }: KeyedRecord) =>
    names.set(nameOfReference({ connection, object: 'account', id }), fields['name'] ?? null);
  const connections = new Set(spans.map(({ record }) => record.connection));
  for (const connection of connections) {
    const ids = spans.flatMap(({ record }) => (record.connection === connection ? [record.id] : []));
    for await (const record of store.records.stream({ connection, object: 'account', ids })) note(record);
  }
  return names;
}
