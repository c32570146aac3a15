// Reads what every module of the tree imports, with a real parser; type imports count as imports.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Import {
  /** Path of the importing file from the root, with slashes. */
  readonly from: string;
  /** The module as it is written. */
  readonly specifier: string;
  /** Path from the root for files of ours; null for packages and node's own. */
  readonly file: string | null;
}

const ALIASES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
).imports;

export function sourceFiles(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => walk(path.join(ROOT, folder))).map((file) => path.relative(ROOT, file));
}

export function readImports(file: string): readonly Import[] {
  const parsed = parseSync(file, readFileSync(path.join(ROOT, file), 'utf8'));
  if (parsed.errors.length > 0) throw new Error(`${file} does not parse`);
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const specifiers = [
    ...staticImports.map((item) => item.moduleRequest.value),
    ...staticExports.flatMap((item) => item.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...dynamicImports.map((item) => text.slice(item.moduleRequest.start + 1, item.moduleRequest.end - 1)),
  ];
  return specifiers.map((specifier) => ({ from: file, specifier, file: resolve(file, specifier) }));
}

function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return path.normalize(path.join(path.dirname(from), specifier));
  if (!specifier.startsWith('#')) return null;
  for (const [alias, target] of Object.entries(ALIASES)) {
    const prefix = alias.slice(0, -1);
    if (specifier.startsWith(prefix)) {
      return path.normalize(target.slice(0, -1) + specifier.slice(prefix.length));
    }
  }
  throw new Error(`${from} imports ${specifier}, which no alias of package.json covers`);
}

function walk(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return walk(file);
    return file.endsWith('.ts') ? [file] : [];
  });
}
