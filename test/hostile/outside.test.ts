// Requests that want to be more than requests, and text that wants to be a command of a terminal or a spreadsheet.
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatTable } from '#cli/output/table.ts';
import { createTerminal } from '#cli/output/terminal.ts';
import { LOCALES } from '#config/workspace-schema.ts';
import { parseDay } from '#domain/tier/day.ts';
import type { ReasonFacts } from '#domain/tier/text/reason-facts.ts';
import { writeNextStep } from '#domain/tier/text/write-next-step.ts';
import { writeReason } from '#domain/tier/text/write-reason.ts';
import { shippedPolicy } from '../domain/tier/account.ts';
import { startTestService, type TestService } from '../http/service-fixture.ts';

let service: TestService;
let authorization: Record<string, string>;

beforeAll(async () => {
  service = await startTestService();
  const { key } = await service.apiKey('admin');
  authorization = { authorization: `Bearer ${key}` };
});

async function send(
  method: string,
  target: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<{ status: number; type: string; text: string; headers: Headers }> {
  const answer = await fetch(service.url + target, {
    method,
    headers: { ...authorization, ...headers },
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    text,
    headers: answer.headers,
  };
}

const JSON_BODY = { 'content-type': 'application/json' };

describe('a path', () => {
  it.each([
    '/page/../../package.json',
    '/page/..%2f..%2fpackage.json',
    '/page/%2e%2e/%2e%2e/etc/passwd',
    '/page/....//....//etc/passwd',
    '/page/sign-in.js%00.html',
    '/api/runs/..%2f..%2fetc%2fpasswd',
    '/api/accounts/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/%E0%A4%A',
    '//evil.example/%2f..',
    '/api/runs/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  ])('%s leads nowhere, and comes back in no page', async (target) => {
    const { status, type, text, headers } = await send('GET', target);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(type).toContain('application/problem+json');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).not.toMatch(/root:|"devDependencies"|<script>/u);
  });
});

describe('a body', () => {
  it.each<readonly [string, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
    ['with a prototype', '{"__proto__":{"dryRun":true,"polluted":1}}', JSON_BODY],
    ['with a constructor', '{"constructor":{"prototype":{"polluted":1}}}', JSON_BODY],
    ['with an operator for a text', '{"connections":[{"$gt":""}]}', JSON_BODY],
    ['with a list for a yes', '{"dryRun":["true"]}', JSON_BODY],
    ['nested deep', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, JSON_BODY],
    ['larger than it may be', `{"accounts":["${'a'.repeat(300_000)}"]}`, JSON_BODY],
    [
      'that unpacks to more than it may',
      gzipSync(`{"accounts":["${'a'.repeat(30_000_000)}"]}`),
      { ...JSON_BODY, 'content-encoding': 'gzip' },
    ],
    ['that is a form', 'dryRun=true', { 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'that is XML with an entity',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      {
        'content-type': 'application/xml',
      },
    ],
    ['in a strange charset', '{}', { 'content-type': 'application/json; charset=iso-8859-1' }],
  ])('%s starts no run', async (_, body, headers) => {
    const before = service.queue.requests.length;
    const { status, type } = await send('POST', '/api/runs', body, headers);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(type).toContain('application/problem+json');
    expect(service.queue.requests).toHaveLength(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a question', () => {
  it.each([
    '/api/accounts?q[$ne]=x',
    '/api/accounts?q=%27%20or%201%3D1%20--',
    '/api/accounts?q=%00',
    '/api/accounts?q=%25',
    '/api/accounts?tier=Tier%201&tier=Tier%202',
    '/api/accounts?limit=1e9',
    '/api/accounts?limit=-1',
    '/api/accounts?cursor=eyJ4IjoxfQ',
    '/api/accounts?cursor=../../etc/passwd',
    '/api/accounts?__proto__[polluted]=1',
    '/api/audit?before=1;drop table tierline.audit_log',
  ])('%s is answered with what there is, or with what is wrong with it', async (target) => {
    const { status } = await send('GET', target);
    expect([200, 400]).toContain(status);
    expect((await send('GET', '/api/accounts')).status).toBe(200);
  });
});

describe('a header', () => {
  it.each<readonly [string, Record<string, string>]>([
    ['that names another host', { host: 'evil.example' }],
    ['that says it was forwarded', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
    ['that claims another address', { 'x-forwarded-for': '127.0.0.1' }],
    ['that is another method', { 'x-http-method-override': 'DELETE' }],
    ['that asks for a request id of its own', { 'x-request-id': 'a"}{"level":50' }],
  ])('%s changes nothing', async (_, headers) => {
    const { status, text } = await send('GET', '/api/session', undefined, headers);
    expect(status).toBe(200);
    expect(text).not.toContain('evil.example');
    expect(JSON.stringify(service.log)).not.toContain('level\\":50');
  });
});

const FACTS: ReasonFacts = {
  tier: 'Tier 2',
  since: parseDay('2026-11-21'),
  computedTier: 'Tier 2',
  reasons: ['INTENT_NOT_ENGAGED'],
  fit: 87.5,
  fitBand: 'strong',
  acvBand: 'medium',
  intentOn: true,
  engagedOn: false,
  met: [],
  unknown: [],
  intent: null,
  actNow: null,
  people: null,
  acv: null,
  reviewOn: null,
  hold: null,
  override: null,
};

describe('text that goes into a CRM, and from there into spreadsheets', () => {
  it.each(['=HYPERLINK("http://evil.example","x")', '+cmd|calc!A1', '-2+3', '@SUM(1)', '\t=1+1', '\r=1+1'])(
    'never begins as a formula, whatever a topic is called: %j',
    (topic) => {
      const facts = { ...FACTS, intent: { topic, score: 70, seenOn: parseDay('2026-11-18') } };
      for (const locale of LOCALES) {
        expect(writeReason(facts, locale, shippedPolicy.text)).toMatch(/^[\p{L}\p{N}]/u);
        expect(writeNextStep(facts, locale, shippedPolicy.text) ?? 'x').toMatch(/^[\p{L}\p{N}"「“]/u);
      }
    },
  );
});

function shownAs(text: string): string {
  let written = '';
  const stream = { write: (part: string) => (written += part), isTTY: true } as unknown as NodeJS.WriteStream;
  const terminal = createTerminal({ stdout: stream, stderr: stream, noColor: true });
  for (const line of formatTable([{ title: 'name' }], [[text]])) terminal.out(line);
  return written.split('\n').slice(2).join('\n');
}

describe('a name on a terminal', () => {
  it.each([
    ['that renames the window', 'Acme\u001B]0;pwned\u0007'],
    ['that clears the screen', '\u001B[2JAcme'],
    ['that moves the cursor', 'Acme\u001B[10A'],
    ['that pastes', 'Acme\u001B[200~rm -rf /\n'],
    ['with a control character of eight bits', 'Acme\u009B2J'],
    ['that deletes backwards', 'Acme\b\b\b\bEvil'],
    ['that runs backwards', '\u202EemcA'],
    ['that is two lines', 'Acme\nTier 1'],
  ])('%s is shown, not obeyed', (_, name) => {
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(shownAs(name)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/u);
    expect(shownAs(name).trimEnd().split('\n')).toHaveLength(1);
  });
});
