// `tiers evaluate` and `tiers replay`: run the policy on given inputs; need no CRM, no database and no workspace. The other commands
// of `tiers` look at what the store holds, each in a file of its own.
import type { Command } from 'commander';
import { evaluateAll, isRefused } from '#mapping/evaluation/evaluate-all.ts';
import { replayAll } from '#mapping/evaluation/replay-all.ts';
import { EXIT } from '../output/exit-code.ts';
import { formatTable } from '../output/table.ts';
import { readJsonArray } from '../read-input.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';
import { registerBacktest } from './tiers/backtest.ts';
import { registerSimulate } from './tiers/simulate.ts';

interface EvaluateFlags {
  readonly input: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

export function registerTiers(program: Command, run: Run): void {
  const tiers = program
    .command('tiers')
    .description('the tier policy: run it, try another, hold it against history');
  tiers
    .command('evaluate')
    .description('run the policy on the accounts in a JSON file')
    .requiredOption('--input <file>', 'JSON array, one object an account; - reads standard input')
    .option('--workspace <dir>', 'take its policy and profile instead of the shipped ones')
    .option('--json', 'print one JSON document')
    .action((flags: EvaluateFlags) => run((services) => evaluate(services, flags)));
  tiers
    .command('replay')
    .description('run the policy day by day on the accounts in a JSON file')
    .requiredOption(
      '--input <file>',
      'JSON array of {"id","days":[{"date","input"}]}; - reads standard input',
    )
    .option('--workspace <dir>', 'take its policy and profile instead of the shipped ones')
    .option('--json', 'print one JSON document')
    .action((flags: EvaluateFlags) => run((services) => replay(services, flags)));
  registerSimulate(tiers, run);
  registerBacktest(tiers, run);
}

async function replay(services: Services, flags: EvaluateFlags): CommandResult {
  const items = await readJsonArray(flags.input);
  const { policy } = services.loadRules(flags.workspace);
  const results = replayAll(items, policy);
  if (flags.json === true) {
    services.terminal.json({ schema: 'tierline.tiers.replay/1', policy: policy.version, results });
  } else {
    const columns = [{ title: 'id', width: 40 }, { title: 'date' }, { title: 'tier' }, { title: 'reasons' }];
    const rows = results.flatMap((result) =>
      'error' in result
        ? [[result.id ?? '?', '', 'refused', `${result.error.path}: ${result.error.message}`]]
        : result.days.map(({ date, tier, reasons }) => [result.id, date, tier, reasons.join(' ')]),
    );
    for (const line of formatTable(columns, rows)) services.terminal.out(line);
  }
  return results.some((result) => 'error' in result) ? EXIT.rowFailures : EXIT.done;
}

async function evaluate(services: Services, flags: EvaluateFlags): CommandResult {
  const items = await readJsonArray(flags.input);
  const { policy } = services.loadRules(flags.workspace);
  const results = evaluateAll(items, policy);
  if (flags.json === true) {
    services.terminal.json({ schema: 'tierline.tiers.evaluate/1', policy: policy.version, results });
  } else {
    const columns = [
      { title: 'id', width: 40 },
      { title: 'tier' },
      { title: 'fit', align: 'right' as const },
      { title: 'intent', align: 'right' as const },
      { title: 'engagement', align: 'right' as const },
      { title: 'reasons' },
    ];
    const rows = results.map((result) =>
      isRefused(result)
        ? [result.id ?? '?', 'refused', '', '', '', `${result.error.path}: ${result.error.message}`]
        : [
            result.id,
            result.tier,
            String(result.fit),
            String(result.intent),
            String(result.engagement),
            result.reasons.join(' '),
          ],
    );
    for (const line of formatTable(columns, rows)) services.terminal.out(line);
  }
  return results.some(isRefused) ? EXIT.rowFailures : EXIT.done;
}
