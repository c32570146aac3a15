// Brings the schema up to date. The migrations are imported, not searched for in a folder, so that none can be missing from an image.
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { ConfigError } from '#errors/errors.ts';
import { schemaName } from '../schema-name.ts';
import { firstTables } from './0001-first-tables.ts';
import { keyJudgements } from './0002-key-judgements.ts';
import { matchMemory } from './0003-match-memory.ts';
import { slots } from './0004-slots.ts';
import { tierHistory } from './0005-tier-history.ts';
import { queueTables } from './0006-queue.ts';
import { people } from './0007-people.ts';
import { connecting } from './0009-connecting.ts';
import { configuration } from './0010-configuration.ts';
import { notedForgettings } from './0011-noted-forgettings.ts';

const migrations = {
  '0001-first-tables': firstTables,
  '0002-key-judgements': keyJudgements,
  '0003-match-memory': matchMemory,
  '0004-slots': slots,
  '0005-tier-history': tierHistory,
  '0006-queue': queueTables,
  '0007-people': people,
  '0009-connecting': connecting,
  '0010-configuration': configuration,
  '0011-noted-forgettings': notedForgettings,
};

/** Safe to call from several processes at once: Kysely takes a lock. One transaction: all or nothing. */
export async function migrate(db: Kysely<unknown>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: schemaName,
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /previously executed migration .* is missing/u.test(error.message)) {
    throw new ConfigError('The database was last used by a newer Tierline than this one.', {
      cause: error,
      next: 'Upgrade this installation, or restore the backup made before the upgrade.',
    });
  }
  throw error;
}
