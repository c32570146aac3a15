import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEEDS, ROOMS, VENDORS } from './import-rules.ts';
import { ROOT, readImports, sourceFiles } from './read-imports.ts';

const files = sourceFiles('src', 'connectors', 'sandbox');
const imports = files.flatMap(readImports);

describe('the house (docs/SPEC.md, invariant A1)', () => {
  it('is read at all: a reader that finds nothing would let everything pass', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(500);
    expect(imports.filter(({ file }) => file !== null).length).toBeGreaterThan(200);
  });

  it('has a room for every file', () => {
    expect(files.filter((file) => !ROOMS.some(({ folder }) => file.startsWith(folder)))).toEqual([]);
  });

  it('lets a room see only what its rule names', () => {
    const broken = imports.filter(({ from, file }) => {
      const room = ROOMS.find(({ folder }) => from.startsWith(folder));
      if (file === null || room === undefined || file.startsWith(room.folder)) return false;
      return !room.sees.some((prefix) => file.startsWith(prefix));
    });
    expect(broken.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([]);
  });

  it('keeps each vendor library in its own room', () => {
    const broken = imports.filter(({ from, specifier }) => {
      const vendor = Object.keys(VENDORS).find(
        (name) => specifier === name || specifier.startsWith(`${name}/`),
      );
      return vendor !== undefined && !VENDORS[vendor]?.some((folder) => from.startsWith(folder));
    });
    expect(broken.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([]);
  });

  it.each(DEEDS)('lets only some rooms $what', ({ pattern, only }) => {
    const doing = files.filter((file) => {
      if (only.some((folder) => file.startsWith(folder))) return false;
      return pattern.test(readFileSync(path.join(ROOT, file), 'utf8'));
    });
    expect(doing).toEqual([]);
  });

  it('imports files of ours by their full name', () => {
    const vague = imports.filter(({ file }) => file !== null && !/\.(?:ts|json)$/u.test(file));
    expect(vague.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([]);
  });
});
