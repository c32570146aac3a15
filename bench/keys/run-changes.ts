// The run of a later night: most records are as they were, some changed. How long the memory takes for them, and whether it comes
// to what a full run comes to.
import type { CompanyRecord, KeyAssignment } from '#domain/key/company-record.ts';
import { createCompanyMatcher } from '#domain/key/match-companies.ts';
import { createCompanyMemory } from '#domain/key/memory/company-memory.ts';
import { createMemorySource, type MemoryPart } from '#domain/key/memory/memory-parts.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { generateRecords } from './generate-records.ts';

export interface ChangeFigures {
  readonly changed: number;
  /** Assignments that became different, or whose company did. */
  readonly told: number;
  /** Of what is kept between two runs. */
  readonly megabytes: number;
  readonly seconds: {
    readonly takeBack: number;
    readonly findRows: number;
    readonly regroup: number;
    readonly tell: number;
    readonly save: number;
  };
  readonly processorSeconds: number;
  readonly peakMegabytes: number;
}

const rules = loadKeyRules();

/** Every so many records, one takes the content of another of its kind. */
export function runChanges(accounts: number, contacts: number, changed: number): ChangeFigures {
  const parts = rememberFirst(accounts, contacts);
  const changes = pickChanges(accounts, contacts, changed);
  const processor = process.cpuUsage();
  const times = [performance.now()];
  const memory = takeBack(parts);
  times.push(performance.now());
  memory.change(changes, []);
  times.push(performance.now());
  const regrouping = memory.regroup([]);
  times.push(performance.now());
  let told = 0;
  for (const _ of regrouping.accounts()) told++;
  for (const _ of regrouping.persons()) told++;
  times.push(performance.now());
  let bytes = 0;
  for (const { data } of memory.save()) bytes += data.byteLength;
  times.push(performance.now());
  const { user, system } = process.cpuUsage(processor);
  const [takenBack = 0, findRows = 0, regroup = 0, tell = 0, save = 0] = times
    .slice(1)
    .map((time, index) => (time - (times[index] ?? 0)) / 1000);
  return {
    changed: changes.length,
    told,
    megabytes: bytes / 1e6,
    seconds: { takeBack: takenBack, findRows, regroup, tell, save },
    processorSeconds: (user + system) / 1_000_000,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
  };
}

/** How many assignments differ between a memory that took the changes in and a full run over the changed records. */
export function countDifferences(accounts: number, contacts: number, changed: number): number {
  const changes = new Map(pickChanges(accounts, contacts, changed).map((each) => [nameOf(each), each]));
  const memory = createCompanyMemory(rules);
  const matcher = createCompanyMatcher(rules);
  for (const record of generateRecords(accounts, contacts)) {
    memory.add(record);
    matcher.add(changes.get(nameOf(record)) ?? record);
  }
  const held = new Map<string, string>();
  const take = (each: KeyAssignment) => held.set(nameOf(each), JSON.stringify(each));
  const first = memory.regroup([]);
  for (const each of first.accounts()) take(each);
  for (const each of first.persons()) take(each);
  memory.change([...changes.values()], []);
  const second = memory.regroup([]);
  for (const each of second.accounts()) take(each);
  for (const each of second.persons()) take(each);
  let differences = 0;
  for (const each of matcher.finish())
    if (held.get(nameOf(each)) !== JSON.stringify(sorted(each))) differences++;
  return differences;
}

/** The order of the fields is no difference. */
function sorted({ id, kind, group, family, confidence, review, evidence }: KeyAssignment): KeyAssignment {
  return { id, kind, group, family, confidence, review, evidence };
}

function nameOf({ kind, id }: Pick<CompanyRecord, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

function rememberFirst(accounts: number, contacts: number): readonly MemoryPart[] {
  const memory = createCompanyMemory(rules);
  for (const record of generateRecords(accounts, contacts)) memory.add(record);
  memory.regroup([]);
  return [...memory.save()];
}

function takeBack(parts: readonly MemoryPart[]) {
  const source = createMemorySource();
  for (const part of parts) source.put(part);
  return createCompanyMemory(rules, source);
}

function pickChanges(accounts: number, contacts: number, changed: number): CompanyRecord[] {
  const every = Math.max(1, Math.floor((accounts + contacts) / changed));
  const changes: CompanyRecord[] = [];
  const last: Partial<Record<CompanyRecord['kind'], CompanyRecord>> = {};
  let number = 0;
  for (const record of generateRecords(accounts, contacts)) {
    if (number++ % every !== 0) continue;
    const other = last[record.kind];
    last[record.kind] = record;
    if (other !== undefined) changes.push({ ...other, id: record.id });
  }
  return changes;
}
