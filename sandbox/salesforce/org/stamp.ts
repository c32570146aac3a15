// How Salesforce writes points in time: UTC, whole seconds, `+0000` in JSON and `Z` in CSV.

/** Datetime fields keep no milliseconds; many rows of one bulk write therefore share a stamp. */
export const toStamp = (at: Date): string => `${at.toISOString().slice(0, 19)}.000+0000`;

export const stampToDate = (stamp: string): Date => new Date(stamp.replace('+0000', 'Z'));

export const stampToCsv = (stamp: string): string => stamp.replace('+0000', 'Z');

export const toDay = (at: Date): string => at.toISOString().slice(0, 10);

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/i;

/** A calendar day that exists, else null. */
export const parseDay = (text: string): string | null => {
  const match = DATE.exec(text);
  if (match === null) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || toDay(at) !== text ? null : text;
};

/** ISO 8601 with a zone; a datetime without one is refused, as by the vendor. */
export const parseStamp = (text: string): string | null => {
  const match = DATE_TIME.exec(text);
  if (match === null) return null;
  const zone = match[7] ?? 'Z';
  const withColon = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const at = new Date(text.slice(0, text.length - zone.length) + withColon.toUpperCase());
  return Number.isNaN(at.getTime()) ? null : toStamp(at);
};
