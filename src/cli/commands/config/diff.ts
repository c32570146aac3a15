// `config diff`: a folder beside what is in force: what `config push` would change.
import type { Command } from 'commander';
import { diffView, viewFolder } from '#pipeline/configuration/view-folder.ts';
import { EXIT } from '../../output/exit-code.ts';
import { printDiff } from '../../output/print-diff.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';
import { chosenFolderThere } from './chosen-folder.ts';

interface DiffFlags {
  readonly workspace?: string;
  readonly json?: boolean;
}

export function registerConfigDiff(config: Command, run: Run): void {
  config
    .command('diff')
    .argument('[dir]', "folder of files (default: the workspace's mappings)")
    .description('from the versions in force to a folder; exit code 3 when they differ')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((dir: string | undefined, flags: DiffFlags) => run((services) => diff(services, dir, flags)));
}

async function diff(services: Services, dir: string | undefined, flags: DiffFlags): CommandResult {
  const { terminal } = services;
  return services.withConfiguration(flags.workspace, async ({ parts, mappingsFolder }) => {
    const folder = chosenFolderThere(dir, mappingsFolder);
    const views = viewFolder(folder, await parts.store.inForce());
    const differing = views.filter(({ standing }) => standing !== 'same');
    if (flags.json === true) {
      const files = views.map((view) => {
        const { path, standing, held } = view;
        return { path, standing, version: held?.version ?? null, diff: diffView(view) };
      });
      terminal.json({ schema: 'tierline.config.diff/1', folder, same: differing.length === 0, files });
    } else {
      for (const view of differing) printDiff(terminal, diffView(view));
      if (differing.length === 0) terminal.note(`${folder} holds what is in force.`);
    }
    return differing.length === 0 ? EXIT.done : EXIT.rowFailures;
  });
}
