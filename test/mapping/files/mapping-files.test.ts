import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { createMappingFiles, layVersions, shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import {
  readOwnFile,
  readTakenVersions,
  writeOwnFile,
  writeTakenVersions,
} from '#mapping/files/own-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mapping-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the names of mapping files', () => {
  it('are those of every file that is shipped', () => {
    const shipped = readdirSync('mappings', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map(({ parentPath, name }) => path.relative('mappings', path.join(parentPath, name)))
      // Files that a workspace may copy into its own folder.
      .map((name) => name.replace(/^optional\//u, ''));
    expect(shipped.length).toBeGreaterThan(15);
    expect(shipped.filter((name) => !MAPPING_FILE_NAMES.includes(name))).toEqual([]);
  });
});

describe('a mapping file (invariant C15)', () => {
  it('is the version in force, else that of the folder, else the shipped one, and says which', () => {
    writeFileSync(path.join(folder, 'policy.yaml'), 'mine');
    writeFileSync(path.join(folder, 'icp.yaml'), 'mine too');
    const files = layVersions(createMappingFiles(folder), [
      { path: 'policy.yaml', version: 7, content: 'held' },
      { path: 'icp.yaml', version: 8, content: null },
      { path: 'keys/hosts.yaml', version: null, content: 'proposed' },
    ]);
    expect(files('policy.yaml')).toEqual({
      text: 'held',
      shownPath: 'policy.yaml (version 7 in the database)',
    });
    expect(files('keys/hosts.yaml')?.shownPath).toBe('keys/hosts.yaml (as proposed)');
    expect(files('icp.yaml')).toEqual({ text: 'mine too', shownPath: path.join(folder, 'icp.yaml') });
    expect(files('programs.yaml')?.shownPath).toBe('mappings/programs.yaml');
    expect(files('hubspot/program.yaml')).toBeNull();
  });

  it('is found as it always was where there is no version', () => {
    expect(layVersions(shippedMappingFiles, [])).toBe(shippedMappingFiles);
    expect(createMappingFiles(null)).toBe(shippedMappingFiles);
    expect(() => createMappingFiles(path.join(folder, 'nowhere'))).toThrow(/there is no folder/u);
  });
});

describe('a folder of mapping files', () => {
  it('is read and written by known names only', () => {
    mkdirSync(path.join(folder, 'in'));
    writeFileSync(path.join(folder, 'secret.yaml'), 'x');
    expect(readOwnFile(path.join(folder, 'in'), '../secret.yaml')).toBeNull();
    expect(() => writeOwnFile(path.join(folder, 'in'), '../policy.yaml', 'x')).toThrow(/no mapping file/u);
    writeOwnFile(folder, 'keys/hosts.yaml', 'x');
    expect(readOwnFile(folder, 'keys/hosts.yaml')).toBe('x');
    expect(readdirSync(path.join(folder, 'keys'))).toEqual(['hosts.yaml']);
  });

  it('remembers what was taken from the service, and refuses a note that somebody broke', () => {
    expect(readTakenVersions(folder)).toEqual({});
    const taken = { 'policy.yaml': { version: 2, sha256: 'b' }, 'icp.yaml': { version: 1, sha256: 'a' } };
    writeTakenVersions(folder, taken);
    expect(readTakenVersions(folder)).toEqual(taken);
    writeFileSync(path.join(folder, '.tierline-base.json'), '{"files": 3}');
    expect(() => readTakenVersions(folder)).toThrow(/\.tierline-base\.json/u);
  });
});
