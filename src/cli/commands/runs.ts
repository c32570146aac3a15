// `runs list` and `runs show`: what happened, and what failed with its cause and next step.
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import type { RunRecord, StoredChange } from '#ports/store.ts';
import { EXIT } from '../output/exit-code.ts';
import { formatTable } from '../output/table.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface RunsFlags {
  readonly workspace?: string;
  readonly failed?: boolean;
  readonly json?: boolean;
  readonly limit?: string;
}

export function registerRuns(program: Command, run: Run): void {
  const runs = program.command('runs').description('history of runs');
  runs
    .command('list')
    .description('the latest runs, newest first')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--limit <n>', 'how many', '20')
    .option('--json', 'print one JSON document')
    .action((flags: RunsFlags) => run((services) => list(services, flags)));
  runs
    .command('show <run>')
    .description('one run: counts, and with --failed every row that failed or was skipped')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--failed', 'list the rows that failed or were skipped')
    .option('--json', 'print one JSON document')
    .action((id: string, flags: RunsFlags) => run((services) => show(services, id, flags)));
}

async function list(services: Services, flags: RunsFlags): CommandResult {
  return services.withSession(flags.workspace, async ({ store }) => {
    const limit = Number(flags.limit ?? '20');
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit wants a whole number from 1');
    const runs = await store.runs.list(limit);
    if (flags.json === true) {
      services.terminal.json({ schema: 'tierline.runs.list/1', runs: runs.map(summary) });
      return EXIT.done;
    }
    const columns = [
      { title: 'run' },
      { title: 'mode' },
      { title: 'status' },
      { title: 'as of' },
      { title: 'finished' },
    ];
    const rows = runs.map(({ id, mode, status, asOf, finishedAt }) => [
      id,
      mode,
      status,
      asOf,
      finishedAt ?? '',
    ]);
    for (const line of formatTable(columns, rows)) services.terminal.out(line);
    return EXIT.done;
  });
}

async function show(services: Services, id: string, flags: RunsFlags): CommandResult {
  return services.withSession(flags.workspace, async ({ store }) => {
    const found = await store.runs.find(id);
    if (found === null)
      throw new UsageError(`There is no run "${id}"`, { next: 'See `tierline runs list`.' });
    const rows: StoredChange[] = [];
    if (flags.failed === true) {
      for (const status of ['failed', 'skipped'] as const) {
        for await (const change of store.plans.stream({ run: id, status })) rows.push(change);
      }
    }
    if (flags.json === true) {
      services.terminal.json({
        schema: 'tierline.runs.show/1',
        ...summary(found),
        report: found.report,
        ...(flags.failed === true ? { rows: rows.map(failedRow) } : {}),
      });
      return EXIT.done;
    }
    services.terminal.out(JSON.stringify(found.report, null, 2));
    for (const change of rows) {
      const { connection, object, recordId, name, status, error } = change;
      services.terminal.out(
        `${status} ${connection} ${object} ${recordId ?? '(new)'} ${name ?? ''}: ${error?.code ?? ''} ${error?.message ?? ''} ${error?.next ?? ''}`,
      );
    }
    return EXIT.done;
  });
}

function summary(run: RunRecord) {
  const { id, mode, status, asOf, startedAt, finishedAt, policyHash, configuration = {}, connections } = run;
  return { run: id, mode, status, asOf, startedAt, finishedAt, policyHash, configuration, connections };
}

function failedRow({ id, connection, object, recordId, name, status, error }: StoredChange) {
  return { id, connection, object, recordId, name, status, error };
}
