// Lays one parsed document over another: maps key by key, everything else as a whole. Judges neither.

export function overlay(base: unknown, over: unknown): unknown {
  // An empty file parses as null: it changes nothing.
  if (over === null || over === undefined) return base;
  return overlayValue(base, over);
}

function overlayValue(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = overlayValue(base[key], value);
  return merged;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
