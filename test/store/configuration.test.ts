import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { NewVersion, NewVersionFile, VersionDecision } from '#ports/configuration.ts';
import type { Store } from '#ports/store.ts';
import { openTestStore } from './store-fixture.ts';

const AT = '2026-11-22T08:00:00.000Z';
const ANN = { kind: 'user', id: 'u_ann', requestId: 'r_1' } as const;
const BOB: VersionDecision = {
  by: { kind: 'command-line', id: 'bob', requestId: null },
  at: '2026-11-22T09:00:00.000Z',
  reason: 'looks right',
};

function versionOf(files: readonly NewVersionFile[], more: Partial<NewVersion> = {}): NewVersion {
  return {
    author: ANN,
    person: 'user:u_ann',
    reason: 'why',
    createdAt: AT,
    rollsBackTo: null,
    files,
    ...more,
  };
}

const file = (path: string, content: string | null, base: number | null = null): NewVersionFile => ({
  path,
  content,
  base,
});
const seen = (revision: number) => ({
  revision,
  entry: (number: number, superseded: readonly number[]) => ({
    at: AT,
    author: ANN,
    action: 'configuration.push',
    subject: `configuration:${number}`,
    before: null,
    after: { superseded: [...superseded] },
  }),
});

async function add({ configuration }: Store, files: readonly NewVersionFile[], waits = false) {
  return configuration.add(versionOf(files), waits, seen(await configuration.revision()));
}

describe('a version of the configuration', () => {
  it('gives back what was stored of it, with the texts it rests on', async () => {
    const store = await openTestStore();
    const { configuration } = store;
    expect(await configuration.inForce()).toEqual({ revision: 0, files: [] });
    await add(store, [file('policy.yaml', 'a: 1\n')]);
    await add(store, [file('policy.yaml', 'a: 2\n', 1), file('keys/hosts.yaml', '')]);
    expect(await configuration.find(2)).toEqual({
      ...versionOf([]),
      number: 2,
      status: 'in-force',
      paths: ['keys/hosts.yaml', 'policy.yaml'],
      decision: null,
      inForceAt: AT,
      files: [
        { path: 'keys/hosts.yaml', content: '', base: null, baseContent: null },
        { path: 'policy.yaml', content: 'a: 2\n', base: 1, baseContent: 'a: 1\n' },
      ],
    });
    expect(await configuration.inForce()).toEqual({
      revision: 2,
      files: [
        { path: 'keys/hosts.yaml', version: 2, content: '' },
        { path: 'policy.yaml', version: 2, content: 'a: 2\n' },
      ],
    });
    expect(await configuration.find(3)).toBeNull();
  });

  it('is superseded when every file of it has a newer version, not before', async () => {
    const store = await openTestStore();
    await add(store, [file('policy.yaml', '1'), file('icp.yaml', '1')]);
    await add(store, [file('policy.yaml', '2', 1)]);
    const statuses = async () =>
      (await store.configuration.list({ limit: 10 })).map(({ number, status }) => `${number} ${status}`);
    expect(await statuses()).toEqual(['2 in-force', '1 in-force']);
    await add(store, [file('icp.yaml', null, 1)]);
    expect(await statuses()).toEqual(['3 in-force', '2 in-force', '1 superseded']);
    expect((await store.configuration.inForce()).files).toContainEqual({
      path: 'icp.yaml',
      version: 3,
      content: null,
    });
  });

  it('that waits is in force once it is approved, and ends others that wait with a file of it (invariant C13)', async () => {
    const store = await openTestStore();
    const { configuration } = store;
    await add(store, [file('policy.yaml', '1')], true);
    await add(store, [file('policy.yaml', '2'), file('icp.yaml', '2')], true);
    await add(store, [file('programs.yaml', '3')], true);
    expect(await configuration.inForce()).toEqual({ revision: 0, files: [] });
    expect(await configuration.approve(2, BOB, seen(0))).toEqual({ outcome: 'done', superseded: [1] });
    expect(await configuration.find(2)).toMatchObject({
      status: 'in-force',
      decision: BOB,
      inForceAt: BOB.at,
    });
    expect(await configuration.approve(1, BOB, seen(1))).toEqual({ outcome: 'decided-before' });
    expect(await configuration.approve(3, BOB, seen(1))).toEqual({ outcome: 'done', superseded: [] });
    expect((await configuration.inForce()).files.map(({ version }) => version)).toEqual([2, 2, 3]);
  });

  it('is dismissed once', async () => {
    const store = await openTestStore();
    const { configuration } = store;
    await add(store, [file('policy.yaml', '1')], true);
    const { entry } = seen(0);
    expect(await configuration.dismiss(1, 'rejected', BOB, entry(1, []))).toBe('done');
    expect(await configuration.dismiss(1, 'withdrawn', BOB, entry(1, []))).toBe('decided-before');
    expect(await configuration.approve(1, BOB, seen(0))).toEqual({ outcome: 'decided-before' });
    expect(await configuration.find(1)).toMatchObject({ status: 'rejected', decision: BOB });
    expect(await store.audit.list({ before: null, limit: 10 })).toHaveLength(2);
  });

  it('comes into force over what its author saw, and two at once come one after the other (invariant C14)', async () => {
    const store = await openTestStore();
    const { configuration } = store;
    const outcomes = await Promise.all(
      ['x', 'y'].map((text) => configuration.add(versionOf([file('icp.yaml', text)]), false, seen(0))),
    );
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    expect(await configuration.revision()).toBe(1);
    await add(store, [file('policy.yaml', '1')], true);
    expect(await configuration.approve(2, BOB, seen(0))).toEqual({ outcome: 'moved' });
    expect(await store.audit.list({ before: null, limit: 10 })).toHaveLength(2);
  });

  it('can be looked back at: what was in force after each', async () => {
    const store = await openTestStore();
    const { configuration } = store;
    await add(store, [file('policy.yaml', 'waits')], true);
    await add(store, [file('icp.yaml', '2')]);
    await add(store, [file('icp.yaml', '3', 2)]);
    await configuration.approve(1, BOB, seen(2));
    await add(store, [file('icp.yaml', null, 3)]);
    const after = async (number: number) =>
      (await configuration.inForceAfter(number))?.map(({ path, content }) => `${path} ${content}`) ?? null;
    expect(await after(0)).toEqual([]);
    expect(await after(2)).toEqual(['icp.yaml 2']);
    expect(await after(1)).toEqual(['icp.yaml 3', 'policy.yaml waits']);
    expect(await after(4)).toEqual(['icp.yaml null', 'policy.yaml waits']);
    expect(await after(9)).toBeNull();
    expect(
      (await configuration.list({ limit: 1, before: 4, path: 'icp.yaml' })).map((v) => v.number),
    ).toEqual([3]);
  });

  it('keeps its files as they were, whoever asks (invariant C12)', async () => {
    const store = await openTestStore();
    await add(store, [file('policy.yaml', '1')]);
    const client = new Client({ connectionString: store.databaseUrl });
    await client.connect();
    for (const statement of [
      `update tierline.configuration_files set content = 'x'`,
      'delete from tierline.configuration_files',
      'truncate tierline.configuration_files cascade',
    ]) {
      await expect(client.query(statement)).rejects.toThrow(/never changed/u);
    }
    await client.end();
  });
});

describe('a run', () => {
  it('remembers by which versions it went', async () => {
    const { runs } = await openTestStore();
    const run = {
      id: 'r1',
      mode: 'live',
      asOf: AT,
      startedAt: AT,
      policyHash: 'p',
      connections: [],
      options: null,
    } as const;
    await runs.start({ ...run, configuration: { 'policy.yaml': 7 } });
    await runs.start({ ...run, id: 'r2' });
    expect((await runs.find('r1'))?.configuration).toEqual({ 'policy.yaml': 7 });
    expect(await runs.find('r2')).not.toHaveProperty('configuration');
  });
});
