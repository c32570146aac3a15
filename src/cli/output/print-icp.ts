// A profile for people: what it looks for, and how the companies of the store match it. Also what one profile changes in another.
import type { IcpChange } from '#domain/fit/compare-icps.ts';
import type { ShownIcp } from '#pipeline/icp/show-icp.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

export function printIcp(terminal: Terminal, shown: ShownIcp): void {
  const { style } = terminal;
  terminal.out(
    `${style.bold(`Profile in force: template ${shown.template}`)}, ${shown.assumed ? 'assumed, not learnt from customers yet' : 'learnt from customers'}`,
  );
  const columns = [
    { title: 'criterion' },
    { title: 'weight', align: 'right' as const },
    { title: 'field' },
    { title: 'exact', width: 32 },
    { title: 'adjacent', width: 26 },
    ...['exact', 'adjacent', 'miss', 'unknown'].map((title) => ({
      title: `= ${title}`,
      align: 'right' as const,
    })),
  ];
  const rows = shown.criteria.map((one) => [
    one.mustHave ? `${one.criterion} (must)` : one.criterion,
    String(one.weight),
    one.field,
    one.exact,
    one.adjacent ?? '',
    ...[one.matches.exact, one.matches.adjacent, one.matches.miss, one.matches.unknown].map(String),
  ]);
  for (const line of formatTable(columns, rows)) terminal.out(line);
  for (const { field, values, reason, companies } of shown.avoid)
    terminal.out(`avoid ${field} ${values.join(', ')} (${reason}): ${companies} companies`);
  const { bands } = shown;
  terminal.out('');
  terminal.out(
    `${shown.companies} companies: fit strong ${bands.strong}, high ${bands.high}, medium ${bands.medium}, low ${bands.low}; ` +
      `${shown.mustHaveMissed} miss a must-have, ${shown.excluded} are on the avoid list`,
  );
  for (const warning of shown.warnings) terminal.note(`${style.yellow('note')}: ${warning}`);
}

export function printChanges(terminal: Terminal, changes: readonly IcpChange[]): void {
  if (changes.length === 0) terminal.out('  nothing');
  for (const { path, before, after } of changes)
    terminal.out(`  ${path}: ${before ?? '(none)'} → ${after ?? '(none)'}`);
}
