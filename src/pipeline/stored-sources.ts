// The sources as they were last loaded: for commands that look at what is stored and read no file.
import type { LoadedSource } from './load-sources.ts';
import type { Session } from './session.ts';

/** A source that was never loaded is left out. */
export async function storedSources({ store, settings }: Session): Promise<readonly LoadedSource[]> {
  const loads = await Promise.all(settings.sources.map(({ id }) => store.sources.lastLoad(id)));
  return loads.flatMap((result) => (result === null ? [] : [{ result }]));
}
