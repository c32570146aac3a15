import { describe, expect, it } from 'vitest';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { matchKeyLines } from '#pipeline/match-key-file.ts';

const rules = loadKeyRules();

async function run(lines: readonly string[]) {
  const counts = { records: 0, errors: 0 };
  const output: Record<string, unknown>[] = [];
  for await (const line of matchKeyLines(lines, rules, counts))
    output.push(JSON.parse(line) as Record<string, unknown>);
  return { counts, output };
}

async function keysOf(lines: readonly string[]) {
  return new Map((await run(lines)).output.map((row) => [row['id'], row['key']]));
}

describe('matchKeyLines', () => {
  it('answers every line in its place, a bad one with its number and what is wrong', async () => {
    const { counts, output } = await run([
      '\uFEFF{"id":"1","name":"Acme","domain":"acme.com"}',
      'not json',
      '{"name":"no id"}',
      '',
      '{"id":"2","name":"ACME Inc.","domain":"www.acme.com","extra":true}',
      '{"id":"1","name":"again"}',
    ]);
    expect(counts).toEqual({ records: 2, errors: 3 });
    expect(output.map((row) => row['id'] ?? row['line'])).toEqual(['1', 2, 3, '2', 6]);
    expect(output[1]).toEqual({ line: 2, error: 'not valid JSON' });
    expect(output[0]?.['key']).toBe(output[3]?.['key']);
  });

  it('gives null to a person of no company and 1 to a company alone', async () => {
    const { output } = await run([
      '{"id":"p","email":"x@gmail.com","company_name":"n/a"}',
      '{"id":"a","name":"Solo"}',
    ]);
    expect(output[0]).toEqual({ id: 'p', key: null, evidence: [], confidence: 1 });
    expect(output[1]).toMatchObject({ id: 'a', evidence: [], confidence: 1 });
  });

  it('gives the same keys in any order of lines', async () => {
    const lines = [
      '{"id":"b","name":"Acme"}',
      '{"id":"a","name":"ACME Ltd"}',
      '{"id":"c","email":"c@beta.io"}',
    ];
    expect(await keysOf(lines.toReversed())).toEqual(await keysOf(lines));
  });
});
