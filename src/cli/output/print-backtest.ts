// What history says of the tiers, for people: rates with their intervals, what they prove, and what could not be known.
import type { GroupOutcome, Rate } from '#domain/tier/backtest/outcome-tally.ts';
import type { BacktestDocument } from '#pipeline/backtest/describe-backtest.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

const MEASURE_WORDS = {
  winRate: 'win rate',
  precision: 'accounts with a new deal',
  bought: 'accounts that bought',
} as const;

export function printBacktest(terminal: Terminal, it: BacktestDocument): void {
  const { style } = terminal;
  const out = (line: string) => terminal.out(line);
  out(
    style.bold(`Tiers on ${it.from.slice(0, 10)}, outcomes until ${it.to.slice(0, 10)}, policy ${it.policy}`),
  );
  const { runs, rebuilt, notThere } = it.tierFrom;
  out(
    `Tier at the start: ${runs} as a run left it, ${rebuilt} worked out again, ${notThere} accounts were not there.`,
  );
  for (const { source, firstRow } of it.thinSources) {
    out(
      `${source} begins ${firstRow === null ? 'nowhere' : `on ${firstRow.slice(0, 10)}`}: what came before is not known.`,
    );
  }
  out('');
  printGroups(
    terminal,
    'tier',
    it.tiers.map((group) => [group.tier, group]),
  );
  out('');
  printGroups(
    terminal,
    'rule',
    it.rules.map((group) => [`${group.rule} (${group.tier})`, group]),
  );
  out('');
  out(style.dim('In brackets the 95% interval (Wilson). Below 10 there is no share.'));
  out('');
  out(style.bold('What this says'));
  for (const line of findings(it)) out(`  ${line}`);
  if (rebuilt > 0) {
    out('');
    out(style.bold('What could not be worked out again'));
    for (const line of it.notReconstructed) out(`  ${line}`);
  }
}

function printGroups(
  terminal: Terminal,
  title: string,
  groups: readonly (readonly [string, GroupOutcome])[],
): void {
  const right = { align: 'right' as const };
  const columns = [
    { title },
    { title: 'accounts', ...right },
    { title: 'won of closed', ...right },
    { title: 'of the amount', ...right },
    { title: 'new deals', ...right },
    { title: 'pipeline', ...right },
    { title: 'with a new deal', ...right },
    { title: 'bought', ...right },
  ];
  const rows = groups.map(([name, group]) => [
    name,
    group.companies.toLocaleString('en'),
    rate(group.winRate),
    group.wonAmountShare === null ? '–' : percent(group.wonAmountShare),
    group.opened.toLocaleString('en'),
    Math.round(group.openedAmount).toLocaleString('en'),
    rate(group.precision),
    rate(group.bought),
  ]);
  for (const line of formatTable(columns, rows)) terminal.out(line);
}

function rate({ having, of, share, interval }: Rate): string {
  if (share === null || interval === null) return `${having} of ${of}`;
  return `${having} of ${of}: ${percent(share)} [${percent(interval.low)}–${percent(interval.high)}]`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function findings({ comparisons, misplaced }: BacktestDocument): readonly string[] {
  const told = comparisons
    .filter(({ finding }) => finding !== 'too few')
    .map(({ tier, below, measure, finding }) => {
      const what = `${MEASURE_WORDS[measure]} of ${tier}`;
      if (finding === 'alike') return `${what} cannot be told from that of ${below}.`;
      return `${what} is ${finding === 'better' ? 'higher' : 'LOWER'} than that of ${below}, beyond chance.`;
    });
  const rules = misplaced.map(
    ({ rule, tier, measure, finding }) =>
      `${rule} (${tier}): ${MEASURE_WORDS[measure]} ${finding}. The rule may belong ${finding.startsWith('worse') ? 'lower' : 'higher'}.`,
  );
  if (told.length + rules.length === 0)
    return ['Nothing yet: there are too few closed or new deals in this window.'];
  return [...told, ...rules];
}
