// Turns HubSpot's events into records to look at. What an event claims a value to be is not believed: the record is read.
import { z } from 'zod';
import type { CrmObject } from '#domain/record/objects.ts';
import type { TouchedRecord } from '#ports/store.ts';
import type { WebhookReading } from '#ports/webhook.ts';

/** HubSpot sends at most 100 events a call. */
const MOST_EVENTS = 1_000;

const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/u)]).transform(String);

const event = z.object({
  /** `company.propertyChange`, or `object.propertyChange` with objectTypeId. */
  subscriptionType: z.string(),
  objectTypeId: z.string().optional(),
  portalId: id,
  appId: id.optional(),
  objectId: id.optional(),
  changeSource: z.string().nullish(),
  sourceId: z.string().nullish(),
  // Of merges.
  primaryObjectId: id.optional(),
  mergedObjectIds: z.array(id).optional(),
  newObjectId: id.optional(),
  // Of associations.
  associationType: z.string().optional(),
  fromObjectId: id.optional(),
  toObjectId: id.optional(),
});
type HubspotEvent = z.output<typeof event>;

const OBJECTS: Readonly<Record<string, CrmObject>> = {
  company: 'account',
  contact: 'contact',
  deal: 'opportunity',
  '0-1': 'contact',
  '0-2': 'account',
  '0-3': 'opportunity',
};

/** Null: the body is no list of events. */
export function parseEvents(body: Buffer): readonly (HubspotEvent | null)[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  if (!Array.isArray(parsed) || parsed.length > MOST_EVENTS) return null;
  return parsed.map((item) => event.safeParse(item).data ?? null);
}

/** @param connectionOf the connection that a portal is, null when it is none of ours */
export function readEvents(
  events: readonly (HubspotEvent | null)[],
  connectionOf: (portal: string) => string | null,
): WebhookReading {
  const touched = new Map<string, TouchedRecord>();
  const forgotten = new Map<string, TouchedRecord>();
  let echoes = 0;
  let ignored = 0;
  for (const item of events) {
    if (item === null) ignored += 1;
    else if (isEcho(item)) echoes += 1;
    else {
      const records = recordsOf(item, connectionOf(item.portalId));
      if (records.length === 0) ignored += 1;
      for (const record of records) {
        touched.set(nameOf(record), record);
        if (item.subscriptionType.endsWith('.privacyDeletion')) forgotten.set(nameOf(record), record);
      }
    }
  }
  return {
    touched: [...touched.values()],
    forgotten: [...forgotten.values()],
    counts: { events: events.length, echoes, ignored },
  };
}

/** A value that our own app wrote comes back as an event, too. A merge or an association of ours is never made. */
function isEcho({ subscriptionType, changeSource, sourceId, appId }: HubspotEvent): boolean {
  const isWrite = subscriptionType.endsWith('.propertyChange') || subscriptionType.endsWith('.creation');
  return isWrite && changeSource === 'INTEGRATION' && appId !== undefined && sourceId === appId;
}

function recordsOf(item: HubspotEvent, connection: string | null): readonly TouchedRecord[] {
  const [name = ''] = item.subscriptionType.split('.');
  const object = Object.hasOwn(OBJECTS, name) ? OBJECTS[name] : typeById(item.objectTypeId);
  if (connection === null || object === undefined) return [];
  const ids = [
    item.objectId,
    item.primaryObjectId,
    item.newObjectId,
    // `company.associationChange` starts at the company; the other end is of another type, and is reported by its own event.
    item.fromObjectId,
    ...(item.mergedObjectIds ?? []),
  ];
  return [...new Set(ids)]
    .filter((each) => each !== undefined)
    .map((each) => ({ connection, object, id: each }));
}

function typeById(objectTypeId: string | undefined): CrmObject | undefined {
  return objectTypeId !== undefined && Object.hasOwn(OBJECTS, objectTypeId)
    ? OBJECTS[objectTypeId]
    : undefined;
}

function nameOf({ connection, object, id: recordId }: TouchedRecord): string {
  return `${connection} ${object} ${recordId}`;
}
