// `market size`: how large the market is, and the fewest accounts that reach a goal.
import { type Command, InvalidArgumentError } from 'commander';
import type { ProgramCosts } from '#domain/market/minimum-viable-audience.ts';
import { UsageError } from '#errors/errors.ts';
import { sizeMarket } from '#pipeline/market/size-market.ts';
import { EXIT } from '../output/exit-code.ts';
import { printMarket } from '../output/print-market.ts';
import { parseMoment } from '../parse-moment.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface SizeFlags {
  readonly workspace?: string;
  readonly target?: number;
  readonly acv?: number;
  readonly pOpp?: number;
  readonly pWin?: number;
  readonly fixed?: number;
  readonly perAccount?: number;
  readonly goal?: number;
  readonly margin?: number;
  readonly asOf?: string;
  readonly json?: boolean;
}

export function registerMarket(program: Command, run: Run): void {
  program
    .command('market')
    .description('the market')
    .command('size')
    .description('companies one could sell to, their value, and the fewest accounts that reach a goal')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--target <money>', 'revenue to win in a year', parseMoney)
    .option('--acv <money>', 'what a won account brings a year; else own history', parseMoney)
    .option(
      '--p-opp <share>',
      'accounts that become an opportunity in a year, 0-1; else own history',
      parseShare,
    )
    .option('--p-win <share>', 'opportunities that are won, 0-1; else own history', parseShare)
    .option('--fixed <money>', 'by return: what the program costs whatever its size', parseMoney)
    .option('--per-account <money>', 'by return: what each account costs', parseMoney)
    .option('--goal <return>', 'by return: return on the costs, 1 for 100%', parseMoney)
    .option('--margin <share>', 'by return: share of revenue that is left, 0-1', parseShare)
    .option('--as-of <moment>', 'as if it were this moment (ISO 8601)', parseMoment)
    .option('--json', 'print one JSON document')
    .action((flags: SizeFlags) => run((services) => size(services, flags)));
}

async function size(services: Services, flags: SizeFlags): CommandResult {
  const costs = costsOf(flags);
  return services.withSession(flags.workspace, async (session) => {
    const sized = await sizeMarket(session, {
      asOf: flags.asOf ?? services.now().toISOString(),
      target: flags.target ?? null,
      costs,
      given: { acv: flags.acv ?? null, opportunity: flags.pOpp ?? null, win: flags.pWin ?? null },
    });
    if (flags.json === true) services.terminal.json({ schema: 'tierline.market.size/1', ...sized });
    else printMarket(services.terminal, sized);
    return EXIT.done;
  });
}

/** All four or none: null for none. */
function costsOf({ fixed, perAccount, goal, margin }: SizeFlags): ProgramCosts | null {
  const given = { '--fixed': fixed, '--per-account': perAccount, '--goal': goal, '--margin': margin };
  if (fixed !== undefined && perAccount !== undefined && goal !== undefined && margin !== undefined)
    return { fixed, perAccount, goal, margin };
  const missing = Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [flag] : []));
  if (missing.length === Object.keys(given).length) return null;
  throw new UsageError(`The number of accounts by return needs ${missing.join(', ')} too`, {
    next: 'Give --fixed, --per-account, --goal and --margin together, or --target alone.',
  });
}

function parseMoney(text: string): number {
  const amount = Number(text.replaceAll(/[_,](?=\d{3})/gu, ''));
  if (text.trim() === '' || !Number.isFinite(amount) || amount < 0)
    throw new InvalidArgumentError('A number from 0 up is wanted, such as 1000000.');
  return amount;
}

function parseShare(text: string): number {
  const share = Number(text);
  if (text.trim() === '' || !(share > 0 && share <= 1))
    throw new InvalidArgumentError('A share above 0 and up to 1 is wanted, such as 0.15.');
  return share;
}
