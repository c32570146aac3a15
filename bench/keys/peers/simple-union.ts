// Union-find over string ids, for the peers: the first of two joined ids stands for both.

export class SimpleUnion {
  private readonly parents = new Map<string, string>();

  find(id: string): string {
    let root = id;
    for (;;) {
      const parent = this.parents.get(root);
      if (parent === undefined) break;
      root = parent;
    }
    if (root !== id) this.parents.set(id, root);
    return root;
  }

  join(a: string, b: string): void {
    const one = this.find(a);
    const other = this.find(b);
    if (one !== other) this.parents.set(other, one);
  }

  /** Joins every id with the first one of the same key. */
  joinByKey(pairs: Iterable<readonly [key: string, id: string]>): void {
    const firsts = new Map<string, string>();
    for (const [key, id] of pairs) {
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, id);
      else this.join(first, id);
    }
  }
}
