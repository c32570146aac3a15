// `keys merge A B`: a person says that two companies are one. Makes the judgements; moves nothing itself.
import { UsageError } from '#errors/errors.ts';
import type { KeyedReference, NewJudgement } from '#ports/judgements.ts';
import type { Store } from '#ports/store.ts';
import { findAccountKey } from '../find-account-keys.ts';
import { nameOfReference } from './record-name.ts';

/** Who says it, and why. */
export interface Spoken {
  readonly by: string;
  readonly reason: string | null;
}

/** `a` and `b` as people name companies: CRM id, company key, domain or exact name. */
export async function judgeMerge(
  store: Store,
  a: string,
  b: string,
  spoken: Spoken,
): Promise<readonly NewJudgement[]> {
  const one = await findAccounts(store, a);
  const other = await findAccounts(store, b);
  const [speaker] = one;
  const [listener] = other.filter((account) => !isSame(account, speaker));
  if (speaker === undefined || listener === undefined) {
    throw new UsageError(`"${a}" and "${b}" are one account`, {
      next: 'Name two accounts; `tierline keys show ACCOUNT` lists those of a company.',
    });
  }
  const common = { verdict: 'same', origin: 'merge', asked: null, ...spoken } as const;
  // Whatever was told apart between the two companies before is taken back, or it would stand between them.
  const names = [new Set(one.map(nameOfReference)), new Set(other.map(nameOfReference))] as const;
  const parted = (await store.judgements.list()).filter(({ verdict, ...judged }) => {
    const [first, second] = [nameOfReference(judged.a), nameOfReference(judged.b)];
    return (
      (verdict === 'different' || verdict === 'parent_of') &&
      ((names[0].has(first) && names[1].has(second)) || (names[1].has(first) && names[0].has(second)))
    );
  });
  return [
    ...parted.map((judged) => ({ ...common, a: judged.a, b: judged.b })),
    { ...common, a: speaker, b: listener },
  ];
}

/** The account that was named by its id first, then the others of its company. */
async function findAccounts(store: Store, text: string): Promise<readonly KeyedReference[]> {
  const key = await findAccountKey(store, text);
  const named = (await store.records.findAccounts(text)).map(({ connection, id }) =>
    toReference(connection, id),
  );
  const members = (await store.keyHistory.members(key))
    .map(({ record }) => record)
    .filter(({ object }) => object === 'account');
  return [...named, ...members.filter((member) => !named.some((account) => isSame(account, member)))];
}

function toReference(connection: string, id: string): KeyedReference {
  return { connection, object: 'account', id };
}

function isSame(a: KeyedReference, b: KeyedReference | undefined): boolean {
  return b !== undefined && nameOfReference(a) === nameOfReference(b);
}
