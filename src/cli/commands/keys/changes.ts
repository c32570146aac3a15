// `keys changes`: the feed of what became of company keys.
import { type Command, Option } from 'commander';
import { KEY_CHANGE_KINDS, type KeyChangeEntry, type KeyChangeKind } from '#ports/judgements.ts';
import { EXIT } from '../../output/exit-code.ts';
import { parseCount } from '../../parse-count.ts';
import { parseMoment } from '../../parse-moment.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface ChangesFlags {
  readonly workspace?: string;
  readonly since?: string;
  readonly kind?: readonly KeyChangeKind[];
  readonly limit: number;
  readonly json?: boolean;
}

export function registerKeyChanges(keys: Command, run: Run): void {
  keys
    .command('changes')
    .description('what became of company keys, oldest first, with the run and the reason')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--since <moment>', 'from this moment on (ISO 8601)', parseMoment)
    .addOption(new Option('--kind <kind...>', 'only these kinds').choices(KEY_CHANGE_KINDS))
    .option('--limit <n>', 'the newest so many', parseCount, 100)
    .option('--json', 'print one JSON document')
    .action((flags: ChangesFlags) => run((services) => changes(services, flags)));
}

async function changes(services: Services, flags: ChangesFlags): CommandResult {
  return services.withSession(flags.workspace, async ({ store }) => {
    const { since, kind: kinds, limit } = flags;
    const found = await store.keyHistory.changes({
      limit,
      ...(since === undefined ? {} : { since }),
      ...(kinds === undefined ? {} : { kinds }),
    });
    if (flags.json === true) services.terminal.json({ schema: 'tierline.keys.changes/1', changes: found });
    else for (const change of found) services.terminal.out(lineOf(change));
    return EXIT.done;
  });
}

function lineOf({ at, run, kind, key, otherKey, record, reason }: KeyChangeEntry): string {
  const what = {
    mint: `mint ${key}`,
    merge: `merge ${key} into ${otherKey}`,
    split: `split ${key} from ${otherKey}`,
    move: `move ${record?.connection} ${record?.object} ${record?.id} from ${otherKey} to ${key ?? 'no company'}`,
    retire: `retire ${key}`,
    revive: `revive ${key}`,
  }[kind];
  return `${at}  ${what}${reason === '' ? '' : `: ${reason}`}  (${run})`;
}
