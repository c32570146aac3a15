import { describe, expect, it } from 'vitest';
import type { RunStart } from '#ports/store.ts';
import { administer, openTestStore, openTestStoreAt } from './store-fixture.ts';

function runOf(id: string, more: Partial<RunStart> = {}): RunStart {
  return {
    id,
    mode: 'live',
    asOf: '2026-11-21',
    startedAt: '2026-11-21T02:00:00.000Z',
    policyHash: 'p1',
    connections: ['sf', 'h"s'],
    options: { full: true, accounts: null, z: 1, a: [1, 'x'] },
    ...more,
  };
}

const finishedAt = '2026-11-21T02:05:00.000Z';

describe('runs', () => {
  it('give back what was stored of them, the report in its own order', async () => {
    const store = await openTestStore();
    await store.runs.start(runOf('r1'));
    expect(await store.runs.find('r1')).toEqual({
      ...runOf('r1'),
      status: 'running',
      finishedAt: null,
      report: null,
    });
    const report = { schema: 'tierline.sync/1', run: 'r1', asOf: 'x', held: null };
    await store.runs.finish('r1', 'done', finishedAt, report);
    const found = await store.runs.find('r1');
    expect(found).toMatchObject({ status: 'done', finishedAt });
    expect(JSON.stringify(found?.report)).toBe(JSON.stringify(report));
    expect(await store.runs.find('r2')).toBeNull();
  });

  it('are listed newest first', async () => {
    const store = await openTestStore();
    for (const id of ['b', 'a', 'c']) await store.runs.start(runOf(id));
    expect((await store.runs.list(2)).map((run) => run.id)).toEqual(['c', 'a']);
  });

  it('name the last one that may have changed something', async () => {
    const store = await openTestStore();
    expect(await store.runs.lastApplied()).toBeNull();
    const runs = [
      ['r1', 'live', 'done'],
      ['r2', 'approved', 'stopped'],
      ['r3', 'dry-run', 'done'],
      ['r4', 'live', 'held'],
    ] as const;
    for (const [id, mode, status] of runs) {
      await store.runs.start(runOf(id, { mode }));
      await store.runs.finish(id, status, finishedAt, null);
    }
    await store.runs.start(runOf('r5'));
    expect(await store.runs.lastApplied()).toMatchObject({ id: 'r2' });
  });
});

describe('the run lock', () => {
  it('is held by one at a time and free after its release', async () => {
    const store = await openTestStore();
    const other = await openTestStoreAt(store.databaseUrl);
    const release = await store.runs.lock();
    expect(release).not.toBeNull();
    expect(await other.runs.lock()).toBeNull();
    expect(await store.runs.lock()).toBeNull();
    await release?.();
    await release?.();
    const second = await other.runs.lock();
    expect(second).not.toBeNull();
    await second?.();
  });

  it('says so when the database takes it away, and is free for another', async () => {
    const store = await openTestStore();
    const lost = Promise.withResolvers<void>();
    const release = await store.runs.lock(() => lost.resolve());
    await administer(
      store.databaseUrl,
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 2 and pid <> pg_backend_pid()
          and database = (select oid from pg_database where datname = current_database())`,
      store.databaseUrl,
    );
    await lost.promise;
    await release?.();
    const second = await store.runs.lock();
    expect(second).not.toBeNull();
    await second?.();
  });

  it('marks runs that a crash left running as interrupted', async () => {
    const store = await openTestStore();
    await store.runs.start(runOf('crashed'));
    const release = await store.runs.lock();
    expect(await store.runs.find('crashed')).toMatchObject({ status: 'interrupted', report: null });
    expect(await store.runs.lastApplied()).toMatchObject({ id: 'crashed' });
    await release?.();
  });
});

function record(id: string) {
  return { connection: 'sf', object: 'account', id } as const;
}

describe('touched records', () => {
  it('stand there once however often they are reported, the oldest report first', async () => {
    const { touched } = await openTestStore();
    await touched.add([record('a'), record('b')]);
    await touched.add([record('a'), record('a')]);
    expect((await touched.list()).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('stay when they were reported again while somebody looked at them', async () => {
    const { touched } = await openTestStore();
    await touched.add([record('a'), record('b')]);
    const seen = await touched.list();
    await touched.add([record('b')]);
    await touched.remove(seen);
    expect((await touched.list()).map(({ id }) => id)).toEqual(['b']);
  });

  it('know where the next look goes on, and when the last one was', async () => {
    const { touched } = await openTestStore();
    expect(await touched.lastPoll('sf', 'account')).toBeNull();
    await touched.movePollCursor('sf', 'account', 'c1');
    await touched.movePollCursor('sf', 'account', 'c2');
    const last = await touched.lastPoll('sf', 'account');
    expect(last?.cursor).toBe('c2');
    expect(Date.parse(last?.polledAt ?? '')).not.toBeNaN();
  });
});

describe('pulls', () => {
  it('remember cursors by connection and object', async () => {
    const store = await openTestStore();
    expect(await store.pulls.cursor('sf', 'account')).toBeNull();
    await store.pulls.moveCursor('sf', 'account', 'c1', 'f1');
    await store.pulls.moveCursor('sf', 'account', 'c2', 'f2');
    await store.pulls.moveCursor('hs', 'account', 'c3', 'f3');
    expect(await store.pulls.cursor('sf', 'account')).toBe('c2');
    expect(await store.pulls.fieldsHash('sf', 'account')).toBe('f2');
    await store.pulls.forgetCursors('sf');
    expect(await store.pulls.cursor('sf', 'account')).toBeNull();
    expect(await store.pulls.cursor('hs', 'account')).toBe('c3');
  });

  it('owe a read to stretches of our own writes until they are settled', async () => {
    const store = await openTestStore();
    const late = { from: '2026-11-21T03:00:00.000Z', to: '2026-11-21T03:00:09.000Z', rows: 500 };
    const early = { ...late, from: '2026-11-21T02:00:00.000Z', to: '2026-11-21T02:00:09.000Z' };
    await store.pulls.addOwnWrites('sf', 'account', late);
    await store.pulls.addOwnWrites('sf', 'account', early);
    await store.pulls.addOwnWrites('sf', 'contact', early);
    const pending = await store.pulls.ownWrites('sf', 'account');
    expect(pending).toMatchObject([
      { ...early, skipped: false },
      { ...late, skipped: false },
    ]);
    const [first, second] = pending.map((stretch) => stretch.id);
    await store.pulls.skipOwnWrites([first ?? 0]);
    await store.pulls.settleOwnWrites([second ?? 0]);
    await store.pulls.settleOwnWrites([]);
    expect(await store.pulls.ownWrites('sf', 'account')).toMatchObject([{ ...early, skipped: true }]);
    expect(await store.pulls.ownWrites('sf', 'contact')).toHaveLength(1);
  });
});
