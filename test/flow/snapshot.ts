// Everything that Tierline could have changed in both CRMs, as one value: equal snapshots mean that the CRMs hold the same.
import type { Flow } from './flow-fixture.ts';

export interface Snapshot {
  /** By CRM, object and id: every field as the CRM holds it, stamps included. */
  readonly records: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const SALESFORCE = ['Account', 'Contact', 'Opportunity', 'Task', 'Tierline_Program__c'] as const;
const HUBSPOT = ['companies', 'contacts', 'deals', 'tasks'] as const;

/** @param wholly true: Salesforce objects whose fields exist already only */
export function takeSnapshot({ salesforce, hubspot }: Flow): Snapshot {
  const records: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const type of SALESFORCE)
    for (const row of salesforce.org.records(type)) records[`sf ${type} ${String(row['Id'])}`] = { ...row };
  for (const type of HUBSPOT)
    for (const { id, properties } of hubspot.portal.records(type))
      records[`hs ${type} ${id}`] = { ...properties };
  return { records };
}

/** Names of records that are new, gone or different, sorted. */
export function changedSince(before: Snapshot, flow: Flow): readonly string[] {
  const after = takeSnapshot(flow).records;
  const names = new Set([...Object.keys(before.records), ...Object.keys(after)]);
  return [...names]
    .filter((name) => JSON.stringify(before.records[name]) !== JSON.stringify(after[name]))
    .toSorted();
}
