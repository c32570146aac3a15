// A copy of a flow's workspace with something wrong in it, on a database of its own, for the command line to stumble over.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { Flow } from '#test/flow/flow-fixture.ts';
import { createTestDatabase } from '#test/store/store-fixture.ts';

/** tierline.yaml as plain values, to be changed in place. */
export interface WorkspaceYaml {
  [key: string]: unknown;
  readonly connections: Record<string, unknown>[];
  readonly sources: Record<string, unknown>[];
}

export interface Variant {
  readonly yaml?: (document: WorkspaceYaml) => void;
  /** Text or bytes by path below the workspace. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const folders: string[] = [];

export async function makeVariant(flow: Flow, { yaml, files = {} }: Variant = {}): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tierline-variant-'));
  folders.push(folder);
  cpSync(flow.folder, folder, { recursive: true });
  const file = path.join(folder, 'tierline.yaml');
  const document = JSON.parse(readFileSync(file, 'utf8')) as WorkspaceYaml;
  document['database'] = await createTestDatabase();
  yaml?.(document);
  writeFileSync(file, JSON.stringify(document, null, 2));
  for (const [name, content] of Object.entries(files)) {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
