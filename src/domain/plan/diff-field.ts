// Decides whether one field is written: the live value, the wanted one, what we wrote last and whose field it is.
import type { CanonicalValue } from '#domain/record/objects.ts';
import { isSameValue } from './same-value.ts';

export interface FieldSituation {
  readonly rule: 'overwrite' | 'fill_blank' | 'newer' | 'never';
  /** What the CRM holds. */
  readonly live: CanonicalValue;
  readonly wanted: CanonicalValue;
  /** Undefined when we never wrote the field of this record. */
  readonly lastWritten: CanonicalValue | undefined;
  /** An unknown value empties the field. */
  readonly clearsOnNull: boolean;
  /** For `newer`: when our value was observed and when the record last changed in the CRM; ISO, null unknown. */
  readonly observedAt?: string | null;
  readonly recordModifiedAt?: string | null;
}

/** A person's edit stands: what we did not write is never undone, unless our own value has moved since. */
export function shouldWrite(field: FieldSituation): boolean {
  const { rule, live, wanted, lastWritten } = field;
  if (rule === 'never' || isSameValue(live, wanted)) return false;
  if (wanted === null && !field.clearsOnNull) return false;
  switch (rule) {
    case 'fill_blank':
      // Blank though we filled it: a person cleared it.
      return live === null && lastWritten === undefined;
    case 'overwrite':
      return !wasEdited(live, lastWritten) || !isSameValue(wanted, lastWritten ?? null);
    case 'newer':
      if (live === null) return lastWritten === undefined;
      return isLater(field.observedAt ?? null, field.recordModifiedAt ?? null);
  }
}

/** True when the CRM no longer holds what we wrote there. */
export function wasEdited(live: CanonicalValue, lastWritten: CanonicalValue | undefined): boolean {
  return lastWritten !== undefined && !isSameValue(live, lastWritten);
}

function isLater(a: string | null, b: string | null): boolean {
  return a !== null && (b === null || Date.parse(a) > Date.parse(b));
}
