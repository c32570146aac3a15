// The speed run: invented records through the matcher, with wall time, processor time and the most memory held.
import { createCompanyMatcher } from '#domain/key/match-companies.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { generateRecords } from './generate-records.ts';

export interface SpeedFigures {
  readonly accounts: number;
  readonly contacts: number;
  readonly groups: number;
  /** Making the invented records is part of reading. */
  readonly readSeconds: number;
  readonly matchSeconds: number;
  readonly processorSeconds: number;
  readonly peakMegabytes: number;
}

export function runSpeed(accounts: number, contacts: number): SpeedFigures {
  const matcher = createCompanyMatcher(loadKeyRules());
  const start = performance.now();
  const processor = process.cpuUsage();
  for (const record of generateRecords(accounts, contacts)) matcher.add(record);
  const read = performance.now();
  let groups = 0;
  for (const { id, group } of matcher.finish()) if (id === group) groups++;
  const { user, system } = process.cpuUsage(processor);
  return {
    accounts,
    contacts,
    groups,
    readSeconds: (read - start) / 1000,
    matchSeconds: (performance.now() - read) / 1000,
    processorSeconds: (user + system) / 1_000_000,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
  };
}
