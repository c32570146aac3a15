// The `associations` of a list or read: per type asked for, the ids of associated live records with type names.
import { unknownObjectType } from '#sandbox/hubspot/answers/failures.ts';
import { findObjectType, type ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { HubRecord } from '#sandbox/hubspot/portal/record.ts';
import { findAssociationType } from './association-types.ts';
import { livePairs } from './live-pairs.ts';

/** Pairs shown inside a record; the rest is paged through the record's own associations route. */
const SHOWN = 100;

export const renderAssociations = (
  portal: PortalState,
  type: ObjectType,
  record: HubRecord,
  asked: readonly string[],
): Record<string, unknown> => {
  if (asked.length === 0) return {};
  const shown: [string, unknown][] = [];
  for (const alias of asked) {
    const to = findObjectType(alias);
    if (to === null) throw unknownObjectType(alias);
    const pairs = livePairs(portal, type.name, record.id, to.name);
    if (pairs.length === 0) continue;
    const next = pairs[SHOWN];
    shown.push([
      to.name,
      {
        results: pairs
          .slice(0, SHOWN)
          .flatMap(({ id, typeIds }) =>
            [...typeIds].map((typeId) => ({ id, type: findAssociationType(typeId)?.name ?? String(typeId) })),
          ),
        ...(next === undefined
          ? {}
          : {
              paging: {
                next: {
                  after: next.id,
                  link: `https://api.hubapi.com/crm/v3/objects/${type.name}/${record.id}/associations/${to.name}?after=${next.id}`,
                },
              },
            }),
      },
    ]);
  }
  return shown.length === 0 ? {} : { associations: Object.fromEntries(shown) };
};
