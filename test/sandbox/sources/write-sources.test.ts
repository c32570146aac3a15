import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WrittenSource, writeSources } from '#sandbox/sources/write-sources.ts';
import { createWorld } from '#sandbox/world/create-world.ts';

type Cells = Readonly<Record<string, string>>;

const asOf = new Date('2026-11-20T00:00:00Z');
const world = createWorld({ accounts: 300, asOf });
let folder = '';
let written: readonly WrittenSource[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
  written = await writeSources(world, folder);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const readCsv = async (file: string): Promise<readonly Cells[]> => {
  const bytes = await readFile(join(folder, file));
  return parse<Cells>(file.endsWith('.gz') ? gunzipSync(bytes) : bytes, { bom: true, columns: true });
};

const readLines = async (file: string): Promise<readonly string[]> =>
  (await readFile(join(folder, file), 'utf8')).trimEnd().split('\n');

const parseLine = (line: string): readonly Cells[] => {
  try {
    return [JSON.parse(line) as Cells];
  } catch {
    return [];
  }
};

const distinct = (rows: readonly Cells[], column: string): readonly string[] =>
  [...new Set(rows.map((row) => row[column] ?? ''))].toSorted((a, b) => (a < b ? -1 : 1));

describe('writeSources', () => {
  it('writes one file of each kind and counts its rows', async () => {
    expect(written.map(({ kind, file }) => [kind, file])).toEqual([
      ['intent-scores', 'surge.csv'],
      ['intent-counts', 'weekly.csv'],
      ['intent-signals', 'g2.jsonl'],
      ['firmographics', 'firmo.csv'],
      ['transactions', 'invoices.csv.gz'],
      ['engagement', 'visits.jsonl'],
    ]);
    expect(written[0]?.rows).toBe((await readCsv('surge.csv')).length);
    expect(written[4]?.rows).toBe((await readCsv('invoices.csv.gz')).length);
    expect(written[5]?.rows).toBe((await readLines('visits.jsonl')).length);
  });

  it('writes the same bytes for the same world', async () => {
    const other = await mkdtemp(join(tmpdir(), 'sources-'));
    await writeSources(createWorld({ accounts: 300, asOf }), other);
    for (const { file } of written) {
      expect((await readFile(join(other, file))).equals(await readFile(join(folder, file)))).toBe(true);
    }
    await rm(other, { recursive: true });
  });

  it('puts a byte order mark in front of one file', async () => {
    expect([...(await readFile(join(folder, 'surge.csv'))).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('names companies by domain, by name and country, and by registration numbers, never by a CRM id', async () => {
    const scores = await readCsv('surge.csv');
    expect(scores.some((row) => row['domain'] !== '' && row['name'] === '')).toBe(true);
    expect(scores.some((row) => row['domain'] === '' && row['name'] !== '' && row['country'] !== '')).toBe(
      true,
    );
    const invoices = await readCsv('invoices.csv.gz');
    expect(invoices.some((row) => row['domain'] === '' && row['name'] === '' && row['duns'] !== '')).toBe(
      true,
    );
    expect(Object.keys(invoices[0] ?? {})).not.toContain('crm_id');
  });

  it('gives a company the same registration number in both files that hold it', async () => {
    const firmo = await readCsv('firmo.csv');
    const known = new Set(firmo.flatMap((row) => [row['duns'], row['jp_corporate_number'], row['tw_ubn']]));
    const orphaned = (await readCsv('invoices.csv.gz')).filter(
      (row) => row['domain'] === '' && row['name'] === '',
    );
    const joined = orphaned.filter((row) =>
      [row['duns'], row['jp_corporate_number'], row['tw_ubn']].some(
        (number) => number !== '' && known.has(number),
      ),
    );
    expect(joined.length).toBeGreaterThan(0);
  });

  it('fills every column of the firmographics, for some companies each', async () => {
    const rows = await readCsv('firmo.csv');
    const columns = Object.keys(rows[0] ?? {});
    expect(columns).toHaveLength(17);
    expect(columns.filter((column) => rows.every((row) => row[column] === ''))).toEqual([]);
    expect(distinct(rows, 'budget')).toEqual(['', 'confirmed', 'frozen', 'likely', 'perhaps', 'unknown']);
    expect(rows.some((row) => row['technologies']?.includes(';'))).toBe(true);
  });

  it('counts at least 15 complete weeks, each from a Monday', async () => {
    const good = (await readCsv('weekly.csv')).filter(
      (row) => Number(row['count']) > 0 && row['week'] !== 'W47',
    );
    const weeks = distinct(good, 'week').filter((week) => new Date(week).getUTCDay() === 1);
    expect(weeks.length).toBeGreaterThanOrEqual(15);
    expect(weeks.at(-1)).toBe('2026-11-09');
  });

  it('speaks of all event types a person can cause, by e-mail and without a name', async () => {
    const rows = (await readLines('visits.jsonl')).flatMap(parseLine);
    expect(distinct(rows, 'type')).toEqual(
      expect.arrayContaining([
        'page',
        'high_value_page',
        'click',
        'download',
        'webinar',
        'event',
        'reply',
        'call',
      ]),
    );
    expect(rows.some((row) => row['type'] === 'demo_request' || row['type'] === 'trial')).toBe(true);
    expect(
      rows.filter((row) => row['email'] === undefined && row['domain'] !== undefined).length,
    ).toBeGreaterThan(20);
  });

  it('engages people whom the CRMs know', async () => {
    const known = new Set(world.people.flatMap((person) => person.email?.toLowerCase() ?? []));
    const mails = (await readLines('visits.jsonl')).flatMap(parseLine).flatMap((row) => row['email'] ?? []);
    expect(mails.filter((email) => known.has(email)).length / mails.length).toBeGreaterThan(0.6);
  });

  it('bills customers for more than two years', async () => {
    const days = distinct(await readCsv('invoices.csv.gz'), 'occurred_on').filter((day) => day !== '');
    expect(Date.parse(String(days.at(-1))) - Date.parse(String(days[0]))).toBeGreaterThan(
      2 * 365 * 86_400_000,
    );
  });

  it('holds a few bad rows in every file', async () => {
    expect((await readCsv('surge.csv')).some((row) => row['score'] === '130')).toBe(true);
    expect((await readCsv('weekly.csv')).some((row) => row['count'] === '-3')).toBe(true);
    expect((await readCsv('firmo.csv')).some((row) => row['employees'] === 'many')).toBe(true);
    expect((await readCsv('invoices.csv.gz')).some((row) => row['type'] === 'refund')).toBe(true);
    for (const file of ['g2.jsonl', 'visits.jsonl']) {
      const lines = await readLines(file);
      expect(lines.filter((line) => parseLine(line).length === 0)).toHaveLength(1);
    }
  });

  it('holds rows of the future, to be ignored until then', async () => {
    const days = distinct(await readCsv('surge.csv'), 'observed_on');
    expect(days).toContain('2026-11-27');
  });
});
