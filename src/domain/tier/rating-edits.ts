// Remembers since when a rep has been saying what of a rating: a word is kept for some time after it was first seen, and a new
// word begins anew. The CRMs do not tell when a field was filled.

import { type DayNumber, parseDay } from './day.ts';
import type { Rating } from './evaluation.ts';
import { RATING_NAMES, type RatingEdit, type RatingName } from './rate-account.ts';

export interface SeenRating {
  readonly rating: Rating;
  /** `YYYY-MM-DD` */
  readonly seenOn: string;
}

export type SeenRatings = Readonly<Partial<Record<RatingName, SeenRating>>>;

/** @param says what the fields hold now */
export function followRatingEdits(
  says: Readonly<Partial<Record<RatingName, Rating>>>,
  seen: SeenRatings,
  today: string,
): SeenRatings {
  const now: Partial<Record<RatingName, SeenRating>> = {};
  for (const name of RATING_NAMES) {
    const rating = says[name];
    if (rating === undefined) continue;
    const before = seen[name];
    now[name] = before?.rating === rating ? before : { rating, seenOn: today };
  }
  return now;
}

export function editsOf(
  seen: SeenRatings,
  day: DayNumber,
): Readonly<Partial<Record<RatingName, RatingEdit>>> {
  const edits: Partial<Record<RatingName, RatingEdit>> = {};
  for (const name of RATING_NAMES) {
    const edit = seen[name];
    if (edit !== undefined) edits[name] = { rating: edit.rating, ageDays: day - parseDay(edit.seenOn) };
  }
  return edits;
}
