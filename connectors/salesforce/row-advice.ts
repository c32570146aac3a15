// What each of Salesforce's row error codes means to the person who reads the run: may it pass, what to do next.
// Texts are ours: the CRM's own may hold names, addresses or the refused value.
import type { RowError } from '#ports/crm.ts';

interface RowAdvice {
  readonly message: string;
  readonly retry: RowError['retry'];
  readonly next: string;
  /** The CRM's own text is written by the org's admin or names no data, and helps more than ours. */
  readonly quote?: true;
}

const GRANT = 'Run setup again, or grant edit on the field in the permission set Tierline_Integration.';
const SHARING =
  'Give the connected user edit on this record: role above the owner, a sharing rule, or Modify All on the object.';

const ROW_ADVICE = {
  UNABLE_TO_LOCK_ROW: {
    message: 'The record stayed locked by another process.',
    retry: 'later',
    next: 'Run again; if it recurs, look for jobs that edit the same accounts at the same hour.',
  },
  ENTITY_IS_DELETED: {
    message: 'The record has been deleted.',
    retry: 'never',
    next: 'Nothing: the next pull drops it.',
  },
  INVALID_CROSS_REFERENCE_KEY: {
    message: 'The record, or one that it points to, does not exist or is hidden from the connected user.',
    retry: 'never',
    next: 'Run a full sync; if it recurs, check what the connected user may see.',
  },
  NOT_FOUND: {
    message: 'The record does not exist or is hidden from the connected user.',
    retry: 'never',
    next: 'Run a full sync; if it recurs, check what the connected user may see.',
  },
  MALFORMED_ID: {
    message: 'An id is of another object or no id at all.',
    retry: 'never',
    next: 'Check that the mapped field holds ids of this object.',
  },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
    message: 'The picklist does not offer the value, or not for the record type of this record.',
    retry: 'never',
    next: 'Run setup again, add the value to the record type, or map it to one that exists.',
    quote: true,
  },
  STRING_TOO_LONG: {
    message: 'The value is longer than the field.',
    retry: 'never',
    next: 'Lengthen the field in Salesforce or map a longer one.',
  },
  NUMBER_OUTSIDE_VALID_RANGE: {
    message: 'The number does not fit the field.',
    retry: 'never',
    next: 'Give the field more digits or map another one.',
  },
  INVALID_TYPE_ON_FIELD_IN_RECORD: {
    message: 'The field takes another type of value.',
    retry: 'never',
    next: 'Map a field of a fitting type.',
  },
  JSON_PARSER_ERROR: {
    message: 'The field takes another type of value.',
    retry: 'never',
    next: 'Map a field of a fitting type.',
  },
  REQUIRED_FIELD_MISSING: {
    message: 'A field that the org requires is empty.',
    retry: 'never',
    next: 'Fill the field on the record, give it a default, or map it.',
  },
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    message: 'A validation rule of the org refuses the change.',
    retry: 'never',
    next: 'Fix the record, or except the connected user from the rule.',
    quote: true,
  },
  FIELD_INTEGRITY_EXCEPTION: {
    message: 'The value does not fit the other values of the record.',
    retry: 'never',
    next: 'Correct the record in Salesforce, then run again.',
  },
  FIELD_FILTER_VALIDATION_EXCEPTION: {
    message: 'A lookup filter of the org refuses the value.',
    retry: 'never',
    next: 'Relax the lookup filter or except the connected user from it.',
  },
  DUPLICATES_DETECTED: {
    message: 'A duplicate rule of the org blocks the change.',
    retry: 'never',
    next: 'Merge the duplicates, or let the rule alert instead of block for the connected user.',
  },
  DUPLICATE_VALUE: {
    message: 'Another record holds this value in a unique field.',
    retry: 'never',
    next: 'Find the other record by the field named here, and free or merge it.',
  },
  INVALID_FIELD: {
    message: 'The field does not exist or is hidden from the connected user.',
    retry: 'never',
    next: GRANT,
  },
  INVALID_FIELD_FOR_INSERT_UPDATE: {
    message: 'The connected user may not write the field.',
    retry: 'never',
    next: GRANT,
  },
  INACTIVE_OWNER_OR_USER: {
    message: 'The owner is an inactive user.',
    retry: 'never',
    next: 'Give the account an active owner.',
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    message: 'The connected user may not edit the record.',
    retry: 'never',
    next: SHARING,
  },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
    message: 'The connected user may not use a record that this one points to.',
    retry: 'never',
    next: SHARING,
  },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    message: 'An automation of the org failed on the record or may not be run by the connected user.',
    retry: 'never',
    next: 'Look up the trigger or flow in the debug log of the connected user.',
  },
  CANNOT_EXECUTE_FLOW_TRIGGER: {
    message: 'A flow of the org failed on the record.',
    retry: 'never',
    next: "Open the flow's error e-mail or Setup, Paused and Failed Flow Interviews.",
  },
  TRANSFER_REQUIRES_READ: {
    message: 'The owner may not read records of this object.',
    retry: 'never',
    next: 'Give the owner read on the object or choose another owner.',
  },
  ALL_OR_NONE_OPERATION_ROLLED_BACK: {
    message: 'The row was rolled back because of another one.',
    retry: 'later',
    next: 'Run again.',
  },
  CANNOT_UPDATE_CONVERTED_LEAD: {
    message: 'The lead has been converted.',
    retry: 'never',
    next: 'Nothing: the account and the contact that it became carry on.',
  },
  UNPROCESSED: {
    message: 'Salesforce ended the bulk job before it came to this row.',
    retry: 'later',
    next: 'Run again; if it recurs, look at the job in Setup, Bulk Data Load Jobs.',
  },
  OUTCOME_UNKNOWN: {
    message: 'The connection broke each time this row was sent, and the record does not hold the value.',
    retry: 'later',
    next: 'Run again.',
  },
} as const satisfies Record<string, RowAdvice>;

const ADVICE: ReadonlyMap<string, RowAdvice> = new Map(Object.entries(ROW_ADVICE));

const UNKNOWN_CODE: RowAdvice = {
  message: 'Salesforce refuses the row.',
  retry: 'never',
  next: 'Look the code up in the Salesforce API reference, or ask the org’s admin.',
};

export const adviceFor = (code: string): RowAdvice => ADVICE.get(code) ?? UNKNOWN_CODE;

/** Codes that may pass within seconds: these rows are sent again in the same run. */
export const isLockCode = (code: string): boolean => code === 'UNABLE_TO_LOCK_ROW';

/** Codes after which the record may live on under another id. */
export const mayHaveMoved = (code: string): boolean =>
  code === 'ENTITY_IS_DELETED' || code === 'INVALID_CROSS_REFERENCE_KEY' || code === 'NOT_FOUND';
