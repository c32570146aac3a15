// The commands that need no CRM and no database, on wrong input: exit codes (invariant C10), what is said, what is written.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCli } from './spawn-cli.ts';

const ROOT = mkdtempSync(path.join(tmpdir(), 'tierline-cli-'));
afterAll(() => rmSync(ROOT, { recursive: true, force: true }));

const newFolder = () => mkdtempSync(path.join(ROOT, 'w-'));

// Starting a process takes a second, and longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

function put(folder: string, name: string, content: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

function evaluate(content: string) {
  return runCli(['tiers', 'evaluate', '--input', put(newFolder(), 'in.json', content), '--json']);
}

function match(folder: string, content: string, output: string) {
  return runCli(['keys', 'match', '--input', put(folder, 'in.jsonl', content), '--output', output]);
}

describe('the command line', () => {
  it.each([
    { args: ['snyc'], says: /unknown command 'snyc'/u },
    { args: ['sync', '--dryrun'], says: /unknown option '--dryrun'/u },
    { args: ['tiers', 'evaluate'], says: /--input/u },
  ])('$args is a mistake of usage', async ({ args, says }) => {
    const folder = newFolder();
    const { exitCode, stdout, stderr } = await runCli(args, { cwd: folder });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });

  it('answers --version on standard output', async () => {
    expect(await runCli(['--version'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u),
    });
  });
});

describe('a workspace', () => {
  it('that is not there is named, with how to make one', async () => {
    const folder = newFolder();
    const { exitCode, stderr } = await runCli(['check'], {
      env: { TIERLINE_WORKSPACE: path.join(folder, 'none') },
    });
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/There is no tierline\.yaml in .*none\n.*tierline init/su);
  });

  it('with a mistake in its YAML is refused without the line, which may hold a secret', async () => {
    const folder = newFolder();
    put(folder, 'tierline.yaml', 'name: acme\n  token: pat-s3cr3t\n bad\n');
    const { exitCode, stdout, stderr } = await runCli(['check', '--workspace', folder]);
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/tierline\.yaml: .*at line/u);
    expect(stdout + stderr).not.toContain('s3cr3t');
  });

  it('with a wrong policy is refused before a database is started', async () => {
    const folder = newFolder();
    put(folder, 'tierline.yaml', 'name: acme\nmappings: own\n');
    put(folder, 'own/policy.yaml', 'fitt: {}\n');
    const { exitCode, stderr } = await runCli(['check', '--workspace', folder]);
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/policy\.yaml is not valid:\n.*fitt: unknown key; did you mean "fit"/u);
    expect(existsSync(path.join(folder, '.tierline'))).toBe(false);
  });
});

describe('init', () => {
  it('writes a workspace that says which variable it needs, and never over one', async () => {
    const folder = newFolder();
    const target = path.join(folder, 'acme');
    expect((await runCli(['init', target])).exitCode).toBe(0);
    put(folder, 'acme/tierline.yaml', 'name: mine\n');
    const again = await runCli(['init', target]);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toMatch(/already holds a tierline\.yaml/u);
    expect(readFileSync(path.join(target, 'tierline.yaml'), 'utf8')).toBe('name: mine\n');
  });

  it('writes nothing in a dry run', async () => {
    const folder = newFolder();
    const target = path.join(folder, 'acme');
    const { exitCode, stdout } = await runCli(['init', target, '--dry-run']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('would write');
    expect(existsSync(target)).toBe(false);
  });

  it('says so when the folder is a file', async () => {
    const folder = newFolder();
    const { exitCode, stderr } = await runCli(['init', put(folder, 'acme', 'a file')]);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('internal error');
  });
});

describe('tiers evaluate', () => {
  it.each([{ what: 'no array', content: '{"id":"a"}', says: /holds no JSON array/u }])(
    'refuses a file that is $what',
    async ({ content, says }) => {
      const { exitCode, stdout, stderr } = await evaluate(content);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(says);
    },
  );

  it('names a file that is not there', async () => {
    const folder = newFolder();
    const { exitCode, stderr } = await runCli(['tiers', 'evaluate', '--input', path.join(folder, 'no.json')]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/no readable file .*no\.json/u);
  });

  it('answers the good items beside a bad one, in one JSON document', async () => {
    const { exitCode, stdout } = await evaluate('[{"id":"a"},{"id":"b","acv":-1},{"id":"c"}]');
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'tierline.tiers.evaluate/1',
      results: [
        { id: 'a', tier: 'Unscored' },
        { id: 'b', error: { path: 'acv' } },
        { id: 'c', tier: 'Unscored' },
      ],
    });
  });
});

describe('keys match', () => {
  it('matches the good lines beside a bad one', async () => {
    const folder = newFolder();
    const { exitCode, stderr } = await match(
      folder,
      '{"id":"a","name":"Acme Steel"}\nnot json\n{"id":"b","name":"Zenit"}\n',
      path.join(folder, 'out.jsonl'),
    );
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/1 lines that are no record/u);
    const lines = readFileSync(path.join(folder, 'out.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id?: string }).id)).toEqual(
      expect.arrayContaining(['a', 'b']),
    );
  });

  it('refuses to write over its own input, under whatever name, and leaves it as it was', async () => {
    const folder = newFolder();
    const content = '{"id":"a","name":"Acme"}\n';
    const link = path.join(folder, 'link.jsonl');
    symlinkSync(path.join(folder, 'in.jsonl'), link);
    const { exitCode, stderr } = await match(folder, content, link);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/is the input itself/u);
    expect(readFileSync(link, 'utf8')).toBe(content);
  });

  it('names an output that cannot be written', async () => {
    const folder = newFolder();
    const { exitCode, stderr } = await match(
      folder,
      '{"id":"a","name":"Acme"}\n',
      path.join(folder, 'none/out.jsonl'),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/cannot be written/u);
    expect(stderr).not.toMatch(/\n\s+at /u);
  });
});

describe('roles suggest', () => {
  it('answers the good lines beside a bad one', async () => {
    const folder = newFolder();
    const input = put(
      folder,
      'in.jsonl',
      '\uFEFF{"id":"1","title":"Chief Financial Officer"}\n{"title":"CEO"}\n[]\nnope\n',
    );
    const { exitCode, stdout } = await runCli(['roles', 'suggest', '--input', input, '--json']);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'tierline.roles.suggest/1',
      results: [
        { id: '1', role: 'economic_buyer' },
        { line: 2, error: 'id is no text' },
        { line: 3 },
        { line: 4, error: 'the line is not JSON' },
      ],
    });
  });

  it.each(['\n\n'])('refuses a file without a title', async (content) => {
    const folder = newFolder();
    const { exitCode, stderr } = await runCli([
      'roles',
      'suggest',
      '--input',
      put(folder, 'in.jsonl', content),
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('holds no title');
  });
});
