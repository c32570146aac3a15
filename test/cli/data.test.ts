// `tierline data forget`, as an admin types it, over real PostgreSQL.
import { beforeEach, expect, it } from 'vitest';
import type { Session } from '#pipeline/session.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { ANA, dump, putEverywhere, showsAna } from '#test/store/person-everywhere.ts';
import { openTestStore, silentLog, systemClock } from '#test/store/store-fixture.ts';
import { runWithServices } from './run-in-process.ts';

let store: OpenedStore;

beforeEach(async () => {
  store = await openTestStore();
  await putEverywhere(store);
});

const forget = (...args: readonly string[]) =>
  runWithServices(['data', 'forget', ...args], {
    withSession: (_workspace, work) =>
      work({ store, clock: systemClock, log: silentLog } as unknown as Session),
  });

it('`data forget` says what it removed, and from where the person would come back; no address is printed (invariant D3)', async () => {
  const dry = await forget(ANA, '--dry-run');
  expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^to remove/u) });
  expect((await dump(store)).get('records')?.some(showsAna)).toBe(true);

  const { exitCode, stdout, stderr } = await forget(ANA);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/contacts and leads +4\n/u);
  expect(stderr).toMatch(/ {2}sf contact 003ANA\n/u);
  expect(stderr).toContain('The file of source web holds the address');
  expect(dry.stdout + dry.stderr + stdout + stderr).not.toContain(ANA);
  expect((await dump(store)).get('records')?.some(showsAna)).toBe(false);
});

it('`data forget` of somebody nobody knows says so and exits with 0; what is no address exits with 2', async () => {
  expect(await forget('nobody@acme.example')).toMatchObject({
    exitCode: 0,
    stdout: 'Nothing is stored of this person.',
  });
  const { stdout } = await forget('nobody@acme.example', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'tierline.data.forget/1',
    effect: 'now',
    found: false,
    removed: { records: 0, cleaned: 0 },
    stillIn: [],
    sources: [],
  });
  expect((await forget('Ana Quintanilla')).exitCode).toBe(2);
});
