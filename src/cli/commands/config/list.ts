// `config list`: what is in force, and the versions there are.
import { type Command, Option } from 'commander';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { describeInForce } from '#pipeline/configuration/describe-in-force.ts';
import { STATUS_WORDS } from '#pipeline/configuration/require-done.ts';
import type { VersionSummary } from '#ports/configuration.ts';
import { EXIT } from '../../output/exit-code.ts';
import { formatTable } from '../../output/table.ts';
import { parseCount } from '../../parse-count.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface ListFlags {
  readonly workspace?: string;
  readonly file?: string;
  readonly limit: number;
  readonly json?: boolean;
}

export function registerConfigList(config: Command, run: Run): void {
  config
    .command('list')
    .description('where each file comes from, and the versions, newest first')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .addOption(new Option('--file <path>', 'only this file').choices(MAPPING_FILE_NAMES))
    .option('--limit <n>', 'how many versions', parseCount, 20)
    .option('--json', 'print one JSON document')
    .action((flags: ListFlags) => run((services) => list(services, flags)));
}

async function list(services: Services, flags: ListFlags): CommandResult {
  const { terminal } = services;
  return services.withConfiguration(flags.workspace, async ({ parts }) => {
    const { file, limit } = flags;
    const [versions, inForce] = await Promise.all([
      parts.store.list({ limit, ...(file === undefined ? {} : { path: file }) }),
      parts.store.inForce(),
    ]);
    const files = describeInForce(parts, inForce)
      .filter(({ path }) => file === undefined || path === file)
      .map(({ text: _text, ...shown }) => shown);
    if (flags.json === true) {
      terminal.json({ schema: 'tierline.config.list/1', revision: inForce.revision, files, versions });
      return EXIT.done;
    }
    const columns = [{ title: 'file' }, { title: 'in force' }];
    const rows = files.map(({ path, origin, version, differsInFolder }) => [
      path,
      (origin === 'version' ? `version ${version}` : origin) +
        (differsInFolder ? ' (the folder differs)' : ''),
    ]);
    for (const line of formatTable(columns, rows)) terminal.out(line);
    terminal.out('');
    if (versions.length === 0) terminal.out('No versions yet: `tierline config push` makes the first.');
    else for (const line of formatTable(VERSION_COLUMNS, versions.map(rowOf))) terminal.out(line);
    return EXIT.done;
  });
}

const VERSION_COLUMNS = [
  { title: 'version', align: 'right' as const },
  { title: 'status' },
  { title: 'by' },
  { title: 'at' },
  { title: 'files', width: 50 },
  { title: 'reason', width: 60 },
];

function rowOf({ number, status, person, createdAt, paths, reason }: VersionSummary): readonly string[] {
  return [`${number}`, STATUS_WORDS[status], person, createdAt, paths.join(', '), reason];
}
