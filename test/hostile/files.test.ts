// Files that want to be more than data: keys that reach into prototypes, aliases that multiply, names that climb out of folders,
// addresses that lead inside.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { sourceFileReader } from '#connectors/files/source-file-reader.ts';
import { TierlineError } from '#errors/errors.ts';
import { evaluateAll } from '#mapping/evaluation/evaluate-all.ts';
import { parseIcp } from '#mapping/icp/load-icp.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { parsePolicy } from '#mapping/policy/load-policy.ts';
import { parseRoleCatalogue } from '#mapping/roles/load-role-catalogue.ts';
import { createCompanyReferenceReader } from '#mapping/source/company-references.ts';
import { createRowParser } from '#mapping/source/parse-source-row.ts';
import { createSourceLayout } from '#mapping/source/source-layout.ts';
import { matchKeyLines } from '#pipeline/match-key-file.ts';
import { shippedPolicy } from '../domain/tier/account.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tierline-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing that was read may have become a property of everything. */
afterEach(() => {
  const plain: Record<string, unknown> = {};
  if (plain['polluted'] !== undefined || Object.keys(Object.prototype).length > 0)
    throw new Error('a prototype was reached');
});

function load(yaml: string): unknown {
  const workspace = path.join(folder, `w${Math.abs(hash(yaml))}`);
  mkdirSync(workspace, { recursive: true });
  writeFileSync(path.join(workspace, 'tierline.yaml'), yaml);
  return loadWorkspace(workspace, readEnvironment({}));
}

function hash(text: string): number {
  let value = 0;
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) | 0;
  return value;
}

const laughs = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
name: *f`;

describe('tierline.yaml is refused', () => {
  it.each<readonly [string, string]>([
    ['with a key that is a prototype', 'name: a\n__proto__: { polluted: true }'],
    ['with a constructor among its keys', 'name: a\nconstructor: { prototype: { polluted: true } }'],
    ['with a prototype inside a connection', 'name: a\nconnections: [{ __proto__: { polluted: true } }]'],
    ['that is a bomb of aliases', laughs],
    ['nested deeper than anybody writes', `name: ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['with two documents', 'name: a\n---\nname: b'],
    ['whose login address is a metadata service', connection('http://169.254.169.254/')],
    ['whose login address is a number', connection('https://2852039166/')],
    ['whose login address is a file', connection('file:///etc/passwd')],
    ['whose login address leads to Redis', connection('gopher://127.0.0.1:6379/')],
    ['whose login address hides another host', connection('https://acme.my.salesforce.com@evil.example/')],
    ['whose address of HubSpot is unencrypted', hubspot('http://api.hubapi.com.evil.example')],
    ['whose consent page is a script', hubspot('https://api.hubapi.com', 'javascript:alert(1)')],
  ])('%s', (_, yaml) => {
    expect(() => load(yaml)).toThrow(TierlineError);
  });
});

describe('tierline.yaml does no harm', () => {
  it.each<readonly [string, string]>([
    ['with a prototype among the rates', 'name: a\nrates: { __proto__: 1 }'],
    ['with a tag that would make a function', 'name: !!js/function "function () { return 1 }"'],
  ])('%s', (_, yaml) => {
    expect(load(yaml)).toMatchObject({ name: expect.any(String), rates: {} });
  });
});

function connection(loginUrl: string): string {
  const auth = { flow: 'client-credentials', loginUrl, clientId: 'x', clientSecret: 'y' };
  return JSON.stringify({ name: 'a', connections: [{ id: 'sf', crm: 'salesforce', auth }] });
}

function hubspot(baseUrl: string, consentPage?: string): string {
  const auth = {
    flow: 'refresh-token',
    clientId: 'x',
    clientSecret: 'y',
    ...(consentPage === undefined ? {} : { consentPage }),
  };
  return JSON.stringify({ name: 'a', connections: [{ id: 'hs', crm: 'hubspot', baseUrl, auth }] });
}

describe('a rule file is refused', () => {
  it.each<readonly [string, () => unknown]>([
    ['policy with a prototype', () => parsePolicy('__proto__: { polluted: true }', 'policy.yaml')],
    [
      'policy with a constructor',
      () => parsePolicy('constructor: { prototype: { polluted: true } }', 'policy.yaml'),
    ],
    ['policy that is a bomb', () => parsePolicy(laughs, 'policy.yaml')],
    [
      'profile with a criterion that is a prototype',
      () => parseIcp('criteria: { __proto__: { field: x, exact: [1] } }\nextra: 1', 'icp.yaml'),
    ],
    ['roles with a prototype', () => parseRoleCatalogue('__proto__: { polluted: true }', 'roles.yaml')],
  ])('%s', (_, read) => {
    expect(read).toThrow(TierlineError);
  });
});

const layout = createSourceLayout(
  { id: 'web', kind: 'engagement', ignore: ['*'] },
  'web.jsonl',
  [],
  () => false,
);
const parseRow = createRowParser(layout, createCompanyReferenceReader(loadKeyRules()), { connection: null });

describe('a row of a source', () => {
  it.each<readonly [string, string]>([
    [
      'with a prototype',
      '{"domain":"a.com","type":"page","occurred_at":"2026-11-01","__proto__":{"polluted":1}}',
    ],
    [
      'with a constructor',
      '{"domain":"a.com","type":"page","occurred_at":"2026-11-01","constructor":{"x":1}}',
    ],
    ['whose type is a prototype', '{"domain":"a.com","type":"__proto__","occurred_at":"2026-11-01"}'],
    ['whose type is a method', '{"domain":"a.com","type":"toString","occurred_at":"2026-11-01"}'],
    ['whose domain is an object', '{"domain":{"$ne":null},"type":"page","occurred_at":"2026-11-01"}'],
    ['whose date is far too far', '{"domain":"a.com","type":"page","occurred_at":"+275760-09-13T00:00:00Z"}'],
    ['nested ten thousand deep', `{"domain":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['that is a list', '[{"domain":"a.com"}]'],
    ['that is cut off', '{"domain":"a.com","type":'],
  ])('%s is a row or refused, and nothing else happens', async (_, line) => {
    const file = path.join(folder, 'web.jsonl');
    writeFileSync(file, `${line}\n{"domain":"good.com","type":"page","occurred_at":"2026-11-01"}\n`);
    const rows = await Array.fromAsync(
      sourceFileReader.rows({ path: file, shownPath: 'web.jsonl', encoding: null }),
    );
    const parsed = rows.map((row) => ('reason' in row ? { refused: row } : parseRow(row)));
    expect(parsed).toHaveLength(2);
    expect(parsed[1]).toMatchObject({ row: { company: { domain: 'good.com' } } });
  });
});

describe('`tiers evaluate`', () => {
  it.each<readonly [string, unknown]>([
    ['__proto__ among the fit criteria', JSON.parse('{"id":"a","fit":{"__proto__":1}}')],
    ['a criterion named like a method', { id: 'a', fit: { hasOwnProperty: 1 } }],
    ['an id that is an object', { id: { toString: 'x' } }],
    ['an event type named like a method', { id: 'a', events: [{ type: 'constructor', ageDays: 1 }] }],
    ['infinite money', { id: 'a', acv: Number.POSITIVE_INFINITY }],
    ['null', null],
    ['a list', []],
  ])('answers an item with %s by what is wrong with it, and goes on', (_, item) => {
    const [bad, good] = evaluateAll([item, { id: 'good' }], shippedPolicy);
    expect(bad).toHaveProperty('error');
    expect(good).toMatchObject({ id: 'good', tier: 'Unscored' });
  });
});

describe('`keys match`', () => {
  it.each<readonly [string, string]>([
    ['an id that is a prototype', '{"id":"__proto__","name":"Acme"}'],
    ['ids of a prototype', '{"id":"a","name":"Acme","ids":{"__proto__":"x"}}'],
    ['a name of brackets', `{"id":"a","name":"${'('.repeat(20_000)}"}`],
    ['a name of a million letters', `{"id":"a","name":"${'a'.repeat(1_000_000)}"}`],
    ['a name of legal forms', `{"id":"a","name":"${'GmbH '.repeat(5_000)}"}`],
    ['a domain of dots', `{"id":"a","name":"Acme","domain":"${'a.'.repeat(50_000)}"}`],
    ['a domain of dashes', `{"id":"a","name":"Acme","domain":"${'-'.repeat(100_000)}.com"}`],
    ['a name that runs backwards', '{"id":"a","name":"\\u202Eemca"}'],
    ['a name without letters', '{"id":"a","name":"\\u200B\\u200D\\uFEFF"}'],
    ['half a letter', '{"id":"a","name":"\\uD83D"}'],
    ['no record at all', '"; rm -rf /"'],
  ])('answers %s in its place, and the others as ever', async (_, line) => {
    const lines = [line, '{"id":"x","name":"Acme GmbH","domain":"acme.de"}', '{"id":"y","domain":"acme.de"}'];
    const answers = await Array.fromAsync(matchKeyLines(lines, loadKeyRules()));
    const [, x, y] = answers.map((answer) => JSON.parse(answer) as { key?: string });
    expect(answers).toHaveLength(3);
    expect(x?.key).toBeDefined();
    expect(y?.key).toBe(x?.key);
  });
});
