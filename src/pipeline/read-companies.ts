// Brings our copy of some companies up to date in every CRM that has them: what is written back is compared with what people see
// now, not with last night's copy.
import type { CrmObject } from '#domain/record/objects.ts';
import type { KeyedRecord, Store, TouchedRecord } from '#ports/store.ts';
import type { LiveObjects } from './connected-crm.ts';
import { toConnectionFailure } from './connection-failure.ts';
import type { ConnectionRun } from './connection-run.ts';
import { type PulledObject, pullRecords } from './pull-connection.ts';
import { readConnection } from './read-connection.ts';
import type { Session } from './session.ts';

/** Companies that records belong to, as far as our copy knows; deleted records count. */
export async function companiesOf(
  store: Store,
  records: readonly TouchedRecord[],
): Promise<ReadonlySet<string>> {
  const companies = new Set<string>();
  for (const place of idsByPlace(records))
    for await (const { companyKey } of store.records.stream({ ...place, withDeleted: true }))
      if (companyKey !== null) companies.add(companyKey);
  return companies;
}

/**
 * @param already connections that this run has read from, with what it read
 * @param wasRead whether a record was among that: it is not read twice
 */
export async function readCompanies(
  session: Session,
  run: string,
  keys: readonly string[],
  already: readonly ConnectionRun[],
  wasRead: (record: TouchedRecord) => boolean,
): Promise<readonly ConnectionRun[]> {
  const members = await recordsOf(session.store, keys);
  return Promise.all(
    session.connections.flatMap((connected) => {
      const ids = members.get(connected.id);
      const known = already.find((one) => one.connected.id === connected.id);
      const pull = (objects: LiveObjects) =>
        Promise.all(
          [...objects.values()].flatMap((live) => {
            const { id: connection } = connected;
            const { object } = live;
            const wanted = [...(ids?.get(object) ?? [])].filter((id) => !wasRead({ connection, object, id }));
            return wanted.length === 0 ? [] : [pullRecords(session, run, connected, live, wanted)];
          }),
        );
      if (known === undefined) return ids === undefined ? [] : [readConnection(session, connected, pull)];
      if (ids === undefined || known.failure !== null) return [Promise.resolve(known)];
      return [readMore(session, known, pull)];
    }),
  );
}

async function readMore(
  { signal }: Session,
  known: ConnectionRun,
  pull: (objects: LiveObjects) => Promise<readonly PulledObject[]>,
): Promise<ConnectionRun> {
  if (known.objects === null) return known;
  try {
    return { ...known, pulled: sumByObject([...known.pulled, ...(await pull(known.objects))]) };
  } catch (error) {
    signal.throwIfAborted();
    return { ...known, failure: toConnectionFailure(known.connected.id, error) };
  }
}

function sumByObject(pulled: readonly PulledObject[]): readonly PulledObject[] {
  const sums = new Map<CrmObject, PulledObject>();
  for (const one of pulled) {
    const sum = sums.get(one.object);
    sums.set(one.object, {
      ...one,
      records: one.records + (sum?.records ?? 0),
      refusedValues: one.refusedValues + (sum?.refusedValues ?? 0),
    });
  }
  return [...sums.values()];
}

/** Connection → object → ids of the companies' records. */
async function recordsOf(
  store: Store,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<CrmObject, ReadonlySet<string>>>> {
  const found = new Map<string, Map<CrmObject, Set<string>>>();
  const add = ({ connection, object, id, deleted }: KeyedRecord) => {
    if (deleted) return;
    const objects = found.get(connection) ?? new Map<CrmObject, Set<string>>();
    found.set(connection, objects);
    objects.set(object, (objects.get(object) ?? new Set()).add(id));
  };
  if (keys.length === 0) return found;
  for await (const dossier of store.dossiers.stream({ keys })) {
    const { accounts, contacts, opportunities, opportunityRoles, tasks, programs } = dossier;
    for (const records of [accounts, contacts, opportunities, opportunityRoles, tasks, programs])
      for (const record of records) add(record);
  }
  return found;
}

function idsByPlace(records: readonly TouchedRecord[]): readonly Place[] {
  const places = new Map<string, Place & { readonly ids: string[] }>();
  for (const { connection, object, id } of records) {
    const name = `${connection} ${object}`;
    const place = places.get(name) ?? { connection, object, ids: [] };
    places.set(name, place);
    place.ids.push(id);
  }
  return [...places.values()];
}

interface Place {
  readonly connection: string;
  readonly object: CrmObject;
  readonly ids: readonly string[];
}
