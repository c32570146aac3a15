// Takes a person out of the JSON that runs leave behind: results and reports. What is about the company stays as it was.
import type { Json } from '#ports/store.ts';

export interface PersonInDocuments {
  /** In lower case. */
  readonly addresses: readonly string[];
  readonly records: readonly {
    readonly connection: string;
    readonly object: string;
    readonly id: string;
  }[];
}

/** Items of these lists name a contact by connection and id; other lists name accounts and deals the same way. */
const LISTS_OF_CONTACTS: ReadonlySet<string> = new Set(['roles', 'champions']);

/** A result's state or evaluation: events, roles and championships of the person go. */
export function cleanResult(document: Json, person: PersonInDocuments): Json {
  return walk(document, person, (list, item) => {
    const { connection, id, person: address } = item;
    if (typeof address === 'string' && person.addresses.includes(address.toLowerCase())) return null;
    const isOne = person.records.some(
      (record) => record.object === 'contact' && record.connection === connection && record.id === id,
    );
    return LISTS_OF_CONTACTS.has(list) && isOne ? null : item;
  });
}

/** A run's report: its failures stay, for its counts to add up, and no longer say whose they are. */
export function cleanReport(document: Json, person: PersonInDocuments): Json {
  return walk(document, person, (list, item) => {
    const { connection, object, id, message } = item;
    const isOne = person.records.some(
      (record) => record.object === object && record.connection === connection && record.id === id,
    );
    if (list !== 'failures' || !isOne || typeof id !== 'string') return item;
    return {
      ...item,
      id: null,
      message: typeof message === 'string' ? message.replaceAll(id, FORGOTTEN) : (message ?? null),
    };
  });
}

const FORGOTTEN = '(forgotten)';

type JsonObject = { readonly [name: string]: Json };
/** Null: the item goes. */
type Judge = (list: string, item: JsonObject) => JsonObject | null;

function walk(value: Json, person: PersonInDocuments, judge: Judge, list = ''): Json {
  if (typeof value === 'string') return withoutAddresses(value, person.addresses);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value))
    return value.flatMap((item) => {
      const judged = isObject(item) ? judge(list, item) : item;
      return judged === null && item !== null ? [] : [walk(judged, person, judge, list)];
    });
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, walk(member, person, judge, name)]),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Whole addresses: `ana@acme.example` is not in `diana@acme.example`, nor in `ana@acme.example.jp`. */
function withoutAddresses(text: string, addresses: readonly string[]): string {
  if (!text.includes('@')) return text;
  let rest = text;
  for (const address of addresses) {
    const whole = `(?<![\\p{L}\\p{N}._%+-])${RegExp.escape(address)}(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`;
    rest = rest.replaceAll(new RegExp(whole, 'giu'), FORGOTTEN);
  }
  return rest;
}
