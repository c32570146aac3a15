// Brings together what versions of the configuration are made with: the store, the workspace's own files and its rule of approval.
import type { Workspace } from '#config/load-workspace.ts';
import { readOwnFile } from '#mapping/files/own-folder.ts';
import type { ConfigurationParts } from '#pipeline/configuration/configuration-parts.ts';
import type { Clock } from '#ports/clock.ts';
import type { Store } from '#ports/store.ts';

export function configurationParts(
  { mappingFiles, mappingsFolder, service }: Workspace,
  { configuration, people }: Pick<Store, 'configuration' | 'people'>,
  clock: Clock,
): ConfigurationParts {
  return {
    store: configuration,
    people,
    clock,
    files: mappingFiles,
    ownFile: (path) => readOwnFile(mappingsFolder, path),
    approval: service.approval,
  };
}
