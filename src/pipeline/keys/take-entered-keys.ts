// A company key that a person entered in the CRM is their word: the record belongs to the company that has the key. A record
// that came with a key nobody replaced (a copy, an import) is only asked about, and a key nobody knows is told of.
import type { EnteredKey, NewJudgement } from '#ports/judgements.ts';
import type { Store } from '#ports/store.ts';
import type { Failure } from '../sync-report.ts';

/** More are counted, not listed. */
const LISTED = 20;

export async function takeEnteredKeys(store: Store): Promise<readonly Failure[]> {
  const judgements: NewJudgement[] = [];
  const heard: EnteredKey[] = [];
  const unknown = new Map<string, EnteredKey[]>();
  for await (const entered of store.judgements.entered()) {
    const { record, account, isKnown, isThere, replacesOurs } = entered;
    if (!isKnown) {
      const { connection } = record;
      unknown.set(connection, [...(unknown.get(connection) ?? []), entered]);
      continue;
    }
    // The ledger takes what replaced ours for ours: from here on the judgement says where the record belongs, and the field follows.
    heard.push(entered);
    if (isThere || account === null) continue;
    if (replacesOurs) judgements.push(wordOf(entered, account, 'same'));
    // People copy accounts to make similar ones: a key that came along says less than one that was changed.
    else if (record.object === 'account') judgements.push(wordOf(entered, account, 'unsure'));
  }
  await store.judgements.hearEntered(judgements, heard);
  return [...unknown].flatMap(([connection, entered]) => toFailures(connection, entered));
}

function wordOf(
  { record, entered }: EnteredKey,
  account: NewJudgement['b'],
  verdict: 'same' | 'unsure',
): NewJudgement {
  const reason =
    verdict === 'same'
      ? `The key ${entered} was entered in the CRM`
      : `The record came with the key ${entered}`;
  return { a: record, b: account, verdict, by: record.connection, reason, origin: 'crm', asked: null };
}

function toFailures(connection: string, entered: readonly EnteredKey[]): readonly Failure[] {
  const next = 'Enter the key of a company (`tierline keys show ACCOUNT`), or empty the field.';
  const common = {
    connection,
    field: 'companyKey',
    code: 'company_key_unknown',
    retry: 'never',
    next,
  } as const;
  const listed = entered.slice(0, LISTED).map(({ record }) => ({
    ...common,
    object: record.object,
    id: record.id,
    message: 'The company key that stands in the CRM is none that we gave',
  }));
  if (entered.length <= LISTED) return listed;
  const message = `${entered.length - LISTED} more records hold a company key that we never gave`;
  return [...listed, { ...common, object: 'account', id: null, message }];
}
