// Gives company keys to groups so that a key, once given, stays with its company: re-runs change nothing, a merge
// leaves a successor, a split leaves the key where the strongest anchors are. Keys carry no content; `mint` makes them.

export const anchors = ['identifier', 'domain', 'record', 'person'] as const;
/** How strongly a member ties its key to the group, the strongest first. */
export type Anchor = (typeof anchors)[number];

export interface KeyedGroup {
  /** The representative of the group. */
  readonly group: string;
  readonly members: readonly { readonly record: string; readonly anchor: Anchor }[];
}

export interface ExistingKey {
  readonly key: string;
  /** Any number that grows with time: the older key wins a tie. */
  readonly born: number;
  /** The key that took its place in a merge. */
  readonly successor: string | null;
}

export type KeyChange =
  | { readonly change: 'mint'; readonly key: string; readonly group: string }
  /** `key` resolves to `successor` for ever. */
  | { readonly change: 'merge'; readonly key: string; readonly successor: string }
  /** `key` is new and took members from `from`, which lives on. */
  | { readonly change: 'split'; readonly key: string; readonly from: string; readonly group: string }
  /** A record went from one living key to another, older than this run. */
  | { readonly change: 'move'; readonly record: string; readonly from: string; readonly to: string };

export interface StableKeys {
  readonly keyByGroup: ReadonlyMap<string, string>;
  readonly changes: readonly KeyChange[];
}

interface Claim {
  readonly group: string;
  readonly key: string;
  readonly born: number;
  /** Members that hold the key, by anchor. */
  readonly overlap: number[];
}

/** `memberships` is record → key as stored by the last run; a merged key counts as its successor. */
export function assignStableKeys(
  groups: readonly KeyedGroup[],
  memberships: ReadonlyMap<string, string>,
  existing: readonly ExistingKey[],
  mint: () => string,
): StableKeys {
  const known = new Map(existing.map((entry) => [entry.key, entry]));
  const claims = collectClaims(groups, (record) => resolveKey(memberships.get(record), known), known);
  const keyByGroup = new Map<string, string>();
  const groupByKey = new Map<string, string>();
  for (const { group, key } of claims) {
    if (keyByGroup.has(group) || groupByKey.has(key)) continue;
    keyByGroup.set(group, key);
    groupByKey.set(key, group);
  }
  const changes: KeyChange[] = [];
  const strongest = new Map<string, string>();
  for (const { group, key } of claims) if (!strongest.has(group)) strongest.set(group, key);
  for (const { group } of [...groups].toSorted((a, b) => compareTexts(a.group, b.group))) {
    if (keyByGroup.has(group)) continue;
    const key = mintUnused(mint, known, groupByKey);
    keyByGroup.set(group, key);
    groupByKey.set(key, group);
    const from = strongest.get(group);
    changes.push(from === undefined ? { change: 'mint', key, group } : { change: 'split', key, from, group });
  }
  const merged = new Set<string>();
  for (const { group, key } of claims) {
    const successor = keyByGroup.get(group);
    if (groupByKey.has(key) || merged.has(key) || successor === undefined) continue;
    merged.add(key);
    changes.push({ change: 'merge', key, successor });
  }
  for (const { group, members } of groups) {
    const to = keyByGroup.get(group);
    if (to === undefined || !known.has(to)) continue;
    for (const { record } of members) {
      const from = resolveKey(memberships.get(record), known);
      if (from !== null && from !== to && !merged.has(from))
        changes.push({ change: 'move', record, from, to });
    }
  }
  return { keyByGroup, changes };
}

/** The strongest claim first: more identified members, then domains, then records; the older key on a tie. */
function collectClaims(
  groups: readonly KeyedGroup[],
  keyOf: (record: string) => string | null,
  known: ReadonlyMap<string, ExistingKey>,
): readonly Claim[] {
  const claims: Claim[] = [];
  for (const { group, members } of groups) {
    const byKey = new Map<string, Claim>();
    for (const { record, anchor } of members) {
      const key = keyOf(record);
      if (key === null) continue;
      const claim = byKey.get(key) ?? {
        group,
        key,
        born: known.get(key)?.born ?? 0,
        overlap: anchors.map(() => 0),
      };
      const position = anchors.indexOf(anchor);
      claim.overlap[position] = (claim.overlap[position] ?? 0) + 1;
      byKey.set(key, claim);
    }
    claims.push(...byKey.values());
  }
  return claims.toSorted(compareClaims);
}

function compareClaims(a: Claim, b: Claim): number {
  for (let position = 0; position < anchors.length; position++) {
    const difference = (b.overlap[position] ?? 0) - (a.overlap[position] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.born - b.born || compareTexts(a.key, b.key) || compareTexts(a.group, b.group);
}

/** Follows successors to the key that lives; null for no key. */
export function resolveKey(
  key: string | null | undefined,
  known: ReadonlyMap<string, ExistingKey>,
): string | null {
  if (key === null || key === undefined) return null;
  let living = key;
  const seen = new Set<string>();
  for (;;) {
    const successor = known.get(living)?.successor ?? null;
    if (successor === null || seen.has(living)) return living;
    seen.add(living);
    living = successor;
  }
}

function mintUnused(
  mint: () => string,
  known: ReadonlyMap<string, ExistingKey>,
  given: ReadonlyMap<string, string>,
): string {
  for (let attempt = 0; attempt < 100; attempt++) {
    const key = mint();
    if (!known.has(key) && !given.has(key)) return key;
  }
  throw new RangeError('A hundred minted keys in a row were taken: mint has to be random.');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
