// Configuration in the service, as an admin and a user of git would type it, over real PostgreSQL and without a CRM.
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLineAuthor } from '#cli/command-line-author.ts';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { approveVersion } from '#pipeline/configuration/decide-version.ts';
import { holdRun } from '#pipeline/hold-run.ts';
import type { Session } from '#pipeline/session.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { createTestDatabase, openTestStoreAt, silentLog, systemClock } from '#test/store/store-fixture.ts';
import { configurationParts } from '../../src/main/configuration-parts.ts';
import { withSessionOn } from '../../src/main/open-session.ts';
import { withConfiguration } from '../../src/main/with-configuration.ts';
import { runWithServices } from './run-in-process.ts';

const TIMEOUT_MS = 60_000;
const ROLES = 'titles: { Sultan: economic_buyer }\n';
const POLICY = '# ours\nintent: { enter: 65 }\n';
let folder = '';
/** One for all commands of a test, as the service has it; the fixture closes it. */
let store: OpenedStore;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tierline-config-'));
  mkdirSync(inFolder('mappings'));
  const database = await createTestDatabase();
  writeWorkspace(database);
  store = await openTestStoreAt(database);
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeWorkspace(database: string, more: object = {}): void {
  write('tierline.yaml', JSON.stringify({ name: 'test', database, mappings: 'mappings', ...more }));
}
const inFolder = (name: string) => path.join(folder, name);
function write(name: string, text: string): void {
  mkdirSync(path.dirname(inFolder(name)), { recursive: true });
  writeFileSync(inFolder(name), text);
}
const read = (name: string) => readFileSync(inFolder(name), 'utf8');

const parts = () => ({
  workspace: loadWorkspace(folder, readEnvironment({})),
  clock: systemClock,
  log: silentLog,
});
const configuration = () => configurationParts(parts().workspace, store, systemClock);
const config = (...args: readonly string[]) =>
  runWithServices(['config', ...args], {
    withConfiguration: (_workspace, work) =>
      work({ parts: configuration(), mappingsFolder: parts().workspace.mappingsFolder }),
  });
const cli = (...args: readonly string[]) =>
  runWithServices(args, { withSession: (_workspace, work) => withSession(work) });
async function jsonOf(...args: readonly string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await config(...args, '--json')).stdout) as Record<string, unknown>;
}
const push = (...args: readonly string[]) => config('push', '--reason', 'why not', ...args);
const approveAs = (id: string, number: number) =>
  approveVersion(configuration(), {
    number,
    author: { kind: 'user', id, requestId: 'r_1' },
    reason: '',
    dryRun: false,
  });
const withSession = <Result>(work: (session: Session) => Promise<Result>) =>
  withSessionOn(
    store,
    { ...parts(), progress: { report() {} }, signal: new AbortController().signal, secretKeys: null },
    work,
  );
const rules = () => withSession((session) => Promise.resolve(session.rules));

describe('`config push`', { timeout: TIMEOUT_MS }, () => {
  it('puts a file in force from which sessions take it, whatever the folder says afterwards (invariant C15)', async () => {
    write('mappings/buying-roles.yaml', ROLES);
    const made = await push();
    expect([made.exitCode, made.stderr]).toEqual([0, expect.stringContaining('Version 1 is in force')]);
    expect(made.stdout).toContain('+titles: { Sultan: economic_buyer }');
    write('mappings/buying-roles.yaml', '');
    expect((await rules()).roles.suggest('Sultan').role).toBe('economic_buyer');
    expect(await jsonOf('list', '--file', 'buying-roles.yaml')).toMatchObject({
      schema: 'tierline.config.list/1',
      revision: 1,
      files: [{ path: 'buying-roles.yaml', origin: 'version', version: 1, differsInFolder: true }],
      versions: [
        {
          number: 1,
          status: 'in-force',
          reason: 'why not',
          person: expect.stringMatching(/^command-line:/u),
        },
      ],
    });
  });

  it('stores nothing that a run would refuse, and says all that is wrong (invariant C16)', async () => {
    write('mappings/policy.yaml', 'intent: { entre: 65 }\n');
    write('mappings/keys/hosts.yaml', 'free: { domains: [1] }\n');
    const refused = await push();
    expect(refused.exitCode).toBe(5);
    expect(refused.stderr).toContain('policy.yaml (as proposed)');
    expect(refused.stderr).toContain('did you mean "enter"');
    expect(refused.stderr).toContain('keys/hosts.yaml (as proposed)');
    write('mappings/keys/hosts.yaml', '# \u0000\n');
    expect((await push()).stderr).toContain('line 1 holds a NUL');
    expect((await config('push', '--reason', ' ')).exitCode).toBe(2);
    expect((await jsonOf('list'))['versions']).toEqual([]);
  });

  it('holds a policy until another person approves it (invariant C13)', async () => {
    write('mappings/policy.yaml', POLICY);
    expect(await push('--dry-run')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('would wait'),
    });
    expect(await push()).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('config approve 1') });
    expect((await config('approve', '1')).exitCode).toBe(5);
    expect((await rules()).policy.intent.enter).toBe(65);
    write('mappings/policy.yaml', 'intent: { enter: 66 }\n');
    expect((await rules()).policy.intent.enter).toBe(66);
    expect((await config('show', '1', '--text', 'policy.yaml')).stdout).toBe(POLICY.trimEnd());
    expect((await config('show', '1', '--text', 'icp.yaml')).exitCode).toBe(2);
    expect(await approveAs('u_bob', 1)).toMatchObject({ outcome: 'approved' });
    expect((await rules()).policy.intent.enter).toBe(65);
    expect(await jsonOf('show', '1')).toMatchObject({
      status: 'in-force',
      decision: { by: { kind: 'user', id: 'u_bob' } },
      files: [{ path: 'policy.yaml', base: null, content: POLICY, diff: expect.stringContaining('+# ours') }],
    });
  });

  it('is refused over a version that the folder has not seen, and goes on after a pull (invariant C14)', async () => {
    write('mappings/icp.yaml', 'criteria: { geo: { field: country, exact: [KR] } }\n');
    await push();
    const theirs = inFolder('theirs');
    expect((await config('pull', theirs)).stdout).toContain('wrote icp.yaml (version 1)');
    write('theirs/icp.yaml', 'criteria: { geo: { field: country, exact: [JP] } }\n');
    expect((await push(theirs)).exitCode).toBe(0);

    write('mappings/icp.yaml', 'criteria: { geo: { field: country, exact: [TW] } }\n');
    expect(await push()).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('icp.yaml: version 2'),
    });
    expect(await config('pull')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('nothing was written'),
    });
    expect(read('mappings/icp.yaml')).toContain('TW');
    expect((await config('pull', '--overwrite')).exitCode).toBe(0);
    expect(read('mappings/icp.yaml')).toContain('JP');
    write('mappings/icp.yaml', 'criteria: { geo: { field: country, exact: [TW] } }\n');
    expect((await push()).exitCode).toBe(0);
    expect((await rules()).icp.criteria[0]?.exact).toMatchObject({ kind: 'words' });
  });

  it('lets the folder stand with --replace, and takes a file out with --remove', async () => {
    write('mappings/icp.yaml', 'criteria: { geo: { field: country, exact: [KR] } }\n');
    await push();
    write('other/icp.yaml', 'criteria: { geo: { field: country, exact: [JP] } }\n');
    expect((await push(inFolder('other'))).exitCode).toBe(5);
    expect((await push(inFolder('other'), '--replace')).exitCode).toBe(0);
    const removed = await push(inFolder('other'), '--remove', 'icp.yaml');
    expect(removed.stdout).toContain('+++ /dev/null');
    expect(await jsonOf('list', '--file', 'icp.yaml')).toMatchObject({
      files: [{ origin: 'folder', version: 3 }],
      versions: [{ number: 3 }, { number: 2, status: 'superseded' }, { number: 1, status: 'superseded' }],
    });
    expect((await push(inFolder('other'), '--remove', 'icp.yaml')).exitCode).toBe(2);
  });

  it('takes known files only, and says when nothing differs', async () => {
    write('mappings/notes.yaml', 'whatever: 1\n');
    write('mappings/salesforce/../buying-roles.yaml', ROLES);
    await push();
    expect((await push()).stderr).toContain('Nothing differs');
    expect((await push('--remove', '../tierline.yaml')).exitCode).toBe(2);
    expect((await push(inFolder('nowhere'))).exitCode).toBe(2);
    expect(await jsonOf('show', '1')).toMatchObject({ files: [{ path: 'buying-roles.yaml' }] });
  });
});

describe('`config diff` and `config pull`', { timeout: TIMEOUT_MS }, () => {
  it('tell and write what differs, and leave alone what was edited here', async () => {
    write('mappings/buying-roles.yaml', ROLES);
    write('mappings/icp.yaml', 'criteria: { geo: { field: country, exact: [KR] } }\n');
    expect((await config('diff')).exitCode).toBe(3);
    await push();
    expect(await config('diff')).toMatchObject({ exitCode: 0, stdout: '' });
    write('mappings/icp.yaml', 'criteria: { geo: { field: country, exact: [US] } }\n');
    rmSync(inFolder('mappings/buying-roles.yaml'));
    expect(await jsonOf('diff')).toMatchObject({
      same: false,
      files: [
        { path: 'icp.yaml', standing: 'folder-newer', version: 1, diff: expect.stringContaining('[US]') },
        { path: 'buying-roles.yaml', standing: 'service-only', version: 1 },
      ],
    });
    expect(await jsonOf('pull', '--dry-run')).toMatchObject({ written: [{ path: 'buying-roles.yaml' }] });
    expect(existsSync(inFolder('mappings/buying-roles.yaml'))).toBe(false);
    expect((await config('pull')).stderr).toContain('icp.yaml was edited here');
    expect(read('mappings/buying-roles.yaml')).toBe(ROLES);
    expect(read('mappings/icp.yaml')).toContain('US');
  });
});

describe('`config rollback`, `config reject`', { timeout: TIMEOUT_MS }, () => {
  it('go back by a new version, under the same rule of approval', async () => {
    write('mappings/buying-roles.yaml', ROLES);
    await push();
    write('mappings/buying-roles.yaml', 'titles: { Sultan: user }\n');
    write('mappings/policy.yaml', POLICY);
    await push();
    await approveAs('u_bob', 2);
    const back = await config('rollback', '1', '--reason', 'it was better');
    expect(back.exitCode).toBe(6);
    expect(back.stdout).toContain('+titles: { Sultan: economic_buyer }');
    expect((await config('reject', '3', '--reason', 'not now')).stderr).toContain('Version 3 is withdrawn');
    expect((await config('approve', '3')).exitCode).toBe(5);
    await config('rollback', '0', '--reason', 'all of it');
    await approveAs('u_bob', 4);
    rmSync(inFolder('mappings/buying-roles.yaml'));
    expect((await rules()).roles.suggest('Sultan').role).toBeNull();
    expect(await config('rollback', '3', '--reason', 'x')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('never in force'),
    });
  });

  it('go by what the workspace says needs approval', async () => {
    const { database } = parts().workspace;
    writeWorkspace(database, { service: { approval: { files: 'all' } } });
    write('mappings/buying-roles.yaml', ROLES);
    expect((await push()).exitCode).toBe(6);
    writeWorkspace(database, { service: { approval: { files: [] } } });
    write('mappings/policy.yaml', POLICY);
    expect(await push()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Version 1 waited') });
  });
});

describe('a workspace whose configuration went wrong', { timeout: TIMEOUT_MS }, () => {
  it('names where the wrong file came from, and still lets people go back', async () => {
    write('mappings/policy.yaml', 'intent: { entre: 1 }\n');
    await expect(rules()).rejects.toThrow(/mappings\/policy\.yaml/u);
    const opened = withConfiguration(parts(), ({ parts: found }) => found.store.revision());
    expect(await opened).toBe(0);
    write('mappings/policy.yaml', POLICY);
    await push();
    await approveAs('u_bob', 1);
    write('mappings/policy.yaml', 'intent: { entre: 1 }\n');
    expect((await rules()).policy.intent.enter).toBe(65);
    expect((await config('list')).stdout).toContain('version 1 (the folder differs)');
  });
});

describe('a run', { timeout: TIMEOUT_MS }, () => {
  it('asks no CRM anything while one of its files is wrong (invariant C6)', async () => {
    let calls = 0;
    const crm = createServer((_request, response) => {
      calls += 1;
      response.writeHead(401).end('{}');
    });
    await once(crm.listen(0, '127.0.0.1'), 'listening');
    const { port } = crm.address() as AddressInfo;
    const auth = { flow: 'access-token', token: 'secret' };
    const connection = { id: 'hs', crm: 'hubspot', auth, baseUrl: `http://127.0.0.1:${port}` };
    writeWorkspace(parts().workspace.database, { connections: [connection] });
    write('mappings/hubspot/contact.yaml', 'object: contacts\nfields: { title: { crm: jobtitle } }\n');
    expect(await cli('sync')).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('contact.yaml') });
    expect(calls).toBe(0);
    rmSync(inFolder('mappings/hubspot/contact.yaml'));
    expect((await cli('sync')).exitCode).toBe(4);
    expect(calls).toBeGreaterThan(0);
    crm.close();
  });
});

describe('versions', { timeout: TIMEOUT_MS }, () => {
  it('are named by `check`, with what differs in the folder, and by each run that went by them', async () => {
    write('mappings/buying-roles.yaml', ROLES);
    write('mappings/icp.yaml', 'criteria: { geo: { field: country, exact: [KR] } }\n');
    await push();
    write('mappings/icp.yaml', '');
    const { stdout } = await cli('check', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      configuration: [
        { file: 'icp.yaml', version: 1, differsInFolder: true },
        { file: 'buying-roles.yaml', version: 1, differsInFolder: false },
      ],
    });
    expect((await cli('check')).stdout).toContain('the folder has another');

    const run = { mode: 'dry-run', asOf: null, connections: [], options: null } as const;
    const held = await withSession((session) => holdRun(session, run, (one) => Promise.resolve(one)));
    const shown = await cli('runs', 'show', held.run, '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      configuration: { 'icp.yaml': 1, 'buying-roles.yaml': 1 },
    });
  });
});

describe('every change', { timeout: TIMEOUT_MS }, () => {
  it('leaves an audit entry with author, hashes and difference (invariant H6)', async () => {
    write('mappings/policy.yaml', POLICY);
    await push();
    await approveAs('u_bob', 1);
    const entries = await store.audit.list({ before: null, limit: 10 });
    expect(entries).toMatchObject([
      { action: 'configuration.approve', subject: 'configuration:1', author: { kind: 'user', id: 'u_bob' } },
      {
        action: 'configuration.push',
        author: commandLineAuthor(),
        before: { 'policy.yaml': { version: null, sha256: null } },
        after: {
          status: 'proposed',
          reason: 'why not',
          files: {
            'policy.yaml': {
              sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
              diff: expect.stringContaining('+# ours'),
            },
          },
        },
      },
    ]);
  });
});
