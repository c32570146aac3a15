// `users add`, `users list`, `users remove` on the database of a service: what they print, and what the service then lets in.
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '#cli/create-cli.ts';
import type { Services } from '#cli/services.ts';
import { readEnvironment } from '#config/environment.ts';
import { callService } from './service-client.ts';
import { startTestService, type TestService } from './service-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});

async function tierline(...args: readonly string[]) {
  const out: string[] = [];
  const notes: string[] = [];
  const style = { bold: same, dim: same, red: same, green: same, yellow: same };
  const services = {
    terminal: {
      out: (line: string) => out.push(line),
      note: (line: string) => notes.push(line),
      json: (document: unknown) => out.push(JSON.stringify(document)),
      style,
    },
    environment: readEnvironment({}),
    signal: new AbortController().signal,
    withSession: (_named: unknown, work: (session: TestService['session']) => unknown) =>
      work(service.session),
  } as unknown as Services;
  const exitCode = await runCli([...args, '--workspace', service.folder], services, '0.0.0');
  return { exitCode, out: out.join('\n'), notes: notes.join('\n') };
}

function same(text: string): string {
  return text;
}

const tokenOf = (text: string) => /#link=(?<token>[\w-]+)/u.exec(text)?.groups?.['token'] ?? '';

describe('the users commands', () => {
  it('add a user whose link lets in with the role given, and nothing with --dry-run', async () => {
    const dry = await tierline('users', 'add', 'Ann@Acme.Example', '--role', 'admin', '--dry-run');
    expect([dry.exitCode, dry.out]).toEqual([0, 'would add ann@acme.example (admin)']);
    expect((await tierline('users', 'list', '--json')).out).toBe(
      '{"schema":"tierline.users.list/1","users":[]}',
    );

    const added = await tierline('users', 'add', 'Ann@Acme.Example', '--role', 'admin');
    expect([added.exitCode, added.out]).toEqual([
      0,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:4400\/#link=[\w-]{43}$/u),
    ]);
    const opened = await callService(service.url, 'POST /api/session/link', {
      body: { token: tokenOf(added.out) },
    });
    expect(opened.status).toBe(201);
    const [entry] = await service.store.audit.list({ before: null, limit: 1 });
    expect(entry).toMatchObject({ action: 'user.add', author: { kind: 'command-line', requestId: null } });
  });

  it('give somebody who is there a new link, not another role', async () => {
    const again = await tierline('users', 'add', 'ann@acme.example', '--role', 'admin', '--json');
    expect(JSON.parse(again.out)).toMatchObject({
      schema: 'tierline.users.add/1',
      added: false,
      role: 'admin',
    });
    expect(tokenOf(again.out)).toHaveLength(43);
    const other = await tierline('users', 'add', 'ann@acme.example', '--role', 'viewer');
    expect([other.exitCode, other.out]).toEqual([2, '']);
    expect(other.notes).toContain('with the role admin');
  });

  it('refuse what is no e-mail and no role', async () => {
    expect((await tierline('users', 'add', 'ann', '--role', 'viewer')).exitCode).toBe(2);
    expect((await tierline('users', 'add', 'b@acme.example', '--role', 'owner')).exitCode).toBe(2);
  });

  it('list who there is, and remove all but the last admin', async () => {
    await tierline('users', 'add', 'bob@acme.example', '--role', 'viewer');
    const { out } = await tierline('users', 'list');
    expect(out).toMatch(/ann@acme\.example +admin +link/u);
    expect(out).toMatch(/bob@acme\.example +viewer +link +never/u);
    expect((await tierline('users', 'remove', 'bob@acme.example')).out).toBe('removed bob@acme.example');
    expect((await tierline('users', 'remove', 'bob@acme.example')).exitCode).toBe(2);
    const last = await tierline('users', 'remove', 'ann@acme.example');
    expect([last.exitCode, last.notes]).toEqual([2, expect.stringContaining('last admin')]);
  });
});
