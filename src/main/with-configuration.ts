// Opens what the `config` commands work with: the store, and no CRM and no rules, so that wrong ones can be put right.
import type { OpenedConfiguration } from '#cli/services.ts';
import { openStore } from '#store/open-store.ts';
import { configurationParts } from './configuration-parts.ts';
import type { SessionParts } from './open-session.ts';

export async function withConfiguration<Result>(
  { workspace, clock, log }: Pick<SessionParts, 'workspace' | 'clock' | 'log'>,
  work: (opened: OpenedConfiguration) => Promise<Result>,
): Promise<Result> {
  const store = await openStore({
    databaseUrl: workspace.database === '' ? null : workspace.database,
    dataFolder: workspace.dataFolder,
    clock,
    log,
  });
  try {
    const parts = configurationParts(workspace, store, clock);
    return await work({ parts, mappingsFolder: workspace.mappingsFolder });
  } finally {
    await store.close();
  }
}
