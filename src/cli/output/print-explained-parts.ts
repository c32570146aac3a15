// Value, ratings, buying group, further inputs and what was not used, for people. Knows the stored documents, no rules.
import type {
  ExplainedGroup,
  ExplainedInput,
  ExplainedRating,
  ExplainedUnused,
  ExplainedValue,
} from './explained-parts.ts';
import type { Terminal } from './terminal.ts';

const DEALS_SHOWN = 5;
const UNUSED_SHOWN = 15;

const money = (amount: number | null): string =>
  amount === null ? 'unknown' : Math.round(amount).toLocaleString('en');

export function printValue(terminal: Terminal, value: ExplainedValue): void {
  terminal.out(
    terminal.style.bold(`Value ${money(value.acv)} a year, ${value.band} (${value.source}, ${value.motion})`),
  );
  if ((value.alreadyWon ?? 0) > 0)
    terminal.out(
      `  still to win; ${money(value.alreadyWon ?? 0)} was won in the last twelve months and is taken off`,
    );
  const { deals = [], dealsInAll = 0, revenue, lifetime, payments, renewal } = value;
  for (const { connection, id, state, annual, closeOn } of deals.slice(0, DEALS_SHOWN))
    terminal.out(
      `  deal ${connection} ${id}: ${state}, ${money(annual)} a year, closes ${closeOn ?? 'on no day'}`,
    );
  if (dealsInAll > DEALS_SHOWN) terminal.out(`  … and ${dealsInAll - DEALS_SHOWN} deals more`);
  if (revenue) {
    const from = [revenue.from, ...revenue.sources].join(', ');
    terminal.out(`  brought ${money(revenue.toDate)} from ${revenue.firstOn} to ${revenue.lastOn} (${from})`);
  }
  if (lifetime)
    terminal.out(
      `  worth ${money(lifetime.account)} with one more year of ${money(lifetime.annual)}, ${money(lifetime.byFormula)} by margin and churn`,
    );
  if (renewal) terminal.out(`  contract ends ${renewal.on} (${renewal.source ?? renewal.from})`);
  if (!payments) return;
  terminal.out(`  ${payments.late} of ${payments.judged} invoices late, ${money(payments.overdue)} overdue`);
  for (const { amount, dueOn, paidOn, daysLate, source } of payments.latest.slice(0, DEALS_SHOWN))
    terminal.out(
      `    ${money(amount)} due ${dueOn}, ${paidOn === null ? 'open' : `paid ${paidOn}`}, ${daysLate} days late (${source})`,
    );
}

const RATINGS = ['ready', 'willing', 'able', 'success'] as const;

export function printRatings(
  terminal: Terminal,
  ratings: Readonly<Record<(typeof RATINGS)[number], ExplainedRating>> & { readonly total: number },
): void {
  terminal.out(terminal.style.bold(`Ready, willing, able, success: ${ratings.total} of 12`));
  for (const name of RATINGS) {
    const { rating, reason, from, overruled, until } = ratings[name];
    const origin =
      from === undefined ? [] : [from.what, from.source, from.on].filter((part) => part !== null);
    const word = overruled ? `, until ${until ?? '?'}; else ${overruled.rating} (${overruled.reason})` : '';
    terminal.out(
      `  ${name} ${rating} ${reason}${origin.length === 0 ? '' : ` (${origin.join(', ')})`}${word}`,
    );
  }
}

export function printBuyingGroup(terminal: Terminal, group: ExplainedGroup): void {
  const { coverage, parts, missing, depth, champions } = group;
  const percent = Math.round(coverage * 100);
  terminal.out(
    terminal.style.bold(`Buying group ${percent}% known, ${depth.engaged} of ${depth.of} people engaged`),
  );
  terminal.out(`  ${parts.map(({ part, people }) => `${part} ${people}`).join(', ')}`);
  if (missing.length > 0) terminal.out(`  missing: ${missing.join(', ')}`);
  for (const { connection, id, by, points, times } of champions) {
    const who = id === null ? 'somebody who is no contact yet' : `${connection ?? ''} ${id}`;
    terminal.out(
      by === 'conduct'
        ? `  champion by conduct: ${who}, ${times ?? 0} replies and meetings, ${points ?? 0} points`
        : `  champion: ${who}, says ${by === 'person' ? 'a rep' : 'the CRM'}`,
    );
  }
}

export function printInputs(terminal: Terminal, inputs: readonly ExplainedInput[]): void {
  if (inputs.length === 0) return;
  terminal.out('');
  terminal.out(terminal.style.bold('Also looked at'));
  for (const { field, value, source, observedOn, tooOld } of inputs) {
    const shown = Array.isArray(value) ? value.join('; ') : String(value);
    const origin = [source, observedOn, tooOld ? 'too old' : null].filter((part) => part !== null);
    terminal.out(`  ${field} ${shown} (${origin.join(', ')})`);
  }
}

const WHY: Readonly<Record<string, string>> = {
  after_as_of: 'after the moment looked at',
  too_old: 'too old',
  method_refused: 'gathered in a way that is refused there',
  topic_not_watched: 'not among the topics watched',
  newer_row: 'a newer row says otherwise',
  week_not_over: 'the week is not over',
  source_too_young: 'the source is too young for a baseline',
  scores_nothing: 'scores nothing by the policy',
  other_source_first: 'another source comes first',
  no_rate: 'no rate for its currency',
  other_rows_counted: 'other rows are the revenue already',
  no_money: 'no money',
  no_rating: 'no rating from 0 to 3',
  word_too_old: 'said too long ago',
};

export function printUnused(terminal: Terminal, unused: readonly ExplainedUnused[]): void {
  if (unused.length === 0) return;
  terminal.out('');
  terminal.out(terminal.style.bold('Not used'));
  for (const { kind, what, value = null, source, why, rows, newest } of unused.slice(0, UNUSED_SHOWN)) {
    const count = rows === 1 ? '' : ` ×${rows}`;
    const day = newest === null ? '' : `, ${rows === 1 ? '' : 'newest '}${newest}`;
    terminal.out(
      `  ${kind} ${what}${value === null ? '' : ` ${value}`}${count} (${source}${day}): ${WHY[why] ?? why}`,
    );
  }
  if (unused.length > UNUSED_SHOWN)
    terminal.out(`  … and ${unused.length - UNUSED_SHOWN} more: --json lists them`);
}
