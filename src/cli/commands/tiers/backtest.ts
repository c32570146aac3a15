// `tiers backtest`: what history says of the tiers, so that the policy's numbers can be proved wrong. Writes nothing.
import type { Command } from 'commander';
import { describeBacktest } from '#pipeline/backtest/describe-backtest.ts';
import { EXIT } from '../../output/exit-code.ts';
import { printBacktest } from '../../output/print-backtest.ts';
import { parseMoment } from '../../parse-moment.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface BacktestFlags {
  readonly from?: string;
  readonly to?: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

export function registerBacktest(tiers: Command, run: Run): void {
  tiers
    .command('backtest')
    .description('what became of the accounts of each tier and rule in a window of the past')
    .option('--from <moment>', 'start of the window (ISO 8601); default 91 days before its end', parseMoment)
    .option('--to <moment>', 'end of the window (ISO 8601); default the last run', parseMoment)
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((flags: BacktestFlags) => run((services) => backtest(services, flags)));
}

async function backtest(services: Services, flags: BacktestFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const { from, to } = flags;
    const document = await describeBacktest(session, {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });
    if (flags.json === true) services.terminal.json(document);
    else printBacktest(services.terminal, document);
    return EXIT.done;
  });
}
