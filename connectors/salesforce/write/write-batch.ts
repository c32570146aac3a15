// Sends one batch until every row has its outcome: bad rows are isolated, locked rows sent again, doubts read back first.
import type { ChangeOutcome, CrmChange } from '#ports/crm.ts';
import { OutcomeUnknownError } from '../../calls/outcome-unknown.ts';
import { sleepOrStop, waitBeforeRetry } from '../../calls/retry.ts';
import { RefusedCallError, rowErrorOf, toRowError, type VendorError } from '../errors.ts';
import { isLockCode } from '../row-advice.ts';
import type { Sorted } from './read-back.ts';
import type { CollectionAnswer } from './send-collection.ts';
import { changeIdsOf, failed, type WriteParts } from './write-parts.ts';
import { estimateStamps } from './written-at.ts';

/** How one verb sends its rows and reads their answers. */
export interface WriteVerb {
  send(changes: readonly CrmChange[]): Promise<CollectionAnswer>;
  /** Sorts changes whose fate is unknown by what the CRM holds. */
  readBack(changes: readonly CrmChange[]): Promise<Sorted>;
  /** The outcome when a row error means that the change stands already; null when it is an error. */
  forgive(change: CrmChange, error: VendorError): Promise<ChangeOutcome | null>;
}

interface Round {
  readonly outcomes: readonly ChangeOutcome[];
  readonly again: readonly CrmChange[];
  /** What is said of the rows that are still open when the attempts are used up. */
  readonly code: string;
}

// Refused for all rows alike: cutting the batch in halves would ask the same question 400 times.
const OBJECT_WIDE_CODES = new Set(['NOT_FOUND', 'INVALID_TYPE', 'METHOD_NOT_ALLOWED', 'ERROR_HTTP_404']);

export const writeBatch = async (
  parts: WriteParts,
  verb: WriteVerb,
  batch: readonly CrmChange[],
): Promise<readonly ChangeOutcome[]> => {
  const { client, signal } = parts;
  const { retry } = client.timings;
  const outcomes: ChangeOutcome[] = [];
  let open = batch;
  for (let attempt = 1; ; attempt += 1) {
    const round = await sendRound(parts, verb, open);
    outcomes.push(...round.outcomes);
    open = round.again;
    if (open.length === 0) return outcomes;
    if (attempt >= retry.attempts) {
      outcomes.push(...open.map((change) => failed(change, rowErrorOf(round.code))));
      return outcomes;
    }
    const waitMs = waitBeforeRetry(null, attempt, retry, client.random) ?? 0;
    client.log.info('rows are sent again', {
      connection: client.connection,
      object: parts.crmObject,
      rows: open.length,
      code: round.code,
      waitMs,
    });
    await sleepOrStop(client.clock, waitMs, signal);
  }
};

const sendRound = async (
  parts: WriteParts,
  verb: WriteVerb,
  changes: readonly CrmChange[],
): Promise<Round> => {
  await parts.beforeSend(changeIdsOf(changes));
  try {
    return await readAnswers(verb, changes, await verb.send(changes));
  } catch (error) {
    if (error instanceof OutcomeUnknownError) {
      const { settled, open } = await verb.readBack(changes);
      return { outcomes: settled, again: open, code: 'OUTCOME_UNKNOWN' };
    }
    if (error instanceof RefusedCallError)
      return { outcomes: await isolate(parts, verb, changes, error), again: [], code: error.code };
    throw error;
  }
};

const readAnswers = async (
  verb: WriteVerb,
  changes: readonly CrmChange[],
  answer: CollectionAnswer,
): Promise<Round> => {
  const stamps = estimateStamps(answer.window, changes.length);
  const outcomes: ChangeOutcome[] = [];
  const again: CrmChange[] = [];
  let code = 'UNABLE_TO_LOCK_ROW';
  for (const [index, change] of changes.entries()) {
    const row = answer.rows[index];
    const { changeId } = change;
    if (row === undefined || (row.error === null && row.id === null && change.recordId === null)) {
      again.push(change);
      code = 'OUTCOME_UNKNOWN';
    } else if (row.error === null) {
      const recordId = row.id ?? change.recordId ?? '';
      outcomes.push({ changeId, status: 'written', recordId, writtenAt: stamps[index] ?? null });
    } else if (isLockCode(row.error.code)) {
      again.push(change);
    } else {
      outcomes.push((await verb.forgive(change, row.error)) ?? failed(change, toRowError(row.error)));
    }
  }
  return { outcomes, again, code };
};

/** A call refused as a whole: finds the rows that are to blame and sends the others without them. */
const isolate = async (
  parts: WriteParts,
  verb: WriteVerb,
  changes: readonly CrmChange[],
  error: RefusedCallError,
): Promise<readonly ChangeOutcome[]> => {
  const { code, field } = error;
  const failAll = (rows: readonly CrmChange[]): readonly ChangeOutcome[] =>
    rows.map((change) => failed(change, rowErrorOf(code, field)));
  if (changes.length === 1 || OBJECT_WIDE_CODES.has(code)) return failAll(changes);

  const naming = changes.filter(({ fields }) => field !== null && field in fields);
  if (naming.length > 0 && code.startsWith('INVALID_FIELD')) {
    const others = changes.filter((change) => !naming.includes(change));
    return [...failAll(naming), ...(others.length === 0 ? [] : await writeBatch(parts, verb, others))];
  }
  const middle = Math.ceil(changes.length / 2);
  return [
    ...(await writeBatch(parts, verb, changes.slice(0, middle))),
    ...(await writeBatch(parts, verb, changes.slice(middle))),
  ];
};
