// The order of HubSpot's record ids: whole numbers of different lengths, too long for a JavaScript number to be trusted.

/** Negative when `a` comes first. Ids have no leading zeros, so the longer one is the larger. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function isLowerId(a: string, b: string): boolean {
  return compareIds(a, b) < 0;
}
