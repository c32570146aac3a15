// The advisory locks we take, in one place so that no two mean different things by one number.

/** Ours among all programs of a shared database: any number would do. */
const family = 1_953_391_981;

/** Shared by every process that uses an embedded server; taken in its database `postgres`. */
export const serverInUse = `${family}, 1`;
/** Held by the one run at a time. */
export const runInProgress = `${family}, 2`;
/** Shared by writers of records, taken alone by what moves records about: neither has to guess the other's order of rows. */
export const recordsMoving = `${family}, 3`;
/** Turns of renewals of one connection's tokens; `$1` is the connection. */
export const tokenRenewal = `${family + 2}, hashtext($1)`;
/** Turns of loads of one source; `$1` is the source. In a space of its own, for the second number may be any. */
export const sourceLoading = `${family + 1}, hashtext($1)`;
