// Takes writes back when a call that is all or none fails. One call runs at a time, so one journal is enough.

export interface Journal {
  /** Remembers how to take a write back; outside a transaction it is forgotten at once. */
  note(undo: () => void): void;
  /** Runs the work; when it does not settle with `commit`, its writes are undone, newest first. Nests. */
  readonly transaction: <T>(work: () => { readonly commit: boolean; readonly value: T }) => T;
}

export const createJournal = (): Journal => {
  let undos: (() => void)[] | null = null;

  return {
    note(undo) {
      undos?.push(undo);
    },
    transaction(work) {
      const outer = undos;
      const own: (() => void)[] = [];
      undos = own;
      let committed = false;
      try {
        const { commit, value } = work();
        committed = commit;
        return value;
      } finally {
        undos = outer;
        if (committed) outer?.push(...own);
        else for (const undo of own.toReversed()) undo();
      }
    },
  };
};
