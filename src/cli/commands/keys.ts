// `keys …`: the group; its commands stand in files of their own.
import type { Command } from 'commander';
import { registerKeyChanges } from './keys/changes.ts';
import { registerKeyJudgements } from './keys/judge.ts';
import { registerKeyMatch } from './keys/match.ts';
import { registerKeyReview } from './keys/review.ts';
import { registerKeyShow } from './keys/show.ts';
import type { Run } from './run.ts';

export function registerKeys(program: Command, run: Run): void {
  const keys = program.command('keys').description('company keys');
  registerKeyMatch(keys, run);
  registerKeyReview(keys, run);
  registerKeyJudgements(keys, run);
  registerKeyShow(keys, run);
  registerKeyChanges(keys, run);
}
