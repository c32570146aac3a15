// A run's outcome for people: tiers a connection, what was written, what failed and what to do about it.
import { TIERS } from '#domain/tier/tier.ts';
import { KEYS_MOVING } from '#pipeline/keys/key-step.ts';
import type { ConnectionReport, SyncReport, SyncResult } from '#pipeline/sync-report.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

const FAILURES_SHOWN = 20;

export function printSync(terminal: Terminal, { report }: SyncResult): void {
  printTierCounts(terminal, report.connections);
  terminal.out('');
  for (const connection of report.connections) terminal.out(describeConnection(connection));
  if (report.ignored.sourceRows > 0)
    terminal.note(`${report.ignored.sourceRows} source rows were refused; \`tierline check\` shows why.`);
  if (report.ignored.futureEvents > 0)
    terminal.note(`${report.ignored.futureEvents} events lie after ${report.asOf} and were ignored.`);
  const uncertain = report.connections.reduce((sum, { keyed }) => sum + keyed.uncertain, 0);
  if (uncertain > 0)
    terminal.note(
      `${uncertain} records have an uncertain company; \`tierline keys review\` asks about them.`,
    );
  printFailures(terminal, report);
  for (const { message, next } of report.alerts ?? [])
    terminal.note(`${terminal.style.yellow(message)} ${next}`);
  if (report.held !== null) {
    const share = `${(report.held.share * 100).toFixed(1)}%`;
    terminal.note(
      `Held: ${report.held.reason} (${share}, limit ${(report.held.limit * 100).toFixed(0)}%). Nothing was written.`,
    );
    const look = report.held.reason === KEYS_MOVING ? `keys changes --proposed ${report.run}` : 'plan';
    terminal.note(
      `Look at it with \`tierline ${look}\`, apply it with \`tierline sync --approve ${report.run}\`.`,
    );
  }
  terminal.note(`Run ${report.run} (${report.mode}) took ${(report.durationMs / 1000).toFixed(1)} s.`);
}

function printTierCounts(terminal: Terminal, connections: readonly ConnectionReport[]): void {
  const columns = [
    { title: 'connection' },
    ...TIERS.map((tier) => ({ title: tier, align: 'right' as const })),
  ];
  const rows = connections.map(({ id, tiers }) => [id, ...TIERS.map((tier) => String(tiers[tier]))]);
  for (const line of formatTable(columns, rows)) terminal.out(line);
}

function describeConnection(connection: ConnectionReport): string {
  const { id, pulled, written, unchanged, skipped, failed, calls } = connection;
  return (
    `${id}: read ${pulled.account} accounts, ${pulled.contact} contacts, ${pulled.opportunity} opportunities; ` +
    `${written} written, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed; ` +
    `${calls.read} read and ${calls.write} write calls`
  );
}

function printFailures(terminal: Terminal, report: SyncReport): void {
  const { style } = terminal;
  for (const failure of report.failures.slice(0, FAILURES_SHOWN)) {
    const where = [failure.connection, failure.object, failure.id, failure.field].filter(Boolean).join(' ');
    terminal.note(`${style.red(failure.code)} ${where}: ${failure.message} ${failure.next}`);
  }
  const more = report.failures.length - FAILURES_SHOWN;
  if (more > 0) terminal.note(`… and ${more} more: tierline runs show ${report.run} --failed`);
}
