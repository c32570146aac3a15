// Which companies a person means by CRM ids, company keys, domains or names.
import { NotFoundError, UsageError } from '#errors/errors.ts';
import type { KeyedRecord, Store } from '#ports/store.ts';

export async function findAccountKeys(store: Store, accounts: readonly string[]): Promise<readonly string[]> {
  const keys = new Set<string>();
  for (const text of accounts) keys.add(await findAccountKey(store, text));
  return [...keys];
}

/** The one company that the text means. Nothing, or several: a UsageError that says so. */
export async function findAccountKey(store: Store, text: string): Promise<string> {
  const found = await store.records.findAccounts(text);
  const keys = new Set(found.flatMap((account) => account.companyKey ?? []));
  const [only] = keys;
  if (only !== undefined && keys.size === 1) return only;
  if (keys.size === 0) {
    throw new NotFoundError(`No account is called "${text}"`, {
      next: 'Name it by CRM id, company key, domain or its exact name; `tierline sync` reads new ones.',
    });
  }
  throw new UsageError([`Several accounts are called "${text}":`, ...found.map(describeAccount)].join('\n'), {
    next: 'Name one of them by its CRM id or company key.',
  });
}

function describeAccount(account: KeyedRecord): string {
  const { connection, id, companyKey, fields } = account;
  return `  ${connection} ${id}  ${companyKey ?? 'no key'}  ${String(fields['name'] ?? '')}  ${String(fields['country'] ?? '')}`;
}
