// Compares the company key of every lead with what the CRM holds. Leads bear nothing else of ours: no tier, no role.
import type { PlanWriter, Store } from '#ports/store.ts';
import type { ConnectionRun } from '../connection-run.ts';
import { planUpdate } from './plan-record.ts';

export interface LeadCounts {
  /** Leads without a change, by connection. */
  readonly unchanged: ReadonlyMap<string, number>;
}

/** `keys`: leads of these companies alone; null for all. */
export async function planLeads(
  store: Store,
  writer: PlanWriter,
  run: string,
  connections: readonly ConnectionRun[],
  keys: readonly string[] | null,
): Promise<LeadCounts> {
  const unchanged = new Map<string, number>();
  for (const { connected, objects } of connections) {
    const live = objects?.get('lead');
    if (live === undefined) continue;
    let same = 0;
    for await (const lead of store.records.leads(connected.id, keys)) {
      const { companyKey } = lead;
      const isOver = companyKey === null || lead.fields['isConverted'] === true;
      const wanted = new Map([['companyKey', { value: companyKey, why: 'key of its company' }]]);
      const change = isOver ? null : planUpdate(lead, wanted, { run, companyKey, live, facts: null });
      if (change === null) same += 1;
      else await writer.addChange(change);
    }
    unchanged.set(connected.id, same);
  }
  return { unchanged };
}
