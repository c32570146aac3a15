// Which record is associated with which, in both directions, with the types of each pair.
// It does not know the rules of primary companies, nor which records are archived.
import type { ObjectTypeName } from '#sandbox/hubspot/portal/object-types.ts';
import type { AssociationType } from './association-types.ts';

export interface AssociatedRecord {
  readonly id: string;
  readonly typeIds: ReadonlySet<number>;
  readonly sinceMs: number;
}

export interface AssociationGraph {
  /** In the order in which the pairs were first made. */
  targets(from: ObjectTypeName, fromId: string, to: ObjectTypeName): readonly AssociatedRecord[];
  /** Adds one type to a pair, with its inverse. False when it was there. */
  link(type: AssociationType, fromId: string, toId: string, atMs: number): boolean;
  /** Takes one type off a pair, with its inverse; a pair without types is gone. */
  unlink(type: AssociationType, fromId: string, toId: string): boolean;
}

interface Pair {
  readonly id: string;
  readonly typeIds: Set<number>;
  readonly sinceMs: number;
}

export const createAssociationGraph = (): AssociationGraph => {
  // `from>to` → from id → to id → pair
  const directions = new Map<string, Map<string, Map<string, Pair>>>();

  const pairsOf = (from: ObjectTypeName, to: ObjectTypeName, fromId: string): Map<string, Pair> | undefined =>
    directions.get(`${from}>${to}`)?.get(fromId);

  const add = (
    from: ObjectTypeName,
    to: ObjectTypeName,
    fromId: string,
    toId: string,
    typeId: number,
    atMs: number,
  ): boolean => {
    const direction = getOrAdd(directions, `${from}>${to}`, () => new Map<string, Map<string, Pair>>());
    const pairs = getOrAdd(direction, fromId, () => new Map<string, Pair>());
    const { typeIds } = getOrAdd(pairs, toId, () => ({
      id: toId,
      typeIds: new Set<number>(),
      sinceMs: atMs,
    }));
    if (typeIds.has(typeId)) return false;
    typeIds.add(typeId);
    return true;
  };

  const remove = (
    from: ObjectTypeName,
    to: ObjectTypeName,
    fromId: string,
    toId: string,
    typeId: number,
  ): boolean => {
    const pairs = pairsOf(from, to, fromId);
    const typeIds = pairs?.get(toId)?.typeIds;
    if (pairs === undefined || typeIds === undefined || !typeIds.delete(typeId)) return false;
    if (typeIds.size === 0) pairs.delete(toId);
    return true;
  };

  return {
    targets: (from, fromId, to) => [...(pairsOf(from, to, fromId)?.values() ?? [])],
    link({ from, to, typeId, inverseTypeId }, fromId, toId, atMs) {
      add(to, from, toId, fromId, inverseTypeId, atMs);
      return add(from, to, fromId, toId, typeId, atMs);
    },
    unlink({ from, to, typeId, inverseTypeId }, fromId, toId) {
      remove(to, from, toId, fromId, inverseTypeId);
      return remove(from, to, fromId, toId, typeId);
    },
  };
};

const getOrAdd = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};
