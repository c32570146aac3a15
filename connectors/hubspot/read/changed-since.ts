// Which stretches of time an incremental pull has to look at, as filters of one search where they fit.
// Skips our own echoes; a stretch that does not fit the vendor's filter limits is read rather than skipped, never the reverse.
import type { OwnWrites } from '#ports/crm.ts';
import { SEARCH_FILTER_GROUPS, SEARCH_FILTERS } from '../options.ts';
import type { SearchFilter, SearchFilterGroups } from './search-page.ts';

/** From and to in epoch milliseconds, both inclusive; null is open. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number | null;
}

export interface ChangedSinceRequest {
  readonly since: string;
  readonly skip: readonly OwnWrites[];
  readonly reread: readonly OwnWrites[];
  readonly modifiedProperty: string;
  /** Narrows every stretch. */
  readonly alsoRequired: readonly SearchFilter[];
}

/** Filter groups, one list a search. One search unless more stretches are owed a read than fit it. */
export function findChangedSince(request: ChangedSinceRequest): readonly SearchFilterGroups[] {
  const { modifiedProperty, alsoRequired } = request;
  const groupsASearch = fittingGroups(alsoRequired.length);
  const stretches = [
    ...stretchesBetween(Date.parse(request.since), request.skip, groupsASearch),
    ...request.reread.map(toStretch),
  ];
  const groups = stretches.map((stretch) => ({
    filters: [...toFilters(stretch, modifiedProperty), ...alsoRequired],
  }));
  const searches: SearchFilterGroups[] = [];
  for (let start = 0; start < groups.length; start += groupsASearch)
    searches.push(groups.slice(start, start + groupsASearch));
  return searches;
}

/** A stretch takes two filters at most, and going on from an id a third. */
const fittingGroups = (alsoRequired: number): number =>
  Math.min(SEARCH_FILTER_GROUPS, Math.floor(SEARCH_FILTERS / (3 + alsoRequired)));

const stretchesBetween = (
  sinceMs: number,
  skip: readonly OwnWrites[],
  atMost: number,
): readonly Stretch[] => {
  // n windows leave n + 1 stretches. Those with the fewest rows are the cheapest to read again.
  const windows = skip
    .filter((window) => Date.parse(window.to) >= sinceMs)
    .toSorted((a, b) => b.rows - a.rows)
    .slice(0, atMost - 1)
    .map(toStretch)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const stretches: Stretch[] = [];
  let fromMs = sinceMs;
  for (const window of windows) {
    if (window.fromMs > fromMs) stretches.push({ fromMs, toMs: window.fromMs - 1 });
    fromMs = Math.max(fromMs, window.toMs + 1);
  }
  return [...stretches, { fromMs, toMs: null }];
};

const toStretch = (window: OwnWrites): { readonly fromMs: number; readonly toMs: number } => ({
  fromMs: Date.parse(window.from),
  toMs: Date.parse(window.to),
});

const toFilters = ({ fromMs, toMs }: Stretch, propertyName: string): readonly SearchFilter[] => [
  { propertyName, operator: 'GTE', value: String(fromMs) },
  ...(toMs === null ? [] : [{ propertyName, operator: 'LTE', value: String(toMs) } as const]),
];
