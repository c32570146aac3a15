// `config …`: the group; its commands stand in files of their own.
import type { Command } from 'commander';
import { registerConfigDecisions } from './config/decide.ts';
import { registerConfigDiff } from './config/diff.ts';
import { registerConfigList } from './config/list.ts';
import { registerConfigPull } from './config/pull.ts';
import { registerConfigPush } from './config/push.ts';
import { registerConfigShow } from './config/show.ts';
import type { Run } from './run.ts';

export function registerConfig(program: Command, run: Run): void {
  const config = program
    .command('config')
    .description('versions of mappings, policy, profile, programs, roles and key lists');
  registerConfigList(config, run);
  registerConfigShow(config, run);
  registerConfigDiff(config, run);
  registerConfigPush(config, run);
  registerConfigPull(config, run);
  registerConfigDecisions(config, run);
}
