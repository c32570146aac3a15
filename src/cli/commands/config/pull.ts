// `config pull`: writes the files in force into a folder.
import type { Command } from 'commander';
import { ConfigError } from '#errors/errors.ts';
import { pullFolder } from '#pipeline/configuration/pull-folder.ts';
import { EXIT } from '../../output/exit-code.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';
import { chosenFolder } from './chosen-folder.ts';

interface PullFlags {
  readonly workspace?: string;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function registerConfigPull(config: Command, run: Run): void {
  config
    .command('pull')
    .argument('[dir]', "folder of files (default: the workspace's mappings)")
    .description('write the files in force into a folder; what was edited there is not overwritten')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--overwrite', 'also over edited files')
    .option('--dry-run', 'say what would be written, write nothing')
    .option('--json', 'print one JSON document')
    .action((dir: string | undefined, flags: PullFlags) => run((services) => pull(services, dir, flags)));
}

async function pull(services: Services, dir: string | undefined, flags: PullFlags): CommandResult {
  const { terminal } = services;
  return services.withConfiguration(flags.workspace, async ({ parts, mappingsFolder }) => {
    const folder = chosenFolder(dir, mappingsFolder);
    const { dryRun = false, overwrite = false } = flags;
    const { conflicts, written, kept } = await pullFolder(parts.store, { folder, overwrite, dryRun });
    if (conflicts.length > 0) {
      const lines = conflicts.map(({ path, held }) => `  ${path}: version ${held?.version} is in force`);
      throw new ConfigError(
        [
          `Files in ${folder} were edited, and newer versions are in force; nothing was written:`,
          ...lines,
        ].join('\n'),
        {
          next: 'See `tierline config diff`. Take the versions in force with --overwrite, or keep yours with `config push --replace`.',
        },
      );
    }
    const shown = ({ path, held }: (typeof written)[number]) => ({ path, version: held?.version ?? null });
    if (flags.json === true) {
      terminal.json({
        schema: 'tierline.config.pull/1',
        folder,
        dryRun,
        written: written.map(shown),
        kept: kept.map(shown),
      });
      return EXIT.done;
    }
    for (const { path, held } of written) {
      terminal.out(`${dryRun ? 'would write' : 'wrote'} ${path} (version ${held?.version})`);
    }
    for (const { path } of kept)
      terminal.note(`${path} was edited here and is left as it is: \`tierline config push\`.`);
    if (written.length === 0) terminal.note(`${folder} has everything that is in force.`);
    return EXIT.done;
  });
}
