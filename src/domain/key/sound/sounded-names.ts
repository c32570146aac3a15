// The sounds of names that are not in Latin letters, as entries in columns: whose, in which language, how it sounds. Entries of
// a row are made once; whether they take part is decided elsewhere.
import { GrowingColumn } from '../group/growing-column.ts';
import { RowMarks } from '../group/row-marks.ts';
import { joined, type MemorySink, type MemorySource } from '../memory/memory-parts.ts';
import { type SoundCode, skeletonOf } from './align-sound.ts';
import { type SoundLanguage, soundLanguages } from './lexicon.ts';
import { fullSkeletonKey } from './skeleton-key.ts';

const thousandths = 1000;
/** Halves of a key: 17^5 each. */
const half = 17 ** 5;

export interface SoundedName {
  readonly row: number;
  readonly language: SoundLanguage;
  readonly sound: SoundCode;
  readonly weight: number;
  /** What was left off to get this sound. */
  readonly cost: number;
}

export class SoundedNames {
  /** Rows whose entries are made. */
  readonly made = new RowMarks();
  private readonly rows = new GrowingColumn();
  private readonly languages = new GrowingColumn();
  private readonly weights = new GrowingColumn();
  private readonly costs = new GrowingColumn();
  private readonly starts = new GrowingColumn();
  private readonly highKeys = new GrowingColumn();
  private readonly lowKeys = new GrowingColumn();
  private sounds = new Uint8Array(1 << 12);
  private used = 0;

  get size(): number {
    return this.rows.length;
  }

  add({ row, language, sound, weight, cost }: SoundedName): void {
    while (this.used + sound.length > this.sounds.length) {
      const larger = new Uint8Array(Math.max(this.sounds.length * 2, 1 << 12));
      larger.set(this.sounds);
      this.sounds = larger;
    }
    this.sounds.set(sound, this.used);
    this.starts.push(this.used);
    this.used += sound.length;
    this.rows.push(row);
    this.languages.push(soundLanguages.indexOf(language));
    this.weights.push(Math.round(weight * thousandths));
    this.costs.push(Math.round(cost * thousandths));
    const key = fullSkeletonKey(skeletonOf(sound));
    this.highKeys.push(Math.floor(key / half));
    this.lowKeys.push(key % half);
  }

  rowOf(entry: number): number {
    return this.rows.get(entry);
  }

  languageOf(entry: number): SoundLanguage {
    return soundLanguages[this.languages.get(entry)] ?? 'ja';
  }

  keyOf(entry: number): number {
    return this.highKeys.get(entry) * half + this.lowKeys.get(entry);
  }

  soundOf(entry: number): SoundCode {
    const end = entry + 1 < this.starts.length ? this.starts.get(entry + 1) : this.used;
    return this.sounds.subarray(this.starts.get(entry), end);
  }

  weightOf(entry: number): number {
    return this.weights.get(entry) / thousandths;
  }

  costOf(entry: number): number {
    return this.costs.get(entry) / thousandths;
  }

  save(sink: MemorySink, name: string): void {
    for (const [part, column] of this.columns()) column.save(sink, `${name}.${part}`);
    sink.add(`${name}.sounds`, [this.sounds.subarray(0, this.used)]);
  }

  restore(source: MemorySource, name: string): void {
    for (const [part, column] of this.columns()) column.restore(source, `${name}.${part}`);
    this.sounds = joined(source.take(`${name}.sounds`));
    this.used = this.sounds.length;
  }

  private columns(): [string, GrowingColumn | RowMarks][] {
    return [
      ['made', this.made],
      ['rows', this.rows],
      ['languages', this.languages],
      ['weights', this.weights],
      ['costs', this.costs],
      ['starts', this.starts],
      ['highKeys', this.highKeys],
      ['lowKeys', this.lowKeys],
    ];
  }
}
