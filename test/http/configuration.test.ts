// Versions of the configuration over HTTP: who may what, and that nothing is lost between two admins.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, callService } from './service-client.ts';
import { browserHeaders, startTestService, type TestService } from './service-fixture.ts';

type Headers = Readonly<Record<string, string>>;
let service: TestService;
let ann: Headers;
let bob: Headers;
let viewer: Headers;
let key: Headers;

beforeAll(async () => {
  service = await startTestService();
  ann = browserHeaders(await service.signIn('admin'));
  bob = browserHeaders(await service.signIn('admin'));
  viewer = browserHeaders(await service.signIn('viewer'));
  const made = await call('POST /api/api-keys', ann, { name: 'ci', role: 'admin' });
  key = { authorization: `Bearer ${made.body.key}` };
});

function call(what: string, headers: Headers, body?: unknown): Promise<Answer> {
  return callService(service.url, what, { headers, ...(body === undefined ? {} : { body }) });
}

const push = (
  headers: Headers,
  path: string,
  content: string | null,
  base: number | null,
  more: object = {},
) =>
  call('POST /api/config/versions', headers, {
    files: [{ path, content, base }],
    reason: 'why not',
    ...more,
  });
const decide = (what: 'approve' | 'reject' | 'rollback', number: number, headers: Headers, body: object) =>
  call(`POST /api/config/versions/${number}/${what}`, headers, body);

async function fileInForce(path: string) {
  const { body } = await call('GET /api/config', viewer);
  return body.files.find((file: { path: string }) => file.path === path);
}

describe('what is in force', () => {
  it('is shown file by file with where it comes from, to viewers too', async () => {
    const file = await fileInForce('policy.yaml');
    expect(file).toMatchObject({ origin: 'shipped', version: null, differsInFolder: false });
    expect(file.text).toContain('version:');
  });
});

describe('a version', () => {
  it('comes into force at once, is shown with what it changes, and can be gone back from', async () => {
    const text = 'titles: { Sultan: economic_buyer }\n';
    const file = { path: 'buying-roles.yaml', content: text, base: null };
    const checked = await call('POST /api/config/check', ann, { files: [file] });
    expect(checked.body).toMatchObject({
      status: 'in-force',
      files: [{ diff: expect.stringContaining('Sultan') }],
    });
    expect((await call('GET /api/config/versions', viewer)).body.versions).toEqual([]);
    const { body } = await push(ann, 'buying-roles.yaml', text, null);
    expect(body).toMatchObject({ status: 'in-force', files: [{ path: 'buying-roles.yaml', base: null }] });
    expect(await fileInForce('buying-roles.yaml')).toMatchObject({
      origin: 'version',
      version: body.version,
      text,
    });
    expect((await push(ann, 'buying-roles.yaml', text, body.version)).status).toBe(409);
    const shown = await call(`GET /api/config/versions/${body.version}`, viewer);
    expect(shown.body).toMatchObject({
      reason: 'why not',
      author: { kind: 'user' },
      files: [{ content: text }],
    });
    const back = await decide('rollback', 0, ann, { reason: 'it was better' });
    expect(back.body).toMatchObject({ status: 'in-force', files: [{ sha256: null }] });
    expect(await fileInForce('buying-roles.yaml')).toMatchObject({
      origin: 'shipped',
      version: back.body.version,
    });
  });

  it('of the policy waits for another person, who is neither its author nor a key of theirs (invariant C13)', async () => {
    const pushed = await push(key, 'policy.yaml', 'intent: { enter: 65 }\n', null);
    const { version } = pushed.body;
    expect(pushed.body.status).toBe('proposed');
    for (const headers of [ann, key]) {
      const refused = await decide('approve', version, headers, {});
      expect([refused.status, refused.body.type]).toEqual([409, 'urn:tierline:problem:conflict']);
    }
    expect(await fileInForce('policy.yaml')).toMatchObject({ origin: 'shipped' });
    const approved = await decide('approve', version, bob, { reason: 'read it' });
    expect(approved.body).toMatchObject({ version, status: 'in-force', superseded: [] });
    expect(await fileInForce('policy.yaml')).toMatchObject({ origin: 'version', version });
    expect((await decide('reject', version, bob, { reason: 'late' })).status).toBe(409);
  });

  it('is refused when it rests on a version that is no longer in force, naming who was faster (invariant C14)', async () => {
    const first = await push(ann, 'icp.yaml', 'criteria: { geo: { field: country, exact: [KR] } }\n', null);
    const late = await push(bob, 'icp.yaml', 'criteria: { geo: { field: country, exact: [JP] } }\n', null);
    expect(late.status).toBe(409);
    expect(late.body.detail).toContain(`version ${first.body.version} is in force`);
  });

  it('is refused when a run would refuse it, with the path, and for names that are no mapping files (invariant C16)', async () => {
    const wrong = await push(ann, 'programs.yaml', 'programs: [{ id: A }]\n', null);
    expect([wrong.status, wrong.body.detail]).toEqual([409, expect.stringContaining('programs[0].id')]);
    for (const path of ['../tierline.yaml', 'tierline.yaml', '/etc/passwd', 'keys/../policy.yaml']) {
      expect((await push(ann, path, 'x', null)).status).toBe(400);
    }
    expect((await push(ann, 'icp.yaml', '# \u0000', 1)).status).toBe(409);
    expect((await push(ann, 'icp.yaml', 'x', 1, { reason: '\u0000' })).status).toBe(400);
  });

  it('ends when its author takes it back, or another admin rejects it', async () => {
    const base = (await fileInForce('policy.yaml')).version;
    const one = await push(ann, 'policy.yaml', 'intent: { enter: 66 }\n', base);
    const two = await push(ann, 'policy.yaml', 'intent: { enter: 67 }\n', base);
    expect((await decide('reject', one.body.version, ann, { reason: 'no' })).body.status).toBe('withdrawn');
    expect((await decide('reject', two.body.version, bob, { reason: 'no' })).body.status).toBe('rejected');
    const { body } = await call('GET /api/config/versions?file=policy.yaml&limit=2', viewer);
    expect(body.versions.map(({ status }: { status: string }) => status)).toEqual(['rejected', 'withdrawn']);
    expect((await call('GET /api/config/versions/999', viewer)).status).toBe(404);
  });

  it('leaves an audit entry for each step, with the request that made it (invariant H6)', async () => {
    const { body } = await call('GET /api/audit?limit=500', ann);
    const steps = body.entries.filter(({ action }: { action: string }) =>
      action.startsWith('configuration.'),
    );
    expect(new Set(steps.map(({ action }: { action: string }) => action))).toEqual(
      new Set([
        'configuration.push',
        'configuration.rollback',
        'configuration.approve',
        'configuration.reject',
        'configuration.withdraw',
      ]),
    );
    for (const { author, before, after } of steps) {
      expect(author.requestId).toMatch(/^r_/u);
      expect(Object.keys(before)).toEqual(Object.keys(after.files));
    }
  });
});
