// `secrets new-key` and `secrets rotate`: the keys that stored refresh tokens are sealed with.
import type { Command } from 'commander';
import { newSecretKey } from '#config/read-secret-keys.ts';
import { EXIT } from '../output/exit-code.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface RotateFlags {
  readonly workspace?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function registerSecrets(program: Command, run: Run): void {
  const secrets = program.command('secrets').description('keys that stored refresh tokens are sealed with');
  secrets
    .command('new-key')
    .description('print a new key for TIERLINE_SECRET_KEY; it is stored nowhere')
    .action(() => run(printNewKey));
  secrets
    .command('rotate')
    .description(
      'seal everything stored with TIERLINE_SECRET_KEY that one of TIERLINE_SECRET_KEY_FORMER had sealed',
    )
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--dry-run', 'only count, and see that every key is there')
    .option('--json', 'print one JSON document')
    .action((flags: RotateFlags) => run((services) => rotate(services, flags)));
}

async function printNewKey({ terminal }: Services): CommandResult {
  terminal.out(newSecretKey());
  return EXIT.done;
}

async function rotate(services: Services, flags: RotateFlags): CommandResult {
  const dryRun = flags.dryRun === true;
  const counts = await services.withSession(flags.workspace, ({ store }) =>
    store.tokens.sealAnew({ dryRun }),
  );
  if (flags.json === true) {
    services.terminal.json({ schema: 'tierline.secrets.rotate/1', dryRun, ...counts });
    return EXIT.done;
  }
  const { stored, sealed } = counts;
  services.terminal.out(
    dryRun
      ? `${sealed} of ${stored} stored secrets would be sealed anew.`
      : `${sealed} of ${stored} stored secrets were sealed anew; former keys are not needed any more.`,
  );
  return EXIT.done;
}
