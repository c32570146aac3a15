// `keys split COMPANY ID…`: a person says that these records are another company than the rest. Makes the judgements; moves
// nothing itself.
import { NotFoundError, UsageError } from '#errors/errors.ts';
import type { KeyedReference, NewJudgement } from '#ports/judgements.ts';
import type { Store } from '#ports/store.ts';
import { findAccountKey } from '../find-account-keys.ts';
import type { Spoken } from './merge-companies.ts';
import { nameOfReference } from './record-name.ts';

/** `ids`: CRM ids of accounts or contacts of the company, as `connection:id` where two connections share one. */
export async function judgeSplit(
  store: Store,
  company: string,
  ids: readonly string[],
  spoken: Spoken,
): Promise<readonly NewJudgement[]> {
  const key = await findAccountKey(store, company);
  const members = (await store.keyHistory.members(key)).map(({ record }) => record);
  const named = [...new Set(ids)].map((id) => findMember(members, id, company));
  const leaving = new Set(named.map(nameOfReference));
  const staying = members.filter(
    (member) => member.object === 'account' && !leaving.has(nameOfReference(member)),
  );
  const accounts = named.filter(({ object }) => object === 'account');
  if (staying.length === 0) {
    throw new UsageError(`Every account of "${company}" is named: nothing would stay`, {
      next: 'Leave out those that keep the company.',
    });
  }
  const common = { origin: 'split', asked: null, ...spoken } as const;
  const apart = named.flatMap((record) =>
    staying.map((rest): NewJudgement => ({ ...common, a: record, b: rest, verdict: 'different' })),
  );
  // Those that leave, leave together: also what only the rest held together, and contacts with their accounts.
  const [first] = accounts;
  const others = first === undefined ? [] : named.filter((record) => record !== first);
  const together = others.map((record): NewJudgement => {
    return { ...common, a: first ?? record, b: record, verdict: 'same' };
  });
  return [...apart, ...together];
}

function findMember(members: readonly KeyedReference[], id: string, company: string): KeyedReference {
  const found = members.filter((member) => member.id === id || `${member.connection}:${member.id}` === id);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new NotFoundError(`No account or contact of "${company}" has the id ${id}`, {
      next: '`tierline keys show ACCOUNT` lists the records of a company.',
    });
  }
  throw new UsageError(
    [
      `Several records of "${company}" have the id ${id}:`,
      ...found.map(({ connection, object }) => `  ${connection}:${id}  ${object}`),
    ].join('\n'),
    { next: 'Name one of them as CONNECTION:ID.' },
  );
}
