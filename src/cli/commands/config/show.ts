// `config show`: one version: who, why, what became of it, and what it changes.
import { type Command, Option } from 'commander';
import { NotFoundError } from '#errors/errors.ts';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { findVersion } from '#pipeline/configuration/decide-version.ts';
import { withDiffs } from '#pipeline/configuration/describe-version.ts';
import { STATUS_WORDS } from '#pipeline/configuration/require-done.ts';
import type { StoredVersion } from '#ports/configuration.ts';
import { EXIT } from '../../output/exit-code.ts';
import { printDiff } from '../../output/print-diff.ts';
import type { Terminal } from '../../output/terminal.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';
import { parseVersion } from './parse-version.ts';

interface ShowFlags {
  readonly workspace?: string;
  readonly text?: string;
  readonly json?: boolean;
}

export function registerConfigShow(config: Command, run: Run): void {
  config
    .command('show')
    .argument('<version>', 'its number', parseVersion)
    .description('one version: who, why, what became of it, and what it changes')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .addOption(
      new Option('--text <path>', 'instead, the text of this file in it').choices(MAPPING_FILE_NAMES),
    )
    .option('--json', 'print one JSON document')
    .action((number: number, flags: ShowFlags) => run((services) => show(services, number, flags)));
}

async function show(services: Services, number: number, flags: ShowFlags): CommandResult {
  const { terminal } = services;
  return services.withConfiguration(flags.workspace, async ({ parts }) => {
    const version = await findVersion(parts, number);
    if (flags.text !== undefined) {
      terminal.out(textOf(version, flags.text).replace(/\n$/u, ''));
      return EXIT.done;
    }
    const changes = withDiffs(version.files);
    if (flags.json === true) {
      const { files, paths: _paths, ...summary } = version;
      const texts = new Map(files.map(({ path, content }) => [path, content]));
      terminal.json({
        schema: 'tierline.config.show/1',
        ...summary,
        files: changes.map((change) => ({ ...change, content: texts.get(change.path) ?? null })),
      });
      return EXIT.done;
    }
    printVersion(terminal, version);
    for (const { diff } of changes) printDiff(terminal, diff);
    return EXIT.done;
  });
}

/** For a pipe or a file: what `tiers simulate --policy` takes. */
function textOf({ number, files }: StoredVersion, wanted: string): string {
  const text = files.find(({ path }) => path === wanted)?.content ?? null;
  if (text !== null) return text;
  throw new NotFoundError(`Version ${number} holds no ${wanted}`, {
    next: `It holds: ${files.map(({ path, content }) => path + (content === null ? ' (taken out)' : '')).join(', ')}.`,
  });
}

function printVersion(terminal: Terminal, version: StoredVersion): void {
  const { number, status, person, createdAt, reason, decision, inForceAt, rollsBackTo } = version;
  terminal.out(`${terminal.style.bold(`Version ${number}`)}: ${STATUS_WORDS[status]}`);
  terminal.out(`  proposed by ${person} at ${createdAt}: ${reason}`);
  if (rollsBackTo !== null) terminal.out(`  goes back to what was in force after version ${rollsBackTo}`);
  if (decision !== null) {
    const { by, at, reason: why } = decision;
    terminal.out(`  decided by ${by.kind}:${by.id} at ${at}${why === '' ? '' : `: ${why}`}`);
  }
  if (inForceAt !== null) terminal.out(`  in force from ${inForceAt}`);
  terminal.out('');
}
