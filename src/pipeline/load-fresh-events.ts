// The sources that say what somebody just did: loaded between the nightly runs as well, when their file has changed. All others
// wait for the night.
import { isOutdated, type LoadedSource, loadSource } from './load-sources.ts';
import type { Session, SessionSource } from './session.ts';

const DAY_MS = 86_400_000;

export interface FreshEvents {
  /** All sources of the workspace that were ever loaded: what scoring works with. */
  readonly sources: readonly LoadedSource[];
  /** Those loaded now, and from when on their rows may be news. */
  readonly loaded: readonly { readonly id: string; readonly since: string }[];
}

/** Reads every byte of their files. */
export async function outdatedEventSources(session: Session): Promise<readonly SessionSource[]> {
  const outdated: SessionSource[] = [];
  for (const source of session.settings.sources.filter(isEventSource))
    if (await isOutdated(session, source)) outdated.push(source);
  return outdated;
}

export function isEventSource({ kind }: SessionSource): boolean {
  return kind === 'engagement' || kind === 'intent-signals';
}

export async function loadFreshEvents(session: Session): Promise<FreshEvents> {
  const { store, settings, clock } = session;
  const loaded: { readonly id: string; readonly since: string }[] = [];
  for (const source of await outdatedEventSources(session)) {
    const last = await store.sources.lastLoad(source.id);
    await loadSource({ ...session, keyRules: session.rules.keys }, source);
    // A row may carry a day without a time: that sorts before every moment of its day.
    const from = last === null ? clock.now().toISOString() : last.loadedAt;
    loaded.push({ id: source.id, since: new Date(Date.parse(from) - DAY_MS).toISOString() });
  }
  const loads = await Promise.all(settings.sources.map(({ id }) => store.sources.lastLoad(id)));
  return { sources: loads.flatMap((result) => (result === null ? [] : [{ result }])), loaded };
}
