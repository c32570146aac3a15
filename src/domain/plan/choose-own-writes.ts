// Decides what to do with our own echoes: a pull would read back every record that the last run wrote. Knows no CRM.
//
// A stretch of our own writes may hide a person's edit made in the same seconds, so it is never simply forgotten: it is
// read as usual when that costs no extra call, else skipped now and read once after `SETTLE_AFTER_MS`, when search
// indexes have caught up as well.

export const SETTLE_AFTER_MS = 60 * 60 * 1000;

export interface OwnWriteStretch {
  readonly id: number;
  /** ISO 8601 UTC, by the CRM's clock. */
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** An earlier pull left it out and moved past it. */
  readonly skipped: boolean;
}

export interface OwnWriteChoice<Stretch extends OwnWriteStretch> {
  /** Left out of this pull; they stay owed. */
  readonly skip: readonly Stretch[];
  /** Skipped earlier and due: read them besides the pull. */
  readonly reread: readonly Stretch[];
  /** The pull reads these as a matter of course. */
  readonly read: readonly Stretch[];
}

export function chooseOwnWrites<Stretch extends OwnWriteStretch>(
  pending: readonly Stretch[],
  rowsPerRead: number,
  now: Date,
): OwnWriteChoice<Stretch> {
  const isDue = (stretch: Stretch) => now.getTime() - Date.parse(stretch.to) >= SETTLE_AFTER_MS;
  const fresh = pending.filter((stretch) => !stretch.skipped);
  const rows = fresh.reduce((sum, stretch) => sum + stretch.rows, 0);
  const fitsOneCall = rows <= rowsPerRead;
  return {
    skip: fitsOneCall ? [] : fresh.filter((stretch) => !isDue(stretch)),
    reread: pending.filter((stretch) => stretch.skipped && isDue(stretch)),
    read: fitsOneCall ? fresh : fresh.filter(isDue),
  };
}
