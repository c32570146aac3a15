// What scoring needs besides the company itself, gathered once a run.
import type { FitWeights } from '#domain/fit/fit-policy.ts';
import { icpWeights } from '#domain/fit/icp.ts';
import type { Attestation } from '#domain/intent/admit-method.ts';
import { countTopics } from '#domain/intent/topics-from-rows.ts';
import type { Policy } from '#domain/tier/policy.ts';
import { type AcvBenchmarks, buildAcvBenchmarks, type WonDeal } from '#domain/value/acv-benchmarks.ts';
import { annualAmount } from '#domain/value/deal.ts';
import type { MoneyRates } from '#domain/value/money.ts';
import { toDeal } from '#domain/value/opportunity.ts';
import type { TransactionType } from '#domain/value/transaction.ts';
import type { CrmKind } from '#mapping/fields/crm-mapping.ts';
import type { LoadedSource } from '../load-sources.ts';
import type { Rules, Session } from '../session.ts';
import type { SourceFacts, ValueSettings } from './gather-values.ts';

export interface Scoring extends ValueSettings {
  readonly asOf: string;
  /** `YYYY-MM-DD`, UTC */
  readonly today: string;
  readonly rules: Rules;
  /** The policy with the ACV bands that hold now. */
  readonly policy: Policy;
  readonly weights: FitWeights;
  readonly benchmarks: AcvBenchmarks;
  readonly topicsConfigured: number;
  readonly attestations: readonly Attestation[];
  /** When a source's first row is from; null when it has none. */
  readonly firstRowMs: (source: string) => number | null;
  /** Any source brings payments: else an unpaid invoice says nothing. */
  readonly paymentsKnown: boolean;
  readonly locale: string;
  readonly kindOf: (connection: string) => CrmKind;
}

export async function prepareScoring(
  session: Session,
  asOf: string,
  loaded: readonly LoadedSource[],
): Promise<Scoring> {
  const { store, rules, settings } = session;
  const money: MoneyRates = settings;
  const sources = new Map<string, SourceFacts>();
  const firstRows = new Map<string, number | null>();
  for (const { result } of loaded) {
    const source = settings.sources.find(({ id }) => id === result.source);
    sources.set(result.source, {
      freshDays: source?.freshDays ?? null,
      currency: source?.currency ?? null,
      loadedAtMs: Date.parse(result.loadedAt),
    });
    if (result.kind === 'intent-counts') {
      const first = await store.sources.firstAt(result.source);
      firstRows.set(result.source, first === null ? null : Date.parse(first));
    }
  }
  const kinds = new Map(session.connections.map(({ id, kind }) => [id, kind]));
  const won: WonDeal[] = [];
  for await (const { opportunity, account } of store.dossiers.wonOpportunities()) {
    const amount = annualAmount(toDeal(opportunity, money));
    const { industry = null, employees = null } = account;
    if (amount === null) continue;
    won.push({
      annualAmount: amount,
      industry: typeof industry === 'string' ? industry : null,
      employees: typeof employees === 'number' ? employees : null,
    });
  }
  const benchmarks = buildAcvBenchmarks(won, rules.policy.value);
  const topics = await store.sources.distinct(['intent-scores', 'intent-counts'], 'topic');
  const transactionTypes = await store.sources.distinct(['transactions'], 'type');
  return {
    asOf,
    today: asOf.slice(0, 10),
    asOfMs: Date.parse(asOf),
    rules,
    policy: { ...rules.policy, value: { ...rules.policy.value, bands: benchmarks.cuts } },
    weights: icpWeights(rules.icp, rules.policy.fit),
    benchmarks,
    topicsConfigured: countTopics(rules.policy.intent, topics),
    attestations: settings.attest,
    firstRowMs: (source) => firstRows.get(source) ?? null,
    money,
    connectionOrder: session.connections.map(({ id }) => id),
    sources,
    paymentsKnown: transactionTypes.includes('payment' satisfies TransactionType),
    locale: settings.locale,
    kindOf: (connection) => kinds.get(connection) ?? 'salesforce',
  };
}
