// The source files that the sandbox writes about the companies of an invented world, as sources of a flow.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeSources } from '#sandbox/sources/write-sources.ts';
import type { World } from '#sandbox/world/world.ts';
import type { FlowSource } from './flow-fixture.ts';

export async function inventedSources(world: World): Promise<readonly FlowSource[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tierline-sources-'));
  try {
    const written = await writeSources(world, folder);
    return written.map(({ id, kind, file, rows: _rows, ...settings }) => ({
      id,
      kind,
      file: `data/${file}`,
      content: readFileSync(path.join(folder, file)),
      settings,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
