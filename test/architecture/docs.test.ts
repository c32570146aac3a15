// The documents name files, commands, tests and invariants; what they name has to be there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '#cli/create-cli.ts';
import { EXIT } from '#cli/output/exit-code.ts';
import type { Services } from '#cli/services.ts';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { ROOT, sourceFiles } from './read-imports.ts';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const spec = read('docs/SPEC.md');
const readme = read('README.md');

/** `- **P1** The promise.` and, on the next line, who holds it. */
const INVARIANT = /^- \*\*(?<id>[A-Z]\d+)\*\* .+\n {2}(?<heldBy>.+)$/gmu;
const invariants = [...spec.matchAll(INVARIANT)].flatMap(({ groups }) =>
  groups === undefined ? [] : [{ id: groups['id'] ?? '', heldBy: groups['heldBy'] ?? '' }],
);

/** Paths of the tree in backticks. */
function pathsIn(text: string): readonly string[] {
  const spans = [...text.matchAll(/`([^`\s]+)`/gu)].map(([, span]) => span ?? '');
  const ours = /^(?:src|connectors|sandbox|mappings|test|docs|bench)\/|^[A-Za-z.-]+\.(?:md|json|ts|ya?ml)$/u;
  return [...new Set(spans.filter((span) => ours.test(span)))].filter((span) => !OF_A_WORKSPACE.has(span));
}

/** Files of a user's workspace, not of this tree. */
const OF_A_WORKSPACE: ReadonlySet<string> = new Set([
  'tierline.yaml',
  '.tierline-base.json',
  ...MAPPING_FILE_NAMES,
]);

/** Targets of links that stay in the tree, from the file's own folder; anchors apart. */
function linksOf(file: string): readonly string[] {
  const targets = [...read(file).matchAll(/\]\((?<target>[^)\s]+)\)/gu)].map(
    ({ groups }) => groups?.['target'] ?? '',
  );
  return targets
    .filter((target) => !/^(?:https?:|#)/u.test(target))
    .map((target) => path.join(path.dirname(file), target.replace(/#.*$/u, '')));
}

describe('docs/SPEC.md (invariant A3)', () => {
  it('has invariants, each under a number of its own', () => {
    expect(invariants.length).toBeGreaterThan(60);
    expect(new Set(invariants.map(({ id }) => id)).size).toBe(invariants.length);
  });

  it('says of every invariant which test holds it, or that none does yet', () => {
    const silent = invariants.filter(
      ({ heldBy }) => !/`test\/[^`]+\.test\.ts`|not held by a test yet/iu.test(heldBy),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('names only tests that exist', () => {
    expect(pathsIn(spec).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it('knows every invariant that a test or a comment cites', () => {
    const known = new Set(invariants.map(({ id }) => id));
    const cited = sourceFiles('src', 'connectors', 'sandbox', 'test').flatMap((file) =>
      [...read(file).matchAll(/\binvariants? (?<ids>[A-Z]\d+(?:(?:, | and )[A-Z]\d+)*)/gu)]
        .flatMap(({ groups }) => groups?.['ids']?.split(/, | and /u) ?? [])
        .map((id) => ({ file, id })),
    );
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter(({ id }) => !known.has(id))).toEqual([]);
  });
});

const guides = readdirSync(path.join(ROOT, 'docs')).filter(
  (name) => name.endsWith('.md') && name !== 'SPEC.md',
);
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...guides.map((name) => `docs/${name}`)];
const decisions = readdirSync(path.join(ROOT, 'docs/adr')).map((name) => `docs/adr/${name}`);

describe.each([...pages, ...decisions])('%s', (file) => {
  it('names only paths that exist', () => {
    expect(pathsIn(read(file)).filter((named) => !existsSync(path.join(ROOT, named)))).toEqual([]);
  });

  it('links only to files that exist', () => {
    expect(linksOf(file).filter((target) => !existsSync(path.join(ROOT, target)))).toEqual([]);
  });
});

describe('the README', () => {
  it('lists exactly the commands there are', async () => {
    expect(firstCells('| command | what it does |').map(commandOf).toSorted()).toEqual(
      (await commandsOfCli()).toSorted(),
    );
  });

  it('says of every dependency what for, and of none that is gone', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const there = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] });
    const [, section = ''] = /\n## Dependencies\n([\s\S]*?)\n## /u.exec(readme) ?? [];
    const rowsOfTables = section.split('\n').filter((line) => line.startsWith('| `'));
    const firstColumn = rowsOfTables.map((line) => line.split(' | ')[0] ?? '');
    const named = firstColumn.flatMap((cell) =>
      [...cell.matchAll(/`([^`]+)`/gu)].map(([, name]) => name ?? ''),
    );
    expect(named.toSorted()).toEqual(there.toSorted());
  });

  it('lists exactly the exit codes there are', () => {
    const codes = firstCells('| exit code | meaning |').map(Number);
    expect(codes.toSorted((a, b) => a - b)).toEqual(Object.values(EXIT).toSorted((a, b) => a - b));
  });
});

/** First cells of the table under this header. */
function firstCells(header: string): readonly string[] {
  const [, after = ''] = readme.split(`\n${header}\n`);
  const [table = ''] = after.split('\n\n');
  return table
    .split('\n')
    .slice(1)
    .map((row) => /^\| (.*?) \|/u.exec(row)?.[1] ?? '');
}

/** `runs show` of "`runs show RUN [--failed]`" */
function commandOf(cell: string): string {
  return /^`((?:[a-z]+ ?)+)/u.exec(cell)?.[1]?.trim() ?? cell;
}

/** As the help lists them; of a group its own commands. */
async function commandsOfCli(): Promise<readonly string[]> {
  const names: string[] = [];
  for (const name of await listed([])) {
    const own = await listed([name]);
    names.push(...(own.length === 0 ? [name] : own.map((child) => `${name} ${child}`)));
  }
  return names;
}

async function listed(group: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const print = (text: string) => lines.push(...text.split('\n'));
  const services = { terminal: { out: print, note: print } } as unknown as Services;
  await runCli([...group, '--help'], services, '0.0.0');
  const start = lines.indexOf('Commands:');
  return start === -1
    ? []
    : lines
        .slice(start + 1)
        .flatMap((line) => /^ {2}(?<name>[a-z]+)/u.exec(line)?.groups?.['name'] ?? [])
        .filter((name) => name !== 'help');
}
