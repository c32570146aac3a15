import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MappingError } from '#errors/errors.ts';
import { createMappingFiles } from '#mapping/files/mapping-files.ts';
import { type AcceptanceParts, prepareAcceptance } from '#mapping/icp/accept-proposal.ts';
import { loadIcp } from '#mapping/icp/load-icp.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const OLD =
  'criteria: { geo: { field: country, exact: [KR] }, employees: { field: employees, exact: { from: 9 } } }\n';
const NEW =
  'assumed: false\ncriteria: { geo: { field: country, exact: [KR, JP], adjacent: [TW] } }\nweights: { geo: 100 }\n';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accept-icp-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const prepare = (proposal: string, rest: Partial<AcceptanceParts> = {}) => {
  writeFileSync(path('proposal.yaml'), proposal);
  return prepareAcceptance({
    file: path('proposal.yaml'),
    folder,
    inForce: loadIcp(createMappingFiles(folder)),
    version: null,
    policy: shippedPolicy.fit,
    day: '2026-11-20',
    ...rest,
  });
};

describe('accepting a proposed profile', () => {
  it('shows what changes, weights as they count, and writes nothing yet (invariant L5)', () => {
    writeFileSync(path('icp.yaml'), OLD);
    const { changes } = prepare(NEW);
    expect(changes).toEqual([
      { path: 'assumed', before: 'true', after: 'false' },
      { path: 'weights.geo', before: '40', after: '100' },
      { path: 'weights.employees', before: '60', after: null },
      { path: 'criteria.geo.exact', before: 'KR', after: 'KR, JP' },
      { path: 'criteria.geo.adjacent', before: null, after: 'TW' },
      { path: 'criteria.employees', before: 'employees 9 or more', after: null },
    ]);
    expect(readFileSync(path('icp.yaml'), 'utf8')).toBe(OLD);
  });

  it('puts it in force as it was written, comments included, and keeps each one before (invariant L5)', () => {
    writeFileSync(path('icp.yaml'), OLD);
    prepare(`# why\n${NEW}`).apply();
    expect(readFileSync(path('icp.yaml'), 'utf8')).toBe(`# why\n${NEW}`);
    expect(loadIcp(createMappingFiles(folder))).toMatchObject({ assumed: false, weights: { geo: 100 } });
    prepare(OLD).apply();
    expect(readdirSync(folder).toSorted()).toEqual([
      'icp-before-2026-11-20-2.yaml',
      'icp-before-2026-11-20.yaml',
      'icp.yaml',
      'proposal.yaml',
    ]);
    expect(readFileSync(path('icp-before-2026-11-20.yaml'), 'utf8')).toBe(OLD);
    expect(readFileSync(path('icp-before-2026-11-20-2.yaml'), 'utf8')).toContain('# why');
  });

  it('keeps nothing when the very same file is in force', () => {
    writeFileSync(path('icp.yaml'), NEW);
    expect(prepare(NEW)).toMatchObject({ keptAs: null, changes: [] });
  });

  it('keeps nothing when the shipped profile was in force', () => {
    const acceptance = prepare(NEW);
    expect(acceptance.keptAs).toBeNull();
    acceptance.apply();
    expect(existsSync(path('icp.yaml'))).toBe(true);
  });

  it('refuses one that cannot be right, and leaves the one in force', () => {
    writeFileSync(path('icp.yaml'), OLD);
    expect(() => prepare(NEW.replace('100', '90'))).toThrow(MappingError);
    expect(readFileSync(path('icp.yaml'), 'utf8')).toBe(OLD);
  });

  it('refuses the profile in force, a file that is not there, and a workspace without mappings', () => {
    writeFileSync(path('icp.yaml'), OLD);
    expect(() => prepare(NEW, { file: path('icp.yaml') })).toThrow(/in force already/u);
    expect(() => prepare(NEW, { file: path('nowhere.yaml') })).toThrow(/no readable file/u);
    expect(() => prepare(NEW, { folder: null })).toThrow(/names no folder of mappings/u);
  });

  it('refuses where a version in the database would beat the file', () => {
    writeFileSync(path('icp.yaml'), OLD);
    expect(() => prepare(NEW, { version: 7 })).toThrow(/version 7 in the database/u);
  });
});
