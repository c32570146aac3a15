// Sets of evidence names as small integers: most of a million records share a few dozen sets.

export class EvidenceSets {
  private readonly sets: (readonly string[])[] = [[]];
  private readonly bySpelling = new Map<string, number>([['', 0]]);
  private readonly steps = new Map<string, number>();

  /** The set with one more name; set 0 is empty. */
  with(set: number, name: string): number {
    const step = `${set} ${name}`;
    const known = this.steps.get(step);
    if (known !== undefined) return known;
    const names = this.sets[set] ?? [];
    const larger = names.includes(name) ? names : [...names, name].toSorted();
    const spelling = larger.join(' ');
    const number = this.bySpelling.get(spelling) ?? this.sets.push(larger) - 1;
    this.bySpelling.set(spelling, number);
    this.steps.set(step, number);
    return number;
  }

  namesOf(set: number): readonly string[] {
    return this.sets[set] ?? [];
  }
}
