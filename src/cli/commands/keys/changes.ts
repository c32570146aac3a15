// `keys changes`: the feed of what became of company keys.
import { type Command, Option } from 'commander';
import { NotFoundError } from '#errors/errors.ts';
import { KEY_CHANGE_KINDS, type KeyChangeEntry, type KeyChangeKind } from '#ports/judgements.ts';
import type { Store } from '#ports/store.ts';
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
  readonly proposed?: string;
  readonly json?: boolean;
}

export function registerKeyChanges(keys: Command, run: Run): void {
  keys
    .command('changes')
    .description('what became of company keys, oldest first, with the run and the reason')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--since <moment>', 'from this moment on (ISO 8601)', parseMoment)
    .addOption(new Option('--kind <kind...>', 'only these kinds').choices(KEY_CHANGE_KINDS))
    .option('--proposed <run>', 'instead, what this held run would do to keys')
    .option('--limit <n>', 'the newest so many', parseCount, 100)
    .option('--json', 'print one JSON document')
    .action((flags: ChangesFlags) => run((services) => listChanges(services, flags)));
}

async function listChanges(services: Services, flags: ChangesFlags): CommandResult {
  return services.withSession(flags.workspace, async ({ store }) => {
    const { since, kind: kinds, limit, proposed } = flags;
    if (proposed !== undefined) return showProposal(services, store, proposed, flags);
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

async function showProposal(
  { terminal }: Services,
  store: Store,
  run: string,
  { limit, json }: ChangesFlags,
): CommandResult {
  const proposal = await store.keys.readProposal(run, limit);
  if (proposal === null) {
    throw new NotFoundError(`Run ${run} proposes no company keys that wait`, {
      next: 'Run `tierline sync`.',
    });
  }
  const { moved, keyed, events, records } = proposal;
  const changes = events.filter(({ kind }) => kind !== 'mint').slice(0, limit);
  if (json === true) {
    terminal.json({ schema: 'tierline.keys.proposed/1', run, moved, keyed, changes, records });
    return EXIT.done;
  }
  for (const { record, from, to, evidence } of records) {
    const because = evidence.length === 0 ? '' : `  (${evidence.join(', ')})`;
    terminal.out(
      `${record.connection} ${record.object} ${record.id}: ${from} → ${to ?? 'no company'}${because}`,
    );
  }
  if (records.length < moved) terminal.note(`… and ${moved - records.length} more (--limit)`);
  terminal.note(`${moved} of ${keyed} records would move: \`tierline sync --approve ${run}\``);
  return EXIT.done;
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
