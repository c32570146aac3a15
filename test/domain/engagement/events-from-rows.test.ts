import { describe, expect, it } from 'vitest';
import { type EngagementRow, eventsFromEngagementRows } from '#domain/engagement/events-from-rows.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const asOf = Date.UTC(2026, 8, 1, 18);
const people = new Map([
  ['ana@lago.example', { person: '003A', role: 'decision_maker' as const }],
  ['ana.p@lago.example', { person: '003A', role: 'decision_maker' as const }],
]);
const row = (email: string | null, changes: Partial<EngagementRow> = {}): EngagementRow => ({
  source: 'web',
  method: 'first_party',
  type: 'page',
  occurredAtMs: Date.UTC(2026, 8, 1, 6),
  email,
  ...changes,
});
const find = (...rows: EngagementRow[]) =>
  eventsFromEngagementRows(
    rows,
    people,
    { asOfMs: asOf, country: 'ES', attestations: [] },
    shippedPolicy.intent,
  );

describe('events out of engagement rows', () => {
  it('are as old as real days', () => {
    expect(find(row(null)).events).toMatchObject([
      { type: 'page', ageDays: 0.5, person: null, role: 'unknown' },
    ]);
  });

  it('belong to the contact of the address, two addresses of one being one person', () => {
    const { events } = find(row('ana@lago.example'), row('ana.p@lago.example'));
    expect(events.map(({ person, role }) => [person, role])).toEqual([
      ['003A', 'decision_maker'],
      ['003A', 'decision_maker'],
    ]);
  });

  it('belong to one unknown person when no contact has the address', () => {
    expect(find(row('new@lago.example')).events).toMatchObject([
      { person: 'new@lago.example', role: 'unknown' },
    ]);
  });

  it('are newest first, without those after as-of and those refused', () => {
    const { events, ignored } = find(
      row(null, { occurredAtMs: Date.UTC(2026, 7, 1) }),
      row(null, { occurredAtMs: Date.UTC(2026, 7, 20), method: null }),
      row(null, { occurredAtMs: Date.UTC(2026, 8, 2) }),
      row(null, { method: 'bidstream' }),
    );
    expect(events.map(({ occurredAtMs }) => new Date(occurredAtMs).getUTCDate())).toEqual([20, 1]);
    expect(ignored).toEqual({ future: 1, refused: 1 });
  });
});
