import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { ConfigError } from '#errors/errors.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tierline-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function load(text: string, variables: Readonly<Record<string, string>> = {}) {
  writeFileSync(path.join(folder, 'tierline.yaml'), text);
  return loadWorkspace(folder, readEnvironment(variables));
}

const HUBSPOT =
  'name: acme\nconnections:\n  - id: hs\n    crm: hubspot\n    auth: { flow: access-token, token: ${HS_TOKEN} }\n';

describe('a workspace file', () => {
  it('takes a variable unquoted inside a flow map, where YAML itself would see braces', () => {
    const [connection] = load(HUBSPOT, { HS_TOKEN: 'pat-1' }).connections;
    expect(connection?.auth).toEqual({ flow: 'access-token', token: 'pat-1' });
  });

  it('lets no value change the shape of the document', () => {
    const hostile = 'x }, { id: other: "\n  - ${OTHER}';
    const [connection] = load(HUBSPOT, { HS_TOKEN: hostile }).connections;
    expect(connection?.auth).toMatchObject({ token: hostile });
  });

  it('names a missing variable and where it is needed', () => {
    expect(() => load(HUBSPOT)).toThrow(ConfigError);
    expect(() => load(HUBSPOT)).toThrow(/connections\[0\]\.auth\.token .*HS_TOKEN/u);
  });

  it('reads a secret from the file that NAME_FILE names, without its last line break', () => {
    const file = path.join(folder, 'token');
    writeFileSync(file, 'pat-2\n');
    const [connection] = load(HUBSPOT, { HS_TOKEN_FILE: file }).connections;
    expect(connection?.auth).toMatchObject({ token: 'pat-2' });
  });

  it('takes the fallback for a variable that is unset or empty', () => {
    const text = 'name: acme\ndatabase: ${DATABASE_URL:-}\n';
    expect(load(text).database).toBe('');
    expect(load(text, { DATABASE_URL: '' }).database).toBe('');
    expect(load(text, { DATABASE_URL: 'postgres://h/d' }).database).toBe('postgres://h/d');
  });

  it('refuses an unknown key with the nearest one that exists', () => {
    expect(() => load('name: acme\nconections: []\n')).toThrow(
      /conections: unknown key; did you mean "connections"/u,
    );
  });

  it('shows no secret when a connection is wrong', () => {
    const wrong =
      'name: acme\nconnections:\n  - { id: hs, crm: hubspot, auth: { flow: nope, token: very-secret } }\n';
    expect(() => load(wrong)).toThrow(/auth/u);
    expect(() => load(wrong)).not.toThrow(/very-secret/u);
  });
});
