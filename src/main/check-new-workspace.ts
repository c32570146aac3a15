// A workspace that was never used holds no versions: what is wrong with its files is said before a database is started for it.
import { existsSync } from 'node:fs';
import type { Workspace } from '#config/load-workspace.ts';
import { loadRules } from '#pipeline/configuration/load-rules.ts';

export function checkNewWorkspace({ database, dataFolder, mappingFiles }: Workspace): void {
  if (database === '' && !existsSync(dataFolder)) loadRules(mappingFiles);
}
