// What reps say of the ratings, in the fields that a mapping may name for it.
import type { Rating } from '#domain/tier/evaluation.ts';
import { RATING_NAMES, type RatingName } from '#domain/tier/rate-account.ts';
import type { GatheredValues } from './gather-values.ts';

export const RATING_FIELDS = {
  ready: 'ready',
  willing: 'willing',
  able: 'able',
  success: 'successPotential',
} as const satisfies Record<RatingName, string>;

const RATINGS: readonly Rating[] = [0, 1, 2, 3];

/** A number that is no rating says nothing. */
export function readRatingEdits(values: GatheredValues): Readonly<Partial<Record<RatingName, Rating>>> {
  const edits: Partial<Record<RatingName, Rating>> = {};
  for (const name of RATING_NAMES) {
    const rating = RATINGS.find((known) => known === values.get(RATING_FIELDS[name])?.value);
    if (rating !== undefined) edits[name] = rating;
  }
  return edits;
}
