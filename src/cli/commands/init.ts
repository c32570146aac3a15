// `init DIR`: writes a commented workspace, and never over one.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { EXIT } from '../output/exit-code.ts';
import type { CommandResult, Services } from '../services.ts';
import { WORKSPACE_TEMPLATE } from '../workspace-template.ts';
import type { Run } from './run.ts';

export function registerInit(program: Command, run: Run): void {
  program
    .command('init <dir>')
    .description('write a commented workspace')
    .option('--dry-run', 'say what would be written, write nothing')
    .action((folder: string, flags: { readonly dryRun?: boolean }) =>
      run((services) => init(services, folder, flags.dryRun ?? false)),
    );
}

async function init(services: Services, folder: string, dryRun: boolean): CommandResult {
  const target = path.resolve(folder);
  const files: readonly (readonly [string, string])[] = [
    ['tierline.yaml', WORKSPACE_TEMPLATE.replaceAll('{{name}}', path.basename(target))],
    ['.gitignore', '.tierline/\n.env\n'],
  ];
  if (existsSync(path.join(target, 'tierline.yaml'))) {
    throw new UsageError(`${target} already holds a tierline.yaml`, {
      next: 'Name another folder, or edit that file.',
    });
  }
  for (const [name, content] of files) {
    const file = path.join(target, name);
    if (existsSync(file)) continue;
    if (!dryRun) write(target, file, content);
    services.terminal.out(`${dryRun ? 'would write' : 'wrote'} ${file}`);
  }
  services.terminal.note(
    'Next: set SF_CLIENT_ID, SF_CLIENT_SECRET and HS_TOKEN, edit the file, and run `tierline check`.',
  );
  return EXIT.done;
}

function write(folder: string, file: string, content: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, content);
  } catch (cause) {
    throw new UsageError(`${file} cannot be written`, {
      cause,
      next: 'Name a folder that is yours to write to, or one that is not there yet.',
    });
  }
}
