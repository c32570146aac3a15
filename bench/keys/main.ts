// `npm run bench -- keys [--data DIR] [--accounts N] [--contacts N] [--changed N] [--prove]`: the matcher beside its peers over
// labelled JSON Lines files (each with the true company in `cluster`), a speed run over invented records, and a later night on
// which some of them changed. `--prove` holds that night against a full run, assignment by assignment.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { readLabelledSet } from './labelled-set.ts';
import { domainAndName } from './peers/domain-and-name.ts';
import { normalisedName } from './peers/normalised-name.ts';
import type { Peer } from './peers/peer.ts';
import { tfIdf } from './peers/tf-idf.ts';
import { tierline } from './peers/tierline.ts';
import { countDifferences, runChanges } from './run-changes.ts';
import { runSpeed } from './run-speed.ts';
import { type Rates, scoreGrouping } from './score-grouping.ts';

const peers: readonly Peer[] = [normalisedName, domainAndName, tfIdf, tierline];

export function benchKeys(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      accounts: { type: 'string', default: '1000000' },
      contacts: { type: 'string', default: '5000000' },
      changed: { type: 'string', default: '10000' },
      prove: { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined) console.log('No --data DIR with labelled JSON Lines: the speed run only.\n');
  else compare(values.data);
  const [accounts, contacts, changed] = [values.accounts, values.contacts, values.changed].map(Number) as [
    number,
    number,
    number,
  ];
  const figures = runSpeed(accounts, contacts);
  console.log(
    `${figures.accounts} accounts + ${figures.contacts} contacts: ${figures.readSeconds.toFixed(1)} s to read, ` +
      `${figures.matchSeconds.toFixed(1)} s to match, ${figures.processorSeconds.toFixed(1)} s of processor, ` +
      `${figures.peakMegabytes.toFixed(0)} MB at most, ${figures.groups} groups`,
  );
  if (changed === 0) return;
  const night = runChanges(accounts, contacts, changed);
  const seconds = Object.entries(night.seconds);
  console.log(
    `${night.changed} of them changed: ${seconds.reduce((sum, [, each]) => sum + each, 0).toFixed(1)} s ` +
      `(${seconds.map(([name, each]) => `${name} ${each.toFixed(1)}`).join(', ')}), ${night.processorSeconds.toFixed(1)} s of processor, ${night.told} assignments told, ` +
      `${night.megabytes.toFixed(0)} MB kept, ${night.peakMegabytes.toFixed(0)} MB at most`,
  );
  if (values.prove)
    console.log(`${countDifferences(accounts, contacts, changed)} assignments differ from a full run`);
}

function compare(folder: string): void {
  const rules = loadKeyRules();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()) {
    const labelled = readLabelledSet(join(folder, file));
    const records = labelled.map(({ record }) => record);
    console.log(`${basename(file)}: ${records.length} records`);
    console.log(row('', 'B-cubed F1', 'pairs P / R', 'contacts P / R', 'records/s'));
    for (const peer of peers) {
      const start = performance.now();
      const grouping = peer.group(records, rules);
      const seconds = (performance.now() - start) / 1000;
      const { bcubed, pairwise, contacts } = scoreGrouping(labelled, grouping);
      console.log(
        row(
          peer.name,
          bcubed.f1.toFixed(4),
          both(pairwise),
          contacts === null ? '-' : both(contacts),
          (records.length / seconds).toFixed(0),
        ),
      );
    }
    console.log('');
  }
}

function both({ precision, recall }: Rates): string {
  return `${precision.toFixed(3)} / ${recall.toFixed(3)}`;
}

function row(...cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(18) : cell.padStart(16))).join('');
}
