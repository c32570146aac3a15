// Forgets a person: at once where no run is at work, else when it is over. Asks no CRM, and puts no address where it would stay.
import { hashText } from '#mapping/files/hash-text.ts';
import type { AuditEntry, Author } from '#ports/audit.ts';
import type { ForgettingReport, NamedPerson, PersonRecord } from '#ports/forgetting.ts';
import type { Session } from './session.ts';

/** `after_run`: a run is at work; it forgets the person as the last thing it does, and `removed` is what there was to remove. */
export const FORGETTING_EFFECTS = ['now', 'after_run', 'dry_run'] as const;

export interface ForgettingOutcome extends ForgettingReport {
  readonly effect: (typeof FORGETTING_EFFECTS)[number];
  /** False: nothing of the person is or was stored. */
  readonly found: boolean;
}

type ForgettingParts = Pick<Session, 'store' | 'clock'>;

/** @param email as people write it */
export async function forgetPerson(
  { store, clock }: ForgettingParts,
  email: string,
  { dryRun, author }: { readonly dryRun: boolean; readonly author: Author },
): Promise<ForgettingOutcome> {
  const person: NamedPerson = { addresses: [email], records: [] };
  if (dryRun) return outcome('dry_run', await store.forgetting.preview(person));
  const entryOf = (after: AuditEntry['after']): AuditEntry => ({
    at: clock.now().toISOString(),
    author,
    action: 'person.forget',
    subject: `person:${fingerprint(email.normalize('NFKC').trim().toLowerCase())}`,
    before: null,
    after,
  });
  const unlock = await store.runs.lock();
  if (unlock === null) {
    const report = await store.forgetting.preview(person);
    await store.forgetting.note(person, entryOf({ effect: 'after_run', removed: { ...report.removed } }));
    return outcome('after_run', report);
  }
  try {
    const report = await store.forgetting.forget(person, ({ removed }) =>
      entryOf({ effect: 'now', removed: { ...removed } }),
    );
    return outcome('now', report);
  } finally {
    await unlock();
  }
}

/**
 * People who asked a CRM to be forgotten: on disk before it resolves. The run that reads what the CRM reported forgets them last,
 * when it has seen what their going means for their companies.
 */
export async function noteForgotten(
  { store, clock }: ForgettingParts,
  records: readonly PersonRecord[],
  requestId: string,
): Promise<void> {
  const [first] = records;
  if (first === undefined) return;
  const people = records.map(({ connection, id }) => `person:${fingerprint(`${connection} ${id}`)}`);
  await store.forgetting.note(
    { addresses: [], records },
    {
      at: clock.now().toISOString(),
      author: { kind: 'crm', id: first.connection, requestId },
      action: 'person.forget',
      subject: people.length === 1 ? (people[0] ?? '') : 'people',
      before: null,
      after: { effect: 'after_run', people },
    },
  );
}

/** The last thing of a run, under its lock. What fails stays noted for the next run, and the run's own end is told all the same. */
export async function forgetNoted({ store, log }: Pick<Session, 'store' | 'log'>): Promise<void> {
  try {
    const report = await store.forgetting.forgetNoted();
    if (report !== null) log.info('People who asked for it were forgotten', { ...report.removed });
  } catch (error) {
    log.error('People who asked for it could not be forgotten; the next run tries again', {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

function outcome(effect: ForgettingOutcome['effect'], report: ForgettingReport): ForgettingOutcome {
  return { effect, found: Object.values(report.removed).some((count) => count > 0), ...report };
}

/** Enough to find the entry again for somebody who knows the address; nothing to read it from. */
function fingerprint(text: string): string {
  return hashText(text).slice(0, 12);
}
