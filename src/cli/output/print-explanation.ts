// An explanation for people: the tier in a sentence, then every input with where it came from.
import type {
  ExplainedGroup,
  ExplainedInput,
  ExplainedRating,
  ExplainedRule,
  ExplainedUnused,
  ExplainedValue,
} from './explained-parts.ts';
import {
  printBuyingGroup,
  printInputs,
  printRatings,
  printUnused,
  printValue,
} from './print-explained-parts.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

type Text = string | null;
type Criterion = {
  readonly criterion: string;
  readonly weight: number;
  readonly match: number | null;
  readonly value: unknown;
  readonly source: Text;
  readonly observedOn: Text;
  readonly tooOld: boolean;
};

/** The document that a run stored; see the pipeline's explain-judgement.ts. */
export interface Explanation {
  readonly companyKey: string;
  readonly name: Text;
  readonly asOf: string;
  readonly policy: string;
  readonly tier: string;
  readonly computedTier: string;
  readonly reasons: readonly string[];
  readonly reason: Text;
  readonly nextStep: Text;
  readonly reviewDate: Text;
  readonly records: readonly { readonly connection: string; readonly id: string; readonly worked: boolean }[];
  readonly fit: {
    readonly score: number;
    readonly completeness: number;
    readonly criteria: readonly Criterion[];
  };
  readonly intent: {
    readonly score: number;
    readonly on: boolean;
    readonly topics: readonly {
      readonly topic: string;
      readonly score: number;
      readonly source: string;
      readonly seenOn: string;
    }[];
    readonly signals: readonly {
      readonly signal: string;
      readonly points: number;
      readonly source: string;
      readonly seenOn: string;
    }[];
  };
  readonly engagement: {
    readonly score: number;
    readonly threshold: number;
    readonly people: number;
    readonly on: boolean;
    readonly events: readonly {
      readonly type: string;
      readonly role: string;
      readonly source: string;
      readonly on: string;
    }[];
    readonly eventsInAll: number;
  };
  readonly value: ExplainedValue;
  readonly ratings: Readonly<Record<'ready' | 'willing' | 'able' | 'success', ExplainedRating>> & {
    readonly total: number;
  };
  readonly buyingGroup?: ExplainedGroup;
  readonly inputs?: readonly ExplainedInput[];
  readonly notUsed?: readonly ExplainedUnused[];
  readonly rule?: ExplainedRule | null;
  readonly tierUncapped?: Text;
  readonly capacity?: {
    readonly limits: readonly { readonly tier: string; readonly wanted: number; readonly cap: number }[];
  } | null;
  readonly override: { readonly kind: string; readonly until: Text; readonly reason: Text } | null;
  readonly wouldMoveUp: readonly { readonly tier: string; readonly change: string }[];
}

const EVENTS_SHOWN = 10;

export function printExplanation(terminal: Terminal, it: Explanation, run: string): void {
  const { style } = terminal;
  const out = (line: string) => terminal.out(line);
  out(`${style.bold(it.name ?? it.companyKey)}: ${style.bold(it.tier)}  ${it.reasons.join(' ')}`);
  if (it.reason !== null) out(it.reason);
  if (it.nextStep !== null) out(`Next: ${it.nextStep}`);
  out(style.dim(`${it.companyKey}, as of ${it.asOf}, policy ${it.policy}, run ${run}`));
  for (const { connection, id, worked } of it.records)
    out(`  ${connection} ${id}${worked ? ' (worked)' : ''}`);
  if (it.rule) out(`Rule: ${sayRule(it.rule)}`);
  if (it.computedTier !== it.tier) out(`Computed now: ${it.computedTier}`);
  for (const { tier, wanted, cap } of it.capacity?.limits ?? [])
    out(`No free slot in ${tier}: ${wanted} wanted, cap ${cap}`);
  if (it.override !== null) {
    out(
      `Overridden by people: ${it.override.kind} until ${it.override.until ?? '?'}, ${it.override.reason ?? 'no reason given'}`,
    );
  }

  out('');
  out(style.bold(`Fit ${it.fit.score} (${Math.round(it.fit.completeness * 100)}% known)`));
  printFit(terminal, it.fit.criteria);
  out('');
  out(style.bold(`Intent ${it.intent.score}, ${it.intent.on ? 'on' : 'off'}`));
  for (const { topic, score, source, seenOn } of it.intent.topics)
    out(`  "${topic}" ${score}, seen ${seenOn} (${source})`);
  for (const { signal, points, source, seenOn } of it.intent.signals)
    out(`  ${signal} ${points} points, seen ${seenOn} (${source})`);
  out('');
  const { engagement } = it;
  out(
    style.bold(
      `Engagement ${engagement.score} of ${engagement.threshold}, ${engagement.people} people, ${engagement.on ? 'on' : 'off'}`,
    ),
  );
  for (const { type, role, source, on } of engagement.events.slice(0, EVENTS_SHOWN))
    out(`  ${on} ${type} by ${role} (${source})`);
  if (engagement.eventsInAll > EVENTS_SHOWN) out(`  … and ${engagement.eventsInAll - EVENTS_SHOWN} more`);
  out('');
  printValue(terminal, it.value);
  out('');
  printRatings(terminal, it.ratings);
  if (it.buyingGroup !== undefined) {
    out('');
    printBuyingGroup(terminal, it.buyingGroup);
  }
  printInputs(terminal, it.inputs ?? []);
  printUnused(terminal, it.notUsed ?? []);
  printMoves(terminal, it);
}

function printMoves(terminal: Terminal, { tier: shown, wouldMoveUp }: Explanation): void {
  let said = '';
  for (const { tier, change } of wouldMoveUp) {
    if (tier !== said) {
      terminal.out('');
      // A tier that is held is shown still, and would be again.
      terminal.out(
        terminal.style.bold(tier === shown ? `Would stay in ${tier} if` : `Would move to ${tier} if`),
      );
      said = tier;
    }
    terminal.out(`  ${change}`);
  }
}

function sayRule({ fit, acv, intent, engaged, gives, reason, from }: ExplainedRule): string {
  const flags = `intent ${intent ? 'on' : 'off'}, ${engaged ? 'engaged' : 'not engaged'}`;
  const origin = from === 'method' ? "the method's own" : 'ours';
  return `${fit} fit, ${acv} ACV, ${flags} → ${gives} (${reason}, ${origin})`;
}

function printFit(terminal: Terminal, criteria: readonly Criterion[]): void {
  const rows = criteria.map(({ criterion, weight, match, value, source, observedOn, tooOld }) => [
    `  ${criterion}`,
    String(weight),
    match === null ? 'unknown' : String(match),
    value === null
      ? ''
      : Array.isArray(value)
        ? value.join('; ')
        : String(value as string | number | boolean),
    [source, observedOn, tooOld ? 'too old' : null].filter((part) => part !== null).join(', '),
  ]);
  const columns = [
    { title: '  criterion' },
    { title: 'weight', align: 'right' as const },
    { title: 'match' },
    { title: 'value', width: 50 },
    { title: 'from' },
  ];
  for (const line of formatTable(columns, rows)) terminal.out(line);
}
