// The people who can own records. An owner's id and the same person's user id are different numbers.

export interface Owner {
  readonly id: string;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** A deactivated user: still named by old records, no longer to be given new ones. */
  readonly archived: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface OwnerList {
  find(id: string): Owner | null;
  list(archived: boolean): readonly Owner[];
  put(owner: Owner): void;
}

export const createOwnerList = (): OwnerList => {
  const byId = new Map<string, Owner>();
  return {
    find: (id) => byId.get(id) ?? null,
    list: (archived) => [...byId.values()].filter((owner) => owner.archived === archived),
    put(owner) {
      byId.set(owner.id, owner);
    },
  };
};
