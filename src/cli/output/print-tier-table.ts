// The tier table: the accounts worth looking at first, with the reason as a rep reads it in the CRM.
import { TIER_CODES } from '#domain/plan/tier-codes.ts';
import { TIERS, type Tier } from '#domain/tier/tier.ts';
import type { Session } from '#pipeline/session.ts';
import type { KeyedRecord } from '#ports/store.ts';
import { formatTable } from './table.ts';
import type { Terminal } from './terminal.ts';

/** Rows of each tier; the whole list is the CRM's to show. */
const ROWS: Readonly<Record<Tier, number>> = {
  'Tier 1': 8,
  'Tier 2': 5,
  'Tier 3': 4,
  'Not tiered': 2,
  Unscored: 1,
  Excluded: 1,
};
const NAME_WIDTH = 30;
const FIXED_WIDTH = 68;

export async function printTierTable(terminal: Terminal, session: Session): Promise<void> {
  const reasonWidth = Math.max(60, terminal.width - FIXED_WIDTH);
  const columns = [
    { title: 'CRM' },
    { title: 'account', width: NAME_WIDTH },
    { title: 'tier' },
    { title: 'fit', align: 'right' as const },
    { title: 'intent', align: 'right' as const },
    { title: 'engaged', align: 'right' as const },
    { title: 'reason', width: reasonWidth },
  ];
  const rows = [];
  for (const { id } of session.connections) {
    const best = await bestAccounts(session, id);
    for (const tier of TIERS) rows.push(...(best.get(tier) ?? []).map((account) => toRow(account, tier)));
  }
  for (const line of formatTable(columns, rows)) terminal.out(line);
}

async function bestAccounts(
  session: Session,
  connection: string,
): Promise<ReadonlyMap<Tier, readonly KeyedRecord[]>> {
  const byTier = new Map<Tier, KeyedRecord[]>();
  for await (const account of session.store.records.stream({ connection, object: 'account' })) {
    const tier = TIERS.find((known) => TIER_CODES[known] === account.fields['tier']);
    if (tier === undefined) continue;
    const list = byTier.get(tier) ?? [];
    list.push(account);
    list.sort((a, b) => scoreOf(b) - scoreOf(a) || (a.id < b.id ? -1 : 1));
    byTier.set(tier, list.slice(0, ROWS[tier]));
  }
  return byTier;
}

function scoreOf({ fields }: KeyedRecord): number {
  return Number(fields['fit'] ?? 0) + Number(fields['intent'] ?? 0) + Number(fields['engagement'] ?? 0);
}

function toRow({ connection, fields }: KeyedRecord, tier: Tier): readonly string[] {
  const text = (name: string) => String(fields[name] ?? '');
  return [
    connection,
    text('name'),
    tier,
    text('fit'),
    text('intent'),
    text('engagement'),
    text('tierReason'),
  ];
}
