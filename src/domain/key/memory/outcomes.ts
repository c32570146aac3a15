// What a grouping came to, in columns by row: the group, the family, and why. Kept until the next grouping, so that only what
// became different has to be told.
import { StringTable } from '../group/string-table.ts';
import { joined, type MemorySink, type MemorySource } from './memory-parts.ts';

export class Outcomes {
  /** Rows of the accounts that stand for the group and the family; -1 for an account that was not there. */
  accountGroup: Int32Array = none;
  accountFamily: Int32Array = none;
  accountGrounds: Int32Array = none;
  /** Row of the account that stands for the group; as -2 - row of a person for persons without an account; -1 for no group. */
  personGroup: Int32Array = none;
  /** -1 for a person that was not there. */
  personGrounds: Int32Array = none;
  /** What the numbers of grounds stand for. */
  grounds = new StringTable();

  save(sink: MemorySink): void {
    for (const name of columnNames) sink.add(`outcomes.${name}`, [this[name]]);
    this.grounds.save(sink, 'outcomes.grounds');
  }

  restore(source: MemorySource): void {
    for (const name of columnNames)
      this[name] = new Int32Array(joined(source.take(`outcomes.${name}`)).buffer);
    this.grounds.restore(source, 'outcomes.grounds');
  }
}

const none = new Int32Array(0);
const columnNames = [
  'accountGroup',
  'accountFamily',
  'accountGrounds',
  'personGroup',
  'personGrounds',
] as const;
