// `npm run schemas`: writes the editors' JSON Schemas to mappings/schemas/. With --check it writes nothing and fails when a
// file there is not what would be written.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEditorSchemas } from './editor-schemas.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../mappings/schemas');

const wanted = new Map(
  [...createEditorSchemas()].map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
);
mkdirSync(FOLDER, { recursive: true });
const standing = new Map(
  readdirSync(FOLDER).map((name) => [name, readFileSync(path.join(FOLDER, name), 'utf8')]),
);
const differing = [...new Set([...wanted.keys(), ...standing.keys()])].filter(
  (name) => wanted.get(name) !== standing.get(name),
);

if (process.argv.includes('--check')) {
  for (const name of differing) {
    process.stderr.write(`mappings/schemas/${name} is out of date: run npm run schemas\n`);
  }
  process.exitCode = differing.length === 0 ? 0 : 1;
} else {
  for (const name of differing) {
    const file = path.join(FOLDER, name);
    const text = wanted.get(name);
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
    process.stdout.write(`${text === undefined ? 'removed' : 'wrote'} mappings/schemas/${name}\n`);
  }
}
