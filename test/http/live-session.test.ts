// The API's session follows files while the service runs.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { openTestStore } from '#test/store/store-fixture.ts';
import { openLiveSession } from '../../src/main/live-session.ts';
import { createKeptLog, createMovableClock } from './service-fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tierline-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeWorkspace(currency: string): void {
  writeFileSync(
    path.join(folder, 'tierline.yaml'),
    JSON.stringify({ name: 'live', mappings: 'mappings', currency }),
  );
}

function writePolicy(text: string): void {
  writeFileSync(path.join(folder, 'mappings/policy.yaml'), text);
}

it('a session of the API follows tierline.yaml and the mappings, and stays as it was while they are wrong', async () => {
  mkdirSync(path.join(folder, 'mappings'));
  writeWorkspace('USD');
  const store = await openTestStore();
  const clock = createMovableClock();
  const { log, lines } = createKeptLog();
  const live = await openLiveSession(store, () => ({
    workspace: loadWorkspace(folder, readEnvironment({})),
    clock,
    log,
    progress: { report() {} },
    signal: new AbortController().signal,
    secretKeys: null,
  }));
  const lookAgain = () => {
    clock.pass(1_001);
    return live.current();
  };
  const first = await live.current();
  expect(await lookAgain()).toBe(first);

  writeWorkspace('EUR');
  const second = await lookAgain();
  expect(second.settings.currency).toBe('EUR');
  expect(live.latest).toBe(second);

  writePolicy('version: other-1\n');
  const third = await lookAgain();
  expect([third.rules.policy.version, second.rules.policy.version]).toEqual(['other-1', 'goldilocks-1']);
  expect(third.rules.policyHash).not.toBe(second.rules.policyHash);

  writePolicy('no_such_key: 1\n');
  expect(await lookAgain()).toBe(third);
  expect(lines.at(-1)?.fields['reason']).toContain('no_such_key');

  writePolicy('version: other-2\n');
  expect((await lookAgain()).rules.policy.version).toBe('other-2');
  // The first one is still good for whoever has it.
  expect(await first.store.runs.list(1)).toEqual([]);
  await live.close();
});
