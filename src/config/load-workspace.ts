// Finds and reads a workspace: tierline.yaml, and where its mapping files are. Parsed once, frozen.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#errors/errors.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import { createMappingFiles, type MappingFiles } from '#mapping/files/mapping-files.ts';
import type { Environment } from './environment.ts';
import { hideVariables, substituteVariables } from './substitute-variables.ts';
import { type WorkspaceDocument, workspaceSchema } from './workspace-schema.ts';

const WORKSPACE_FILE = 'tierline.yaml';

export interface Workspace extends WorkspaceDocument {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Where the embedded database and other state of this workspace live. */
  readonly dataFolder: string;
  /** The workspace's own, else the shipped ones; versions in the database beat both. */
  readonly mappingFiles: MappingFiles;
  /** The folder that overrides the shipped mappings; null when the workspace has none. */
  readonly mappingsFolder: string | null;
}

/** The folder named on the command line, else by TIERLINE_WORKSPACE, else the current one. */
export function workspaceFolder(named: string | undefined, environment: Environment): string {
  return path.resolve(named ?? environment.get('TIERLINE_WORKSPACE') ?? '.');
}

export function hasWorkspace(folder: string): boolean {
  return existsSync(path.join(folder, WORKSPACE_FILE));
}

export function loadWorkspace(folder: string, environment: Environment): Workspace {
  const file = path.join(folder, WORKSPACE_FILE);
  if (!existsSync(file)) {
    throw new ConfigError(`There is no ${WORKSPACE_FILE} in ${folder}`, {
      next: 'Name the folder with --workspace DIR, or make one with `tierline init DIR`.',
    });
  }
  const hidden = hideVariables(readFileSync(file, 'utf8'));
  const written = hidden.reveal(parseYamlText(hidden.text, WORKSPACE_FILE) ?? {});
  const filled = substituteVariables(written, environment, WORKSPACE_FILE);
  const document = parseDocument(workspaceSchema, filled, WORKSPACE_FILE);
  const mappingsFolder = document.mappings === undefined ? null : path.resolve(folder, document.mappings);
  return Object.freeze({
    ...document,
    folder,
    dataFolder: path.join(folder, '.tierline'),
    mappingFiles: createMappingFiles(mappingsFolder),
    mappingsFolder,
  });
}
