// `worker`: carries out what is queued and scheduled, until it is stopped.
import type { Command } from 'commander';
import { EXIT } from '../output/exit-code.ts';
import { parseCountOrNone } from '../parse-count.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface WorkerFlags {
  readonly workspace?: string;
  readonly concurrency: number;
}

/** A look for changes goes on while a schedule's moment comes. */
const CONCURRENCY = 2;

export function registerWorker(program: Command, run: Run): void {
  program
    .command('worker')
    .description('carry out queued and scheduled runs, until Ctrl-C; start as many as you like')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option(
      '--concurrency <n>',
      'short jobs (polls, schedules) at once; runs of a workspace always go one at a time',
      parseCountOrNone,
      CONCURRENCY,
    )
    .action((flags: WorkerFlags) => run((services) => work(services, flags)));
}

async function work(services: Services, { workspace, concurrency }: WorkerFlags): CommandResult {
  const { terminal } = services;
  await services.work({ workspace, concurrency: Math.max(1, concurrency) }, () => {
    terminal.note('The worker takes jobs. Ctrl-C ends it after the batch in hand.');
  });
  return EXIT.done;
}
