// What another policy would move, for people: the matrix, who moves and why, loads and costs.
import { TIERS } from '#domain/tier/tier.ts';
import type { SimulationDocument } from '#pipeline/simulate/describe-simulation.ts';
import type { OwnerLoads } from '#pipeline/simulate/movement-tally.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

const OWNERS_SHOWN = 10;
const WORKED = ['Tier 1', 'Tier 2'] as const;

export function printSimulation(terminal: Terminal, it: SimulationDocument): void {
  const { style } = terminal;
  const out = (line: string) => terminal.out(line);
  const table = (...given: Parameters<typeof formatTable>) => {
    for (const line of formatTable(...given)) out(line);
  };
  out(
    style.bold(
      `${count(it.moved)} of ${count(it.companies)} companies move: ${it.policy.before.version} → ${it.policy.after.version}`,
    ),
  );
  out(style.dim(`As of ${it.asOf} (run ${it.run}); where each settles, whatever holds it until then.`));
  for (const field of it.unknownFields)
    out(`No company has a value for ${field}: the profile counts it as unknown.`);
  out('');
  printMatrix(it, table);
  printNight(it, out);
  if (it.movers.length > 0) {
    out('');
    table(
      [
        { title: 'account', width: 40 },
        { title: 'from' },
        { title: 'to' },
        { title: 'why before', width: 40 },
        { title: 'why after', width: 40 },
        { title: 'held by' },
      ],
      it.movers.map(({ name, companyKey, from, to, reasonsBefore, reasonsAfter, hold }) => [
        name ?? companyKey,
        from,
        to,
        reasonsBefore.join(' '),
        reasonsAfter.join(' '),
        hold ?? '',
      ]),
    );
    if (it.movers.length < it.moved) {
      terminal.note(`… and ${count(it.moved - it.movers.length)} more: --limit, or --output for all.`);
    }
  }
  out('');
  printOwners(it, table, out);
  out('');
  table(
    [
      { title: `menu a quarter, ${it.cost.currency}` },
      { title: 'each', align: 'right' },
      { title: 'before', align: 'right' },
      { title: 'after', align: 'right' },
    ],
    it.cost.perQuarter.map(({ tier, each, before, after }) => [
      tier,
      money(each),
      money(before),
      money(after),
    ]),
  );
  out(style.dim('If every account ordered its whole menu: the most it can cost, not what it will.'));
}

type PrintTable = (...given: Parameters<typeof formatTable>) => void;

function printMatrix({ tiers, movements }: SimulationDocument, table: PrintTable): void {
  const left = (tier: string) =>
    movements.filter(({ from }) => from === tier).reduce((sum, { companies }) => sum + companies, 0);
  table(
    [
      { title: 'from \\ to' },
      ...TIERS.map((title) => ({ title, align: 'right' as const })),
      { title: 'before', align: 'right' },
    ],
    [
      ...TIERS.map((from) => [
        from,
        ...TIERS.map((to) => {
          if (from === to) return count(tiers.before[from] - left(from));
          return count(movements.find((one) => one.from === from && one.to === to)?.companies ?? 0);
        }),
        count(tiers.before[from]),
      ]),
      ['after', ...TIERS.map((tier) => count(tiers.after[tier])), ''],
    ],
  );
}

function printNight({ moved, holds, nextNight }: SimulationDocument, out: (line: string) => void): void {
  if (moved === 0) return;
  const told = Object.entries(holds).map(([hold, companies]) =>
    hold === 'none' ? `${count(companies)} at the next nightly run` : `${count(companies)} held by ${hold}`,
  );
  out(`Of those that move: ${told.join(', ')}.`);
  const share = (nextNight.share * 100).toFixed(1);
  out(
    `The next nightly run would change ${count(nextNight.changing)} tiers (${share}%)${nextNight.held ? ', and would be held for approval' : ''}.`,
  );
}

function printOwners(
  { owners, capacity }: SimulationDocument,
  table: PrintTable,
  out: (line: string) => void,
): void {
  const { perRep } = capacity.after;
  const over = ({ after }: OwnerLoads) =>
    WORKED.reduce((sum, tier) => sum + Math.max(0, after[tier] - perRep[tier]), 0);
  const changed = ({ before, after }: OwnerLoads) =>
    WORKED.reduce((sum, tier) => sum + Math.abs(after[tier] - before[tier]), 0);
  const shown = owners
    .toSorted((a, b) => over(b) - over(a) || changed(b) - changed(a))
    .slice(0, OWNERS_SHOWN);
  table(
    [
      { title: 'owner', width: 40 },
      ...WORKED.map((tier) => ({ title: `${tier} before → after (limit)`, align: 'right' as const })),
    ],
    shown.map(({ owner, before, after }) => [
      owner,
      ...WORKED.map((tier) => `${before[tier]} → ${after[tier]} (${perRep[tier]})`),
    ]),
  );
  const overloaded = owners.filter((owner) => over(owner) > 0).length;
  const limits = capacity.after.enabled ? 'limits are on' : 'limits are off';
  out(`${count(owners.length)} owners, ${count(overloaded)} above a limit; ${limits}.`);
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function money(value: number): string {
  return Math.round(value).toLocaleString('en');
}
