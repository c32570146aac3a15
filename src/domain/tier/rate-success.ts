// Success potential 0-3, the fourth of Ready, Willing, Able, Success: it is fit, read coarsely.
import type { Rating } from './evaluation.ts';
import type { RatingPolicy } from './policy.ts';

export function rateSuccess(fit: number, policy: RatingPolicy): Rating {
  const [one, two, three] = policy.successFrom;
  if (fit >= three) return 3;
  if (fit >= two) return 2;
  return fit >= one ? 1 : 0;
}
