// Which schedules a workspace's settings ask for. Pure: what is stored, and when the next moment is, others know.
import type { RunRequest } from '#ports/queue.ts';
import type { JobPayload } from './catalogue.ts';

export interface ScheduleSettings {
  /** Five cron fields, read in `timezone`; null: not scheduled. */
  readonly sync: string | null;
  readonly full: string | null;
  /** How often CRMs that send no webhooks, and source files, are looked at for what changed. */
  readonly changes: string | null;
  readonly timezone: string;
  readonly connections: readonly ConnectionSchedule[];
}

export interface ConnectionSchedule {
  readonly id: string;
  /** Null: with the workspace's. */
  readonly sync: string | null;
  readonly full: string | null;
  /** Changes have to be asked for: the CRM sends us no webhooks. */
  readonly isPolled: boolean;
}

interface Moment {
  /** One schedule keeps its id when its cron changes: that is how a change is told from a new one. */
  readonly id: string;
  readonly cron: string;
  readonly timezone: string;
}

export type WantedSchedule =
  | (Moment & { readonly job: 'start-scheduled'; readonly payload: JobPayload<'start-scheduled'> })
  | (Moment & { readonly job: 'poll-changes'; readonly payload: JobPayload<'poll-changes'> });

export function wantedSchedules(settings: ScheduleSettings): readonly WantedSchedule[] {
  const wanted: WantedSchedule[] = [];
  const { timezone } = settings;
  for (const kind of ['sync', 'full'] as const) {
    const start = (id: string, cron: string, connections: readonly string[]) => {
      const request: RunRequest = {
        connections,
        accounts: [],
        full: kind === 'full',
        dryRun: false,
        asOf: null,
        approve: null,
      };
      wanted.push({ id, cron, timezone, job: 'start-scheduled', payload: { request } });
    };
    const shared = settings.connections.filter((connection) => connection[kind] === null);
    const cron = settings[kind];
    if (cron !== null && shared.length > 0) {
      const all = shared.length === settings.connections.length;
      start(kind, cron, all ? [] : shared.map(({ id }) => id));
    }
    for (const connection of settings.connections) {
      const own = connection[kind];
      if (own !== null) start(`${kind} of ${connection.id}`, own, [connection.id]);
    }
  }
  if (settings.changes !== null && settings.connections.length > 0) {
    const connections = settings.connections.filter(({ isPolled }) => isPolled).map(({ id }) => id);
    wanted.push({
      id: 'changes',
      cron: settings.changes,
      timezone,
      job: 'poll-changes',
      payload: { connections },
    });
  }
  return wanted;
}
