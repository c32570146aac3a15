import { describe, expect, it } from 'vitest';
import { type ConnectionSchedule, wantedSchedules } from '#jobs/wanted-schedules.ts';

const connection = (id: string, more: Partial<ConnectionSchedule> = {}): ConnectionSchedule => ({
  id,
  sync: null,
  full: null,
  isPolled: false,
  ...more,
});
const settings = {
  sync: '0 2 * * *',
  full: '0 3 * * 0',
  changes: null,
  timezone: 'Asia/Tokyo',
  connections: [connection('sf'), connection('hs')],
};
const summary = (wanted: ReturnType<typeof wantedSchedules>) =>
  wanted.map(({ id, cron, payload }) => ({
    id,
    cron,
    connections: 'request' in payload ? payload.request.connections : payload.connections,
  }));

describe('wantedSchedules', () => {
  it('starts a sync and a full sync of all connections, in the zone of the workspace', () => {
    const wanted = wantedSchedules(settings);
    expect(summary(wanted)).toEqual([
      { id: 'sync', cron: '0 2 * * *', connections: [] },
      { id: 'full', cron: '0 3 * * 0', connections: [] },
    ]);
    expect(wanted.map(({ timezone }) => timezone)).toEqual(['Asia/Tokyo', 'Asia/Tokyo']);
  });

  it("takes a connection with a schedule of its own out of the workspace's", () => {
    const own = {
      ...settings,
      full: null,
      connections: [connection('sf', { sync: '30 * * * *' }), connection('hs')],
    };
    expect(summary(wantedSchedules(own))).toEqual([
      { id: 'sync', cron: '0 2 * * *', connections: ['hs'] },
      { id: 'sync of sf', cron: '30 * * * *', connections: ['sf'] },
    ]);
  });

  it('asks only the connections that send no webhooks what changed', () => {
    const polled = { ...settings, sync: null, full: null, changes: '* * * * *' };
    const connections = [connection('sf', { isPolled: true }), connection('hs')];
    expect(summary(wantedSchedules({ ...polled, connections }))).toEqual([
      { id: 'changes', cron: '* * * * *', connections: ['sf'] },
    ]);
  });

  it('schedules nothing for a workspace without connections', () => {
    expect(wantedSchedules({ ...settings, changes: '* * * * *', connections: [] })).toEqual([]);
  });
});
