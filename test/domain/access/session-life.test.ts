import { describe, expect, it } from 'vitest';
import { ABSOLUTE_MS, IDLE_MS, isSessionAlive } from '#domain/access/session-life.ts';

const BEGUN = Date.parse('2026-11-22T08:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();

describe('a session', () => {
  it('lives until it was unused for its idle time', () => {
    const times = { createdAt: iso(BEGUN), seenAt: iso(BEGUN + 1000) };
    expect(isSessionAlive(times, new Date(BEGUN + 1000 + IDLE_MS - 1))).toBe(true);
    expect(isSessionAlive(times, new Date(BEGUN + 1000 + IDLE_MS))).toBe(false);
  });

  it('ends after its whole time, however much it is used', () => {
    const end = BEGUN + ABSOLUTE_MS;
    const times = { createdAt: iso(BEGUN), seenAt: iso(end - 1) };
    expect(isSessionAlive(times, new Date(end - 1))).toBe(true);
    expect(isSessionAlive(times, new Date(end))).toBe(false);
  });
});
