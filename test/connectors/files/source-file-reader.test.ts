// What is read of source files as vendors and spreadsheets write them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceFileReader } from '#connectors/files/source-file-reader.ts';
import { ConfigError } from '#errors/errors.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tierline-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string | Uint8Array, name = 'rows.csv', encoding: string | null = null) {
  const absolute = path.join(folder, name);
  writeFileSync(absolute, content);
  return { path: absolute, shownPath: `data/${name}`, encoding };
}

const rowsOf = (...given: Parameters<typeof file>) => Array.fromAsync(sourceFileReader.rows(file(...given)));

/** Only what the rows hold, or why they are none. */
async function read(...given: Parameters<typeof file>) {
  const rows = await rowsOf(...given);
  return rows.map((row) => ('columns' in row ? row.columns : row.reason));
}

async function refusal(work: () => Promise<unknown>): Promise<string> {
  const error: unknown = await work().then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return error instanceof ConfigError ? `${error.message}\n${error.next}` : '';
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

const PAIR = [
  { domain: 'a.com', topic: 'ERP' },
  { domain: 'b.com', topic: 'CRM' },
];

describe('a CSV file', () => {
  it.each([
    { what: 'with LF', content: 'domain,topic\na.com,ERP\nb.com,CRM\n' },
    { what: 'with CRLF', content: 'domain,topic\r\na.com,ERP\r\nb.com,CRM\r\n' },
    { what: 'with CR alone', content: 'domain,topic\ra.com,ERP\rb.com,CRM\r' },
    { what: 'without a last line break', content: 'domain,topic\na.com,ERP\nb.com,CRM' },
    { what: 'with a byte-order mark', content: '\uFEFFdomain,topic\na.com,ERP\nb.com,CRM\n' },
    { what: 'with semicolons', content: 'domain;topic\na.com;ERP\nb.com;CRM\n' },
    { what: 'with tabs', content: 'domain\ttopic\na.com\tERP\nb.com\tCRM\n' },
    { what: 'with quotes', content: '"domain","topic"\n"a.com","ERP"\nb.com,"CRM"\n' },
    { what: 'with empty lines', content: 'domain,topic\n\na.com,ERP\n\n\nb.com,CRM\n\n' },
    { what: 'with spaces around the names', content: ' domain , topic \na.com,ERP\nb.com,CRM\n' },
  ])('$what is read', async ({ content }) => {
    expect(await read(content)).toEqual(PAIR);
  });

  it('may hold delimiters, quotes and line breaks inside quotes', async () => {
    const rows = await rowsOf('domain,topic\na.com,"ERP, ""cloud""\r\nand more"\nb.com,CRM\n');
    expect(rows).toEqual([
      { rowNumber: 2, columns: { domain: 'a.com', topic: 'ERP, "cloud"\nand more' } },
      { rowNumber: 4, columns: { domain: 'b.com', topic: 'CRM' } },
    ]);
  });

  it('refuses a line with too many or too few columns, and reads the others', async () => {
    const rows = await rowsOf('domain,topic\na.com\nb.com,CRM\nc.com,ERP,x\n');
    expect(rows).toEqual([
      { rowNumber: 2, reason: 'the line has 1 columns, the header 2' },
      { rowNumber: 3, columns: { domain: 'b.com', topic: 'CRM' } },
      { rowNumber: 4, reason: 'the line has 3 columns, the header 2' },
    ]);
  });

  it('gives back any cells that it is given', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '株', '"', ',', ';', '\n', ' '), maxLength: 8 });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const lines = rows.map(([domain, topic]) => `${quoted(domain)},${quoted(topic)}`);
        const expected = rows.map(([domain, topic]) => ({ domain, topic }));
        expect(await read(`domain,topic\n${lines.join('\n')}\n`)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a quote that is never closed', () => {
  const REASON = 'a quote is opened and never closed';

  it.each([0, 1, 1500, 2999])('costs its own line only, at line %i of thousands', async (at) => {
    const lines = Array.from({ length: 3000 }, (_, index) => `c${index}.com,T${index}`);
    lines[at] = `c${at}.com,"T${at}`;
    const rows = await rowsOf(`domain,topic\n${lines.join('\n')}\n`);
    expect(rows).toHaveLength(3000);
    expect(rows.filter((row) => 'reason' in row)).toEqual([{ rowNumber: at + 2, reason: REASON }]);
    expect(new Set(rows.map(({ rowNumber }) => rowNumber)).size).toBe(3000);
  });

  it('takes no lines along when another one stands a few lines below', async () => {
    const rows = await rowsOf(
      'domain,topic\na.com,24" screens\nb.com,CRM\nc.com,ERP\nd.com,12" disks\ne.com,CRM\n',
    );
    expect(rows.map(({ rowNumber }) => rowNumber)).toEqual([2, 3, 4, 5, 6]);
    expect(rows.filter((row) => 'columns' in row).map(({ rowNumber }) => rowNumber)).toEqual([3, 4, 6]);
  });

  it('is told of the right line after a field with line breaks', async () => {
    const rows = await rowsOf('domain,topic\na.com,"two\nlines"\nb.com,"open\nc.com,CRM\n');
    expect(rows.map((row) => [row.rowNumber, 'reason' in row])).toEqual([
      [2, false],
      [4, true],
      [5, false],
    ]);
  });
});

describe('the header of a CSV file', () => {
  it('names its columns; JSON Lines have none', async () => {
    expect(await sourceFileReader.header(file('Domain;Topic\na;b\n'))).toEqual(['Domain', 'Topic']);
    expect(await sourceFileReader.header(file('{"domain":"a.com"}\n', 'rows.jsonl'))).toBeNull();
  });

  it.each([
    { what: 'the file is empty', content: '' },
    { what: 'there are only empty lines', content: '\n\n' },
    { what: 'a column stands twice', content: 'domain,topic,domain\n' },
    { what: 'a quote is never closed', content: 'domain,"topic\na.com,ERP\n' },
    { what: 'a quote stands inside a name', content: 'do"ma"in,topic\na.com,ERP\n' },
  ])('is refused where $what', async ({ content }) => {
    const said = await refusal(() => sourceFileReader.header(file(content)));
    expect(said).toMatch(/^data\/rows\.csv has no usable header line: .*\n.*each once/u);
  });
});

describe('the encoding of a file', () => {
  it('is told by a UTF-16 mark, of either byte order', async () => {
    const content = Buffer.from('\uFEFFdomain,topic\na.com,日本\n', 'utf16le');
    expect(await read(content)).toEqual([{ domain: 'a.com', topic: '日本' }]);
    expect(await read(Buffer.from(content).swap16())).toEqual([{ domain: 'a.com', topic: '日本' }]);
  });

  const LATIN = Buffer.from('domain,topic\na.com,Müller\n', 'latin1');

  it('is refused as UTF-8 where it is windows-1252, naming the file and the setting', async () => {
    const said = await refusal(() => read(LATIN));
    expect(said).toMatch(
      /^data\/rows\.csv is not UTF-8: .*\n.*`encoding:` in tierline\.yaml \(windows-1252/u,
    );
  });

  it.each([
    { encoding: 'windows-1252', bytes: LATIN, topic: 'Müller' },
    {
      encoding: 'shift_jis',
      bytes: Buffer.concat([
        Buffer.from('domain,topic\na.com,'),
        Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x0a]),
      ]),
      topic: '日本',
    },
  ])('is $encoding when the workspace says so', async ({ encoding, bytes, topic }) => {
    expect(await read(bytes, 'rows.csv', encoding)).toEqual([{ domain: 'a.com', topic }]);
  });

  it('is refused where a character is cut off at the end', async () => {
    const cut = Buffer.from('domain,topic\na.com,é').subarray(0, -1);
    expect(await refusal(() => read(cut))).toContain('is not UTF-8');
  });

  it('is read right where a character is split between two chunks', async () => {
    const long = '株'.repeat(60_000);
    expect(await read(`domain,topic\na.com,x${long}\n`)).toEqual([{ domain: 'a.com', topic: `x${long}` }]);
  });
});

describe('JSON Lines', () => {
  it('are read, and a broken line costs itself only', async () => {
    const rows = await rowsOf(
      '\uFEFF{"domain":"a.com","score":5}\r\n{"domain":\n\n[1]\n"x"\nnull\n{"domain":"b.com"}',
      'rows.jsonl',
    );
    expect(rows).toEqual([
      { rowNumber: 1, columns: { domain: 'a.com', score: 5 } },
      { rowNumber: 2, reason: 'the line is not JSON' },
      { rowNumber: 4, reason: 'the line holds no JSON object' },
      { rowNumber: 5, reason: 'the line holds no JSON object' },
      { rowNumber: 6, reason: 'the line holds no JSON object' },
      { rowNumber: 7, columns: { domain: 'b.com' } },
    ]);
  });

  it.each(['rows.jsonl', 'rows.ndjson', 'ROWS.JSONL'])('are known by the name %s', async (name) => {
    expect(await read('{"domain":"a.com"}\n', name)).toEqual([{ domain: 'a.com' }]);
  });
});

describe('a packed file', () => {
  it.each([
    { name: 'rows.csv.gz', content: 'domain,topic\na.com,ERP\nb.com,CRM\n' },
    { name: 'rows.jsonl.gz', content: PAIR.map((row) => JSON.stringify(row)).join('\n') },
  ])('is read as $name', async ({ name, content }) => {
    expect(await read(gzipSync(content), name)).toEqual(PAIR);
  });

  it('that is none, or is cut off, is refused by its name', async () => {
    const whole = gzipSync('domain,topic\na.com,ERP\n'.repeat(50));
    for (const content of ['domain,topic\n', whole.subarray(0, -12)])
      expect(await refusal(() => read(content, 'rows.csv.gz'))).toMatch(
        /data\/rows\.csv\.gz cannot be read: .*gzip/su,
      );
  });
});

describe('a packed file that is made to fill a machine', () => {
  const line = `a.com,${'x'.repeat(1_000)}\n`;

  it.each([
    ['of rows', gzipSync(`domain,topic\n${line.repeat(60_000)}`)],
    ['of one line', gzipSync(`domain,topic\n${'a'.repeat(8_000_000)}`)],
  ])('%s is refused before it is unpacked', async (_, packed) => {
    const bomb = file(packed, 'rows.csv.gz');
    const readAll = async () => {
      for await (const row of sourceFileReader.rows(bomb)) expect(row.rowNumber).toBeGreaterThan(0);
    };
    expect(await refusal(readAll)).toMatch(/data\/rows\.csv\.gz (?:unpacks to more|line 2 is longer)/u);
  });
});

describe('a file that is not there', () => {
  it.each(['rows.csv', 'rows.csv.gz', 'rows.jsonl'])('is named: %s', async (name) => {
    const missing = { path: path.join(folder, name), shownPath: `data/${name}`, encoding: null };
    for (const work of [
      () => Array.fromAsync(sourceFileReader.rows(missing)),
      () => sourceFileReader.fingerprint(missing),
    ])
      expect(await refusal(work)).toContain(`data/${name}`);
  });

  it('is told before its header is', async () => {
    const missing = { path: path.join(folder, 'no.csv'), shownPath: 'data/no.csv', encoding: null };
    expect(await refusal(() => sourceFileReader.header(missing))).toMatch(/no readable file data\/no\.csv/u);
  });

  it('may be a folder', async () => {
    const aFolder = { path: folder, shownPath: 'data', encoding: null };
    expect(await refusal(() => sourceFileReader.header(aFolder))).toContain('data');
  });
});

describe('the fingerprint of a file', () => {
  it('changes with its content and with nothing else', async () => {
    const [first, same, other] = await Promise.all([
      sourceFileReader.fingerprint(file('a', 'one.csv')),
      sourceFileReader.fingerprint(file('a', 'two.csv')),
      sourceFileReader.fingerprint(file('b', 'three.csv')),
    ]);
    expect(same).toBe(first);
    expect(other).not.toBe(first);
  });
});
