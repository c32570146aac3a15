// What was learnt of the customers, for people: who the best are, by what one tells them, what was dropped and why.
import { describeMatcher } from '#domain/fit/describe-matcher.ts';
import type { WeighedCriterion } from '#domain/fit/learn/weigh-criteria.ts';
import {
  describeFill,
  describeTested,
  describeValue,
  formatChance,
  percent,
  strengthOf,
} from '#mapping/icp/describe-evidence.ts';
import type { IcpDerivation } from '#pipeline/icp/derive-icp.ts';
import { printChanges } from './print-icp.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

const SHOWN = 12;

export function printIcpCard(terminal: Terminal, derived: IcpDerivation): void {
  const { style } = terminal;
  const out = (line: string) => terminal.out(line);
  out(style.bold(`What your best customers have in common, as of ${derived.asOf.slice(0, 10)}`));
  printCohorts(terminal, derived);
  const taken = derived.criteria.filter(({ verdict, isKept }) => verdict === 'taken' || isKept);
  if (taken.length > 0) printTaken(terminal, taken, derived);
  for (const { one, other, agreement } of derived.twins) {
    out(
      `${one} and ${other} mostly say the same of a company (agreement ${agreement.toFixed(2)}): together they weigh one fact twice. --ignore one of them if that is too much.`,
    );
  }
  printQuestions(terminal, derived);
  printRest(terminal, derived);
  printSeparation(terminal, derived);
  if (derived.proposal !== null) {
    out('');
    out(style.bold('What the proposal would change (old → new)'));
    printChanges(terminal, derived.changes);
  }
  printVerdict(terminal, derived);
}

function printCohorts(terminal: Terminal, derived: IcpDerivation): void {
  const { cohorts, histories, byTenure, learning, term, avoided } = derived;
  const { needed, tenureTerms } = learning.cycles;
  const out = (line: string) => terminal.out(line);
  const tenure = `${Math.round(tenureTerms * term.months)} months`;
  out('');
  out(
    `Best customers  ${cohorts.proven}: ${cohorts.proven - byTenure} won ${needed} or more cycles, ${byTenure} have been one for ${tenure} without a second deal`,
  );
  out(
    `Lost            ${cohorts.lost}: ${histories.lost} never bought, ${histories.churned} left within their first cycle`,
  );
  out(
    `Left aside      ${histories.working} with an open deal, ${histories.first_cycle} in their first cycle, ` +
      `${histories.undated} customers of whom no dated deal says since when, ${histories.none} without a decided deal` +
      (avoided > 0 ? `, ${avoided} on the avoid list` : ''),
  );
  out(
    term.deals === 0
      ? `No deal says how long it runs (opportunity field termMonths): ${term.months} months are assumed.`
      : `Contracts run ${term.months} months in the median of ${term.deals} deals that say so.`,
  );
}

function printTaken(terminal: Terminal, taken: readonly WeighedCriterion[], derived: IcpDerivation): void {
  const { style } = terminal;
  terminal.out('');
  terminal.out(style.bold('By what one tells them'));
  const rows = taken
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ criterion, weight, evidence, informationValue }) => {
      const { having, known } = evidence.counts;
      return [
        String(weight),
        criterion.name,
        describeMatcher(criterion.exact),
        `${percent(having.proven, known.proven)} (${Math.round(evidence.interval.low * 100)}–${Math.round(evidence.interval.high * 100)}%)`,
        percent(having.lost, known.lost),
        `${known.proven} + ${known.lost}`,
        evidence.lift.toFixed(2),
        `${informationValue.toFixed(2)} ${strengthOf(informationValue, derived.learning)}`,
      ];
    });
  const columns = [
    { title: 'weight', align: 'right' as const },
    { title: 'criterion' },
    { title: 'exact match', width: 44 },
    { title: 'best have it (95%)' },
    { title: 'lost' },
    { title: 'known of' },
    { title: 'lift', align: 'right' as const },
    { title: 'information value' },
  ];
  for (const line of formatTable(columns, rows)) terminal.out(line);
}

function printQuestions(terminal: Terminal, { criteria, learning }: IcpDerivation): void {
  const asked = criteria.filter(({ verdict }) => verdict === 'question');
  if (asked.length === 0) return;
  terminal.out('');
  terminal.out(
    terminal.style.yellow('Too good to believe unasked: is this field filled only after they buy?'),
  );
  for (const { criterion, fill, informationValue } of asked) {
    const why = fill.isSuspicious
      ? describeFill(fill.filled, fill.of)
      : `information value ${informationValue.toFixed(2)}, above ${learning.informationValue[3]}`;
    terminal.out(`  ${criterion.field} (${describeMatcher(criterion.exact)}): ${why}`);
  }
  const fields = asked.map(({ criterion }) => criterion.field);
  terminal.out(
    `  No, it is known of every company: add ${fields.map((field) => `--confirm ${field}`).join(' ')}`,
  );
  terminal.out(
    `  Yes: add ${fields.map((field) => `--ignore ${field}`).join(' ')}. For good: learning.confirmed and learning.ignored in policy.yaml`,
  );
}

function printRest(terminal: Terminal, { rules, criteria, learning }: IcpDerivation): void {
  const { style } = terminal;
  const list = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    terminal.out('');
    terminal.out(style.bold(title));
    for (const line of lines.slice(0, SHOWN)) terminal.out(`  ${line}`);
    if (lines.length > SHOWN) terminal.out(`  … and ${lines.length - SHOWN} more (--json lists all)`);
  };
  list(
    'Rarely good customers (nothing is excluded by that)',
    rules.rarely.map(({ field, value }) => describeTested(field, value)),
  );
  list(
    'Says something, but the template has no criterion for it',
    rules.outsiders.flatMap(({ field, proof, fill }) => {
      const doubt = fill.isSuspicious
        ? `; ${describeFill(fill.filled, fill.of)}: perhaps only after they buy`
        : '';
      return proof.map((one) => `${describeTested(field, one)}${doubt}`);
    }),
  );
  const weak = criteria.filter(({ verdict, isKept }) => verdict === 'too_weak' && !isKept);
  list(`Dropped (${rules.tests} values of all fields were tested together)`, [
    ...weak.map(
      ({ criterion, informationValue }) =>
        `${criterion.field}: proven, but it says too little (information value ${informationValue.toFixed(4)})`,
    ),
    ...rules.ruledOut.map(({ field, reason, best, fill }) => {
      const gap = fill.isSuspicious ? `; ${describeFill(fill.filled, fill.of)}` : '';
      if (reason === 'ignored') return `${field}: you said to ignore it${gap}`;
      if (reason === 'too_many_values')
        return `${field}: more than ${learning.maximumValues} different values${gap}`;
      if (reason === 'too_few_companies' || best === null)
        return `${field}: no value that ${learning.minimumCompanies} companies share${gap}`;
      return `${field}: nothing proven; the most telling, ${describeValue(best.value)}, has information value ${best.informationValue.toFixed(4)} and q ${formatChance(best.q)}${gap}`;
    }),
  ]);
}

function printSeparation(terminal: Terminal, { separation, changes }: IcpDerivation): void {
  const { now, proposed } = separation;
  if (now === null || proposed === null) return;
  const told = (name: string, one: NonNullable<typeof now>) =>
    `${name}: high fit for ${percent(one.provenHigh, 1)} of the best and ${percent(one.lostHigh, 1)} of the lost; ` +
    `ranks a best customer above a lost one in ${percent(one.rankedRight, 1)} of pairs`;
  terminal.out('');
  terminal.out(terminal.style.bold('How well it tells them apart, on the very companies it was learnt from'));
  terminal.out(`  ${told('profile in force', now)}`);
  terminal.out(`  ${told('proposal        ', proposed)}`);
  if (changes.length > 0 && proposed.rankedRight <= now.rankedRight) {
    terminal.out(
      terminal.style.yellow(
        '  The proposal is no better than the profile in force: there is little reason to accept it.',
      ),
    );
  }
}

function printVerdict(
  terminal: Terminal,
  { stage, cohorts, learning, proposal, criteria }: IcpDerivation,
): void {
  const { suggestFrom, learnFrom } = learning.cohort;
  terminal.out('');
  if (stage === 'template') {
    terminal.out(
      `${cohorts.proven} best customers are too few to say anything: from ${suggestFrom} on there is a suggestion, from ${learnFrom} a profile. Keep the template.`,
    );
    return;
  }
  if (cohorts.lost === 0) {
    terminal.out(
      'Nobody was lost, so there is nothing to hold the best customers against: closed-lost deals are needed.',
    );
    return;
  }
  if (proposal === null) {
    terminal.out(
      criteria.some(({ verdict }) => verdict === 'question')
        ? 'No proposal until the questions above are answered.'
        : 'Nothing that is known of them sets your best customers apart from the lost. Keep the profile, or load more data about companies.',
    );
    return;
  }
  if (stage === 'suggest')
    terminal.out(
      `A suggestion only: ${cohorts.proven} best customers, and ${learnFrom} are needed to learn from. The proposal stays marked as assumed.`,
    );
}
