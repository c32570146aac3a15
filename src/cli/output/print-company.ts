// A company's key for people: its records with their evidence, its family, and what was said and done about it.
import type { ShownCompany } from '#pipeline/keys/show-company.ts';
import type { Terminal } from './terminal.ts';

export function printCompany(terminal: Terminal, company: ShownCompany): void {
  const { judgements, history } = company;
  terminal.out(terminal.style.bold(company.key));
  printMembers(terminal, company);
  for (const { verdict, a, b, by, at, reason } of judgements) {
    const why = reason === null ? '' : `: ${reason}`;
    terminal.out(
      `${at.slice(0, 10)} ${by} said ${a.connection} ${a.id} ${verdict} ${b.connection} ${b.id}${why}`,
    );
  }
  for (const { record, key: before, evidence, fromRun, toRun } of history) {
    const because = evidence.length === 0 ? '' : ` (${evidence.join(', ')})`;
    terminal.out(
      `${record.connection} ${record.id} was with ${before ?? 'no company'}${because}, runs ${fromRun ?? '?'} to ${toRun ?? '?'}`,
    );
  }
}

/** Why these records are one company, and which companies are of its family. */
export function printMembers(terminal: Terminal, company: ShownCompany): void {
  const { key, family, relatives, mergedKeys, accounts, contacts } = company;
  for (const { connection, id, name, evidence, since } of accounts) {
    const because = evidence.length === 0 ? 'stands alone' : evidence.join(', ');
    terminal.out(`  ${connection} ${id}  ${String(name ?? '')}  (${because}; since run ${since ?? '?'})`);
  }
  terminal.out(`  and ${contacts} contacts`);
  if (relatives.length > 0) terminal.out(`Family ${family ?? key}, with ${relatives.join(', ')}`);
  if (mergedKeys.length > 0) terminal.out(`Merged into it: ${mergedKeys.join(', ')}`);
}
