// Lets the matcher group the accounts and contacts of our copy, with what people said of them. From what was remembered of the run
// before and the records that changed since; without a memory from every record. Both come to the same keys.
import type { Anchor } from '#domain/key/assign-stable-keys.ts';
import type { Judgement, KeyAssignment } from '#domain/key/company-record.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import type { ReviewQuestion } from '#domain/key/match-companies.ts';
import {
  type CompanyMemory,
  createCompanyMemory,
  type RecordName,
} from '#domain/key/memory/company-memory.ts';
import { createMemorySource } from '#domain/key/memory/memory-parts.ts';
import { findWeakJoins, isWeakJoin, type WeakJoin } from '#domain/key/review/find-weak-joins.ts';
import { createCompanyReferenceReader } from '#mapping/source/company-references.ts';
import type { CompanyReferenceReader } from '#mapping/source/parse-source-row.ts';
import type { KeyedReference, NewJudgement } from '#ports/judgements.ts';
import type { Log } from '#ports/log.ts';
import type { MemoryToKeep, StoredMemory } from '#ports/match-memory.ts';
import type { KeyAnchor, Store } from '#ports/store.ts';
import { anchorLabels, decideAnchors, rankAnchors } from './anchor-votes.ts';
import { memoryVersion } from './memory-version.ts';
import { accountName, contactName, nameOfReference, parseRecordName } from './record-name.ts';
import { accountToMatch, contactToMatch } from './records-to-match.ts';

export interface KeyMatch {
  /** Accounts whose assignment, or whose company's accounts, are not what they were; in a whole match all. */
  readonly accounts: readonly KeyAssignment[];
  readonly persons: () => Iterable<KeyAssignment>;
  /** Null in a whole match: everybody else has no assignment any more. */
  readonly removed: readonly KeyedReference[] | null;
  readonly questions: () => readonly (ReviewQuestion | WeakJoin)[];
  /** How strongly an account ties a key to its group. */
  readonly anchorOf: (account: string) => Anchor;
  readonly anchors: (keyOf: (account: string) => string | null) => AsyncGenerator<KeyAnchor, void>;
  /** Accounts whose keys the anchors ask for. */
  readonly anchored: () => Iterable<string>;
  readonly memory: MemoryToKeep;
}

/** More changed records than this share of all, and reading every record is as fast. Of a few it never is. */
const MOST_CHANGED = { share: 0.2, fromRecords: 1000 } as const;

/** `judgements` newest first. */
export async function matchRecords(
  store: Store,
  rules: KeyRules,
  judgements: readonly NewJudgement[],
  log?: Log,
): Promise<KeyMatch> {
  const version = memoryVersion(rules);
  const references = createCompanyReferenceReader(rules);
  const remembered = await recall(store, rules, references, version, log);
  const memory = remembered?.memory ?? (await readAll(store, rules, references));
  const regrouping = memory.regroup(judgements.map(toJudgement));
  const anchors = rankAnchors(regrouping.labels());
  return {
    accounts: [...regrouping.accounts()],
    persons: regrouping.persons,
    removed: remembered && [...Array.from(regrouping.removed(), toReference), ...remembered.missing],
    questions: () => [
      ...regrouping.reviews(),
      ...findWeakJoins(
        [...regrouping.companiesWith((grounds) => isWeakJoin(grounds, rules.review))],
        rules.review,
      ),
    ],
    anchorOf: (account) => anchors.get(account) ?? 'record',
    anchors: (keyOf) => decideAnchors(regrouping.labels(), keyOf),
    *anchored() {
      for (const { accounts } of regrouping.labels()) yield* accounts;
    },
    memory: { version, parts: memory.save },
  };
}

async function readAll(
  store: Store,
  rules: KeyRules,
  references: CompanyReferenceReader,
): Promise<CompanyMemory> {
  const memory = createCompanyMemory(rules);
  for await (const record of store.records.stream({ object: 'account' }))
    memory.add({ ...accountToMatch(record), labels: anchorLabels(record.fields, references) });
  for await (const record of store.records.stream({ object: 'contact' })) memory.add(contactToMatch(record));
  return memory;
}

interface Recalled {
  readonly memory: CompanyMemory;
  /** Changed records that are no more, whether matching ever knew them or not. */
  readonly missing: readonly KeyedReference[];
}

/** The memory brought up to date; null when every record has to be read. */
async function recall(
  store: Store,
  rules: KeyRules,
  references: CompanyReferenceReader,
  version: string,
  log?: Log,
): Promise<Recalled | null> {
  const stored = await store.keys.memory(version);
  if (stored === null) {
    log?.info('Company keys are matched from every record: nothing is remembered that still holds');
    return null;
  }
  const source = createMemorySource();
  for await (const part of stored.parts()) source.put(part);
  const memory = createCompanyMemory(rules, source);
  const changed = stored.changes.length;
  if (
    memory.isWornOut() ||
    changed > Math.max(MOST_CHANGED.fromRecords, memory.size() * MOST_CHANGED.share)
  ) {
    log?.info('Company keys are matched from every record: too much has changed', { changed });
    return null;
  }
  const missing = await takeChanges(store, references, stored.changes, memory);
  log?.info('Company keys are matched from what changed', { changed });
  return { memory, missing };
}

async function takeChanges(
  store: Store,
  references: CompanyReferenceReader,
  changes: StoredMemory['changes'],
  memory: CompanyMemory,
): Promise<readonly KeyedReference[]> {
  const put = [];
  const missing = new Map(changes.map((each) => [`${each.object} ${nameOfReference(each)}`, each]));
  for (const [object, connection] of partsOf(changes)) {
    const ids = changes.filter((each) => each.object === object && each.connection === connection);
    for await (const record of store.records.stream({ object, connection, ids: ids.map(({ id }) => id) })) {
      missing.delete(`${object} ${nameOfReference({ object, connection, id: record.id })}`);
      if (object === 'contact') put.push(contactToMatch(record));
      else put.push({ ...accountToMatch(record), labels: anchorLabels(record.fields, references) });
    }
  }
  memory.change(put, Array.from(missing.values(), toName));
  return [...missing.values()];
}

function partsOf(changes: StoredMemory['changes']): readonly (readonly [KeyedReference['object'], string])[] {
  const connections = new Set(changes.map(({ connection }) => connection));
  return [...connections].flatMap((connection) => [
    ['account', connection] as const,
    ['contact', connection] as const,
  ]);
}

function toName({ object, connection, id }: KeyedReference): RecordName {
  return object === 'account'
    ? { kind: 'account', id: accountName(connection, id) }
    : { kind: 'person', id: contactName(connection, id) };
}

function toReference({ id }: RecordName): KeyedReference {
  return parseRecordName(id);
}

function toJudgement({ a, b, verdict }: NewJudgement): Judgement {
  return { a: nameOfReference(a), b: nameOfReference(b), verdict };
}
