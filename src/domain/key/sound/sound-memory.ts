// What the comparison of sounds found last time, by account row: which names took part, how Latin names may begin, and what each
// was like. Comparing is dear and most of a million names stay as they were.
import { GrowingColumn } from '../group/growing-column.ts';
import { joined, type MemorySink, type MemorySource } from '../memory/memory-parts.ts';
import { type SoundLanguage, soundLanguages } from './lexicon.ts';
import { SoundedNames } from './sounded-names.ts';

export interface SoundMatch {
  /** Above the bar for a name of its length. */
  readonly isEnough: boolean;
  readonly likeness: number;
  readonly latin: number;
  readonly other: number;
}

export class SoundMemory {
  readonly names = new SoundedNames();
  /** 1 for a row whose sounded names took part. */
  indexed = new Uint8Array(0);
  /** All accounts' rows as they were in order; kept with the accounts. */
  rowsInOrder: Int32Array = new Int32Array(0);
  /** By row: 1 + the languages (as bits) that its Latin names were compared in, 0 when it has none. */
  compared = new Uint8Array(0);
  /** By row: beginnings that held more names than were taken. */
  overfull = new Uint16Array(0);
  /** In order of their Latin rows. */
  matches: readonly SoundMatch[] = [];
  private readonly isLasting: boolean;
  private readonly openings = new GrowingColumn();
  private readonly openingsOfRow = soundLanguages.map(() => new Map<number, number>());

  /** Of one grouping alone nothing is kept that only a later one would ask for. */
  constructor(isLasting: boolean) {
    this.isLasting = isLasting;
  }

  /** How the row's Latin names may begin, a list for each name and order of words; null when it was never asked. */
  openingsOf(row: number, language: SoundLanguage): number[][] | null {
    const place = this.openingsOfRow[soundLanguages.indexOf(language)]?.get(row);
    if (place === undefined) return null;
    let at = place + 1;
    return Array.from({ length: this.openings.get(place) }, () => {
      const first = at + 1;
      const length = this.openings.get(at);
      at = first + length;
      return Array.from({ length }, (_, index) => this.openings.get(first + index));
    });
  }

  /** Whether something holds for all of them; null when the row was never asked. Makes no lists. */
  everyOpening(row: number, language: SoundLanguage, holds: (opening: number) => boolean): boolean | null {
    const place = this.openingsOfRow[soundLanguages.indexOf(language)]?.get(row);
    if (place === undefined) return null;
    let at = place + 1;
    for (let list = this.openings.get(place); list > 0; list--) {
      const end = at + this.openings.get(at);
      while (at < end) if (!holds(this.openings.get(++at))) return false;
      at++;
    }
    return true;
  }

  keepOpenings(row: number, language: SoundLanguage, lists: readonly (readonly number[])[]): void {
    if (!this.isLasting) return;
    this.openingsOfRow[soundLanguages.indexOf(language)]?.set(row, this.openings.length);
    this.openings.push(lists.length);
    for (const list of lists) {
      this.openings.push(list.length);
      for (const opening of list) this.openings.push(opening);
    }
  }

  save(sink: MemorySink): void {
    this.names.save(sink, 'sound.names');
    sink.add('sound.indexed', [this.indexed]);
    sink.add('sound.compared', [this.compared]);
    sink.add('sound.overfull', [this.overfull]);
    sink.add('sound.likeness', [Float64Array.from(this.matches, ({ likeness }) => likeness)]);
    sink.add('sound.latin', [Int32Array.from(this.matches, ({ latin }) => latin)]);
    sink.add('sound.other', [Int32Array.from(this.matches, ({ other }) => other)]);
    sink.add('sound.enough', [Uint8Array.from(this.matches, ({ isEnough }) => (isEnough ? 1 : 0))]);
    this.openings.save(sink, 'sound.openings');
    soundLanguages.forEach((language, index) => {
      const places = this.openingsOfRow[index] ?? new Map<number, number>();
      sink.add(`sound.${language}.rows`, [Int32Array.from(places.keys())]);
      sink.add(`sound.${language}.places`, [Int32Array.from(places.values())]);
    });
  }

  restore(source: MemorySource): void {
    this.names.restore(source, 'sound.names');
    const bytesOf = (name: string) => joined(source.take(`sound.${name}`));
    const integersOf = (name: string) => new Int32Array(bytesOf(name).buffer);
    this.indexed = bytesOf('indexed');
    this.compared = bytesOf('compared');
    this.overfull = new Uint16Array(bytesOf('overfull').buffer);
    const likeness = new Float64Array(bytesOf('likeness').buffer);
    const others = integersOf('other');
    const enough = bytesOf('enough');
    this.matches = Array.from(integersOf('latin'), (latin, index) => ({
      latin,
      other: others[index] ?? 0,
      likeness: likeness[index] ?? 0,
      isEnough: enough[index] === 1,
    }));
    this.openings.restore(source, 'sound.openings');
    soundLanguages.forEach((language, index) => {
      const places = integersOf(`${language}.places`);
      integersOf(`${language}.rows`).forEach((row, at) => {
        this.openingsOfRow[index]?.set(row, places[at] ?? 0);
      });
    });
  }
}
