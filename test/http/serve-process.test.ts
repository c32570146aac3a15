// `tierline serve` as a process: what it prints, that it answers, and how it ends.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningCli, runCli, startCli } from '#test/cli/spawn-cli.ts';
import { createTestDatabase } from '#test/store/store-fixture.ts';
import { readEvents } from './read-events.ts';
import { callService } from './service-client.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tierline-serve-'));

beforeAll(async () => {
  const database = await createTestDatabase();
  writeFileSync(path.join(folder, 'tierline.yaml'), JSON.stringify({ name: 'process', database }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What it has printed once it prints this. */
async function untilItPrints({ child, ended }: RunningCli, wanted: RegExp): Promise<string> {
  let printed = '';
  child.stdout?.on('data', (text: string) => {
    printed += text;
  });
  while (!wanted.test(printed)) {
    const over = await Promise.race([once(child.stdout ?? child, 'data').then(() => null), ended]);
    if (over !== null) throw new Error(`it ended: ${over.stderr}`);
  }
  return printed;
}

describe('tierline serve', () => {
  it('prints where it answers and a link for the first admin, and ends with 0 when it is told to, streams and all', async () => {
    const running = startCli(['serve', '--workspace', folder, '--port', '0']);
    const printed = await untilItPrints(running, /#link=\S+/u);
    const url = /answers on (?<url>http:\/\/127\.0\.0\.1:\d+)/u.exec(printed)?.groups?.['url'] ?? '';
    const token = /#link=(?<token>\S+)/u.exec(printed)?.groups?.['token'];
    const opened = await callService(url, 'POST /api/session/link', {
      body: { token, email: 'first@acme.example', password: 'correct horse battery' },
    });
    expect(opened.status).toBe(201);
    const headers = {
      cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '',
      'x-csrf-token': opened.body.csrfToken,
    };
    // Without connections the run fails for good; its events tell so.
    const started = await callService(url, 'POST /api/runs', { body: {}, headers });
    const stream = await fetch(`${url}/api/runs/${started.body.run}/events`, { headers });
    const events = await Array.fromAsync(readEvents(stream));
    expect(events.at(-1)).toMatchObject({
      event: 'end',
      data: { state: 'failed', failure: expect.stringContaining('connection') },
    });
    running.child.kill('SIGTERM');
    const { exitCode, stderr } = await running.ended;
    expect(exitCode).toBe(0);
    expect(stderr).toContain('"route":"/api/runs"');
    expect(stderr).not.toMatch(/first@acme|correct horse|tierline-session/u);
    expect(stderr).not.toContain(token);
  });

  it('prints no link when there is a user', async () => {
    const running = startCli(['serve', '--workspace', folder, '--port', '0']);
    await untilItPrints(running, /answers on \S+\n/u);
    running.child.kill('SIGINT');
    const { exitCode, stdout } = await running.ended;
    expect([exitCode, stdout]).toEqual([0, expect.not.stringContaining('#link')]);
  });

  it('ends with 5 and says so when its port is taken', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { exitCode, stderr } = await runCli(['serve', '--workspace', folder, '--port', String(port)]);
    other.close();
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
  });
});
