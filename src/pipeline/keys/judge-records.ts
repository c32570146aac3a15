// Takes people's judgements in: stores them for ever and lets the keys follow, at once where nothing else waits to be keyed.
// Asks no CRM.
import type { KeyChangeEntry, NewJudgement } from '#ports/judgements.ts';
import type { KeyEvent } from '#ports/store.ts';
import { newRunId } from '../run-id.ts';
import type { Session } from '../session.ts';
import { assignKeys, judgedApartOf } from './assign-keys.ts';
import { keepKeys } from './keep-keys.ts';
import { matchRecords } from './match-records.ts';
import { MATCHER_VERSION } from './memory-version.ts';
import { accountName } from './record-name.ts';

export const JUDGEMENT_EFFECTS = ['now', 'next_sync', 'dry_run'] as const;

export interface JudgementOutcome {
  /** `next_sync`: a run is at work, or changes wait to be keyed; the next sync takes the judgements in with them. */
  readonly effect: (typeof JUDGEMENT_EFFECTS)[number];
  readonly judgements: readonly NewJudgement[];
  /** What became of keys, or would; empty until the next sync. A new key in a dry run is not the one it will be. */
  readonly changes: readonly KeyEvent[];
  /** Accounts that go, or would go, to another key. */
  readonly movedAccounts: number;
}

/** Changes of one key command that are shown. */
const SHOWN_CHANGES = 1000;

type KeyParts = Pick<Session, 'store' | 'rules' | 'clock'>;

export async function judgeRecords(
  parts: KeyParts,
  judgements: readonly NewJudgement[],
  options: { readonly dryRun: boolean },
): Promise<JudgementOutcome> {
  if (options.dryRun) return previewJudgements(parts, judgements);
  const { store, rules, clock } = parts;
  const later = { effect: 'next_sync', judgements, changes: [], movedAccounts: 0 } as const;
  const unlock = await store.runs.lock();
  if (unlock === null) {
    await store.judgements.add(judgements);
    return later;
  }
  try {
    // What else waits to be keyed is the next sync's, with the limit that guards it.
    const othersWait = await store.keys.isStale(MATCHER_VERSION);
    await store.judgements.add(judgements);
    if (othersWait) return later;
    const run = `keys-${newRunId(clock.now())}`;
    await assignKeys(store, run, rules.keys, null);
    const changes = await store.keyHistory.changes({ run, limit: SHOWN_CHANGES });
    return {
      effect: 'now',
      judgements,
      changes: changes.flatMap(toEvent),
      movedAccounts: await store.keyHistory.movedAccounts(run),
    };
  } finally {
    await unlock();
  }
}

async function previewJudgements(
  { store, rules }: KeyParts,
  judgements: readonly NewJudgement[],
): Promise<JudgementOutcome> {
  const all = [...judgements, ...(await store.judgements.list())];
  const match = await matchRecords(store, rules.keys, all);
  const { keyOf, events } = await keepKeys(store, match, judgedApartOf(all));
  let movedAccounts = 0;
  for await (const { connection, object, id, key } of store.keys.memberships()) {
    if (object !== 'account' || key === null) continue;
    const after = keyOf(accountName(connection, id));
    if (after !== null && after !== key) movedAccounts += 1;
  }
  const changes = events.filter(({ kind }) => kind !== 'mint');
  return { effect: 'dry_run', judgements, changes, movedAccounts };
}

function toEvent({ kind, key, otherKey, reason }: KeyChangeEntry): readonly KeyEvent[] {
  if (key === null || otherKey === null) return [];
  if (kind === 'merge') return [{ kind, key, into: otherKey, reason }];
  return kind === 'split' ? [{ kind, key, from: otherKey, reason }] : [];
}
