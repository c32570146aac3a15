// The size of the market for people.
import type { MarketSize } from '#pipeline/market/size-market.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

const SOURCES: Readonly<Record<string, string>> = {
  open_opportunity: 'their open deal',
  peer_median: 'what companies of their industry and size bought for',
  seats: 'seats by price',
  org_median: 'the median of all won deals',
};

export function printMarket(terminal: Terminal, sized: MarketSize): void {
  const { style } = terminal;
  const out = (line: string) => terminal.out(line);
  const { market, currency } = sized;
  const money = (amount: number) => `${Math.round(amount).toLocaleString('en')} ${currency}`;
  out(style.bold(`The market, as of ${sized.asOf.slice(0, 10)}`));
  out(
    `${market.companies} of ${sized.companies} companies could buy: ${sized.avoided} are on the avoid list, ${sized.mustHaveMissed} miss a must-have` +
      (market.mustHaveUnknown > 0 ? `; of ${market.mustHaveUnknown} a must-have is not known` : ''),
  );
  out(`They are worth ${money(market.value)} a year:`);
  for (const [source, { companies, value }] of Object.entries(market.bySource))
    out(`  ${companies} by ${SOURCES[source] ?? source}: ${money(value)}`);
  if (market.valueUnknown > 0) out(`  ${market.valueUnknown} of unknown value, counted as nothing`);
  out(`${market.highFit} are of high fit, worth ${money(market.highFitValue)} a year`);
  out('');
  printOdds(terminal, sized, money);
  for (const [title, audience] of [
    [`Fewest accounts for ${money(sized.revenue?.target ?? 0)} of revenue`, sized.revenue],
    [
      `Fewest accounts for a return of ${Math.round((sized.returns?.goal ?? 0) * 100)}% on the costs`,
      sized.returns,
    ],
  ] as const) {
    if (audience === null) continue;
    const { accounts, low, high } = audience;
    const range =
      low === high
        ? ''
        : ` (${low ?? 'none'} to ${high ?? 'no number'}, with all odds at their better or worse ends)`;
    out(`${style.bold(`${title}: ${accounts ?? 'no number reaches it'}`)}${accounts === null ? '' : range}`);
  }
  for (const warning of sized.warnings) out(style.yellow(warning));
  if (sized.odds === null)
    terminal.note(
      'For the fewest accounts that reach a goal give --target, or --fixed, --per-account, --goal and --margin.',
    );
}

const share = (value: number) => `${(value * 100).toFixed(1)}%`;

function printOdds(terminal: Terminal, sized: MarketSize, money: (amount: number) => string): void {
  const names = [
    ['acv', 'a won account brings a year', money],
    ['opportunity', 'accounts that become an opportunity in a year', share],
    ['win', 'first opportunities that are won', share],
  ] as const;
  const rows = names.map(([name, title, show]) => {
    const used = sized.odds?.[name];
    const own = sized.history[name];
    if (used?.from === 'given') return [title, show(used.value), 'as you say', ''];
    const interval = own.n === 0 ? '' : `${show(own.low)} to ${show(own.high)}`;
    const trust = own.believed
      ? `own history, n ${own.n}`
      : `too little history: n ${own.n}, ${own.needed} are needed`;
    return [title, own.n === 0 ? '–' : show(own.value), trust, interval];
  });
  const columns = [
    { title: 'odds of an account' },
    { title: 'value', align: 'right' as const },
    { title: 'from' },
    { title: '95% interval' },
  ];
  for (const line of formatTable(columns, rows)) terminal.out(line);
  terminal.out('');
}
