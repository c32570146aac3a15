// Union-find over accounts that knows what its clusters hold (numbers of exclusive registers, country, own domains) and
// so can say which merges contradict their members. The order of the proposals decides: callers propose the strongest first.

const none = -1;
const several = -2;

export class ClusterForest {
  private readonly parents: Int32Array;
  private readonly sizes: Int32Array;
  /** By root. Most clusters hold one value of each kind; the few with more have them in the maps. */
  private readonly countries: Int32Array;
  private readonly domains: Int32Array;
  private readonly registers: Int32Array;
  private readonly registerValues: Int32Array;
  private readonly moreDomains = new Map<number, Set<number>>();
  private readonly moreRegisters = new Map<number, Map<number, number>>();
  /** Root → members that it must not hold. */
  private readonly forbidden = new Map<number, Set<number>>();

  constructor(count: number) {
    this.parents = new Int32Array(count);
    for (let index = 0; index < count; index++) this.parents[index] = index;
    this.sizes = new Int32Array(count).fill(1);
    this.countries = new Int32Array(count).fill(none);
    this.domains = new Int32Array(count).fill(none);
    this.registers = new Int32Array(count).fill(none);
    this.registerValues = new Int32Array(count).fill(none);
  }

  find(member: number): number {
    let root = member;
    for (;;) {
      const parent = this.parents[root] ?? root;
      if (parent === root) break;
      root = parent;
    }
    for (let at = member; at !== root; ) {
      const parent = this.parents[at] ?? root;
      this.parents[at] = root;
      at = parent;
    }
    return root;
  }

  areTogether(a: number, b: number): boolean {
    return this.find(a) === this.find(b);
  }

  sizeOf(member: number): number {
    return this.sizes[this.find(member)] ?? 1;
  }

  /** Before any merge: the member's country and domain, -1 for unknown. */
  locate(member: number, country: number, domain: number): void {
    this.countries[member] = country;
    this.domains[member] = domain;
  }

  /** Before any merge: the member holds this value of an exclusive register. */
  holds(member: number, register: number, value: number): void {
    this.addRegister(member, register, value);
  }

  /** Before any merge: these two must never meet. */
  forbid(a: number, b: number): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const enemies = this.forbidden.get(one);
      if (enemies === undefined) this.forbidden.set(one, new Set([other]));
      else enemies.add(other);
    }
  }

  /** -1 unknown, -2 several. */
  countryOf(member: number): number {
    return this.countries[this.find(member)] ?? none;
  }

  hasDomain(member: number): boolean {
    return this.domains[this.find(member)] !== none;
  }

  /** Two known countries that differ; a cluster that already spans several clashes with none. */
  countriesClash(a: number, b: number): boolean {
    const mine = this.countryOf(a);
    const theirs = this.countryOf(b);
    return mine >= 0 && theirs >= 0 && mine !== theirs;
  }

  /** Both have own domains and share none. */
  domainsClash(a: number, b: number): boolean {
    const one = this.find(a);
    const other = this.find(b);
    const mine = this.domains[one] ?? none;
    const theirs = this.domains[other] ?? none;
    if (mine === none || theirs === none || mine === theirs) return false;
    const more = this.moreDomains.get(one);
    const others = this.moreDomains.get(other);
    if (more === undefined && others === undefined) return true;
    if (more?.has(theirs) === true || others?.has(mine) === true) return false;
    for (const domain of more ?? []) if (others?.has(domain) === true) return false;
    return true;
  }

  registersClash(a: number, b: number): boolean {
    const one = this.find(a);
    const other = this.find(b);
    if (one === other || this.registers[one] === none || this.registers[other] === none) return false;
    for (const [register, value] of this.registersOf(one)) {
      for (const [theirs, held] of this.registersOf(other))
        if (register === theirs && value !== held) return true;
    }
    return false;
  }

  isForbidden(a: number, b: number): boolean {
    const enemies = this.forbidden.get(this.find(a));
    if (enemies === undefined) return false;
    const other = this.find(b);
    for (const enemy of enemies) if (this.find(enemy) === other) return true;
    return false;
  }

  mayJoin(a: number, b: number): boolean {
    return this.areTogether(a, b) || (!this.registersClash(a, b) && !this.isForbidden(a, b));
  }

  /** True when the two stand in one cluster afterwards. `force` is for judgements. */
  join(a: number, b: number, force = false): boolean {
    const one = this.find(a);
    const other = this.find(b);
    if (one === other) return true;
    if (!force && !this.mayJoin(one, other)) return false;
    const [root, child] = (this.sizes[one] ?? 1) >= (this.sizes[other] ?? 1) ? [one, other] : [other, one];
    this.inherit(root, child);
    this.parents[child] = root;
    this.sizes[root] = (this.sizes[root] ?? 1) + (this.sizes[child] ?? 1);
    return true;
  }

  private inherit(root: number, child: number): void {
    const country = this.countries[child] ?? none;
    if (this.countries[root] === none) this.countries[root] = country;
    else if (country !== none && country !== this.countries[root]) this.countries[root] = several;

    const domain = this.domains[child] ?? none;
    if (domain !== none) this.addDomain(root, domain);
    for (const more of this.moreDomains.get(child) ?? []) this.addDomain(root, more);
    this.moreDomains.delete(child);

    for (const [register, value] of this.registersOf(child)) this.addRegister(root, register, value);
    this.moreRegisters.delete(child);

    const enemies = this.forbidden.get(child);
    if (enemies === undefined) return;
    const kept = this.forbidden.get(root);
    if (kept === undefined) this.forbidden.set(root, enemies);
    else for (const enemy of enemies) kept.add(enemy);
    this.forbidden.delete(child);
  }

  private addDomain(root: number, domain: number): void {
    if (this.domains[root] === none) this.domains[root] = domain;
    else if (this.domains[root] !== domain) {
      const more = this.moreDomains.get(root);
      if (more === undefined) this.moreDomains.set(root, new Set([domain]));
      else more.add(domain);
    }
  }

  private *registersOf(root: number): Generator<readonly [number, number]> {
    const register = this.registers[root] ?? none;
    if (register !== none) yield [register, this.registerValues[root] ?? none];
    const more = this.moreRegisters.get(root);
    if (more !== undefined) yield* more;
  }

  private addRegister(root: number, register: number, value: number): void {
    if (this.registers[root] === none) {
      this.registers[root] = register;
      this.registerValues[root] = value;
    } else if (this.registers[root] !== register) {
      const more = this.moreRegisters.get(root);
      if (more === undefined) this.moreRegisters.set(root, new Map([[register, value]]));
      else if (!more.has(register)) more.set(register, value);
    }
  }
}
