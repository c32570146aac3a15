import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeCluster } from '#store/embedded/remove-cluster.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tierline-remove-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('removes a database inside the workspace and leaves the rest', () => {
  mkdirSync(path.join(folder, 'postgres', 'cluster'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.key'), 'x');
  removeCluster(folder);
  expect(existsSync(path.join(folder, 'postgres'))).toBe(false);
  expect(existsSync(path.join(folder, 'secret.key'))).toBe(true);
});

it('removes a database that had to live elsewhere', () => {
  const elsewhere = path.join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const data = path.join(folder, 'workspace', '.tierline');
  mkdirSync(data, { recursive: true });
  writeFileSync(path.join(data, 'postgres.location'), `${elsewhere}\n`);
  removeCluster(data);
  expect(existsSync(elsewhere)).toBe(false);
});

it('does nothing where there is none', () => {
  expect(() => removeCluster(path.join(folder, 'nothing'))).not.toThrow();
});
