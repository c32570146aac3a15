// Writes the source files of the demo workspace: third-party and own data about the companies of a world.
// It knows the file formats of the contract and nothing of how they are read.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { World } from '#sandbox/world/world.ts';
import { writeEngagement } from './engagement.ts';
import { FIRMOGRAPHICS_COLUMNS, writeFirmographics } from './firmographics.ts';
import { INTENT_COUNTS_COLUMNS, writeIntentCounts } from './intent-counts.ts';
import { INTENT_SCORES_COLUMNS, writeIntentScores } from './intent-scores.ts';
import { writeIntentSignals } from './intent-signals.ts';
import { collectProspects } from './prospects.ts';
import { toCsv, toJsonLines } from './rows.ts';
import { TRANSACTIONS_COLUMNS, writeTransactions } from './transactions.ts';

/** An entry of `sources:` in tierline.yaml, with the file relative to the folder it was written to. */
export interface WrittenSource {
  readonly id: string;
  readonly kind:
    | 'intent-scores'
    | 'intent-counts'
    | 'intent-signals'
    | 'firmographics'
    | 'transactions'
    | 'engagement';
  readonly file: string;
  readonly method?: 'coop_consented' | 'review_site' | 'first_party';
  readonly regions?: readonly string[];
  readonly fresh?: string;
  /** Lines of data, refused ones included. */
  readonly rows: number;
}

const BYTE_ORDER_MARK = '\u{FEFF}';

/** Overwrites files of the same names. The same world gives the same bytes. */
export const writeSources = async (world: World, folder: string): Promise<readonly WrittenSource[]> => {
  const { asOf } = world;
  const prospects = collectProspects(world);
  const scores = writeIntentScores(prospects, asOf);
  const counts = writeIntentCounts(prospects, asOf);
  const signals = writeIntentSignals(prospects, asOf);
  const firmographics = writeFirmographics(prospects, asOf);
  const transactions = writeTransactions(prospects, asOf);
  const engagement = writeEngagement(prospects, asOf);

  await mkdir(folder, { recursive: true });
  await Promise.all([
    // Excel saves CSV with a byte order mark.
    writeFile(join(folder, 'surge.csv'), BYTE_ORDER_MARK + toCsv(INTENT_SCORES_COLUMNS, scores)),
    writeFile(join(folder, 'weekly.csv'), toCsv(INTENT_COUNTS_COLUMNS, counts)),
    writeFile(join(folder, 'g2.jsonl'), toJsonLines(signals)),
    writeFile(join(folder, 'firmo.csv'), toCsv(FIRMOGRAPHICS_COLUMNS, firmographics)),
    writeFile(join(folder, 'invoices.csv.gz'), gzipSync(toCsv(TRANSACTIONS_COLUMNS, transactions))),
    writeFile(join(folder, 'visits.jsonl'), toJsonLines(engagement)),
  ]);
  return [
    {
      id: 'surge',
      kind: 'intent-scores',
      file: 'surge.csv',
      method: 'coop_consented',
      regions: ['EU', 'US', 'JP'],
      rows: scores.length,
    },
    {
      id: 'weekly',
      kind: 'intent-counts',
      file: 'weekly.csv',
      method: 'coop_consented',
      rows: counts.length,
    },
    { id: 'g2', kind: 'intent-signals', file: 'g2.jsonl', method: 'review_site', rows: signals.length },
    { id: 'firmo', kind: 'firmographics', file: 'firmo.csv', fresh: '180d', rows: firmographics.length },
    { id: 'erp', kind: 'transactions', file: 'invoices.csv.gz', rows: transactions.length },
    { id: 'web', kind: 'engagement', file: 'visits.jsonl', method: 'first_party', rows: engagement.length },
  ];
};
