// One associated record as the v4 and dated association answers show it.
import type { ApiVersion } from '#sandbox/hubspot/answers/api-version.ts';
import type { AssociatedRecord } from './association-graph.ts';
import { findAssociationType } from './association-types.ts';

/** v4 answers ids as numbers, the dated specification as text: callers have to bear both. */
export const renderPair = (
  version: ApiVersion,
  { id, typeIds }: AssociatedRecord,
): Record<string, unknown> => ({
  toObjectId: version === 'v4' ? Number(id) : id,
  associationTypes: [...typeIds].map((typeId) => ({
    category: 'HUBSPOT_DEFINED',
    typeId,
    label: findAssociationType(typeId)?.label ?? null,
  })),
});

/** Up to `limit` pairs from the one whose id is `after`, or from the first. */
export const pageOfPairs = (
  pairs: readonly AssociatedRecord[],
  after: string | null,
  limit: number,
): { readonly page: readonly AssociatedRecord[]; readonly next: string | null } => {
  const from = after === null ? pairs : pairs.filter(({ id }) => Number(id) >= Number(after));
  return { page: from.slice(0, limit), next: from[limit]?.id ?? null };
};
