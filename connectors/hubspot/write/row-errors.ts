// Why HubSpot did not take one row, as a person can read it: code, property, whether a later try may help, what to do.
// HubSpot's own texts quote the refused values, so none of them is passed on.
import type { RowError } from '#ports/crm.ts';
import type { HubspotProblem } from '../call/problem.ts';

interface Advice {
  readonly message: string;
  readonly next: string;
  readonly retry: RowError['retry'];
}

const wrongType: Advice = {
  message: "HubSpot does not take the value for the property's type",
  next: 'Compare the mapping of this field with the type of the property in HubSpot (`tierline check` lists them).',
  retry: 'never',
};
const missingRequired: Advice = {
  message: 'A rule of this portal asks for another property to be filled first',
  next: 'Fill the required property of the record in HubSpot or loosen the rule, then run `tierline runs retry`.',
  retry: 'never',
};
const taken: Advice = {
  message: 'Another record already has this value, and the property allows it once',
  next: 'Merge the two records in HubSpot or change the value on one of them.',
  retry: 'never',
};

const ADVICE: Readonly<Record<string, Advice>> = {
  INVALID_OPTION: {
    message: 'The property has no such option',
    next: 'Run `tierline setup` again, or add the option to the property in HubSpot.',
    retry: 'never',
  },
  PROPERTY_DOESNT_EXIST: {
    message: 'HubSpot has no property of this name',
    next: 'Run `tierline setup`, or correct the name in the mapping.',
    retry: 'never',
  },
  READ_ONLY_VALUE: {
    message: 'The property is read-only',
    next: 'Map the field to a property that can be written, or set its write rule to `never`.',
    retry: 'never',
  },
  INVALID_LONG: wrongType,
  INVALID_INTEGER: wrongType,
  INVALID_DOUBLE: wrongType,
  INVALID_NUMERIC: wrongType,
  INVALID_DATE: wrongType,
  INVALID_BOOLEAN: wrongType,
  INVALID_EMAIL: wrongType,
  MISSING_REQUIRED_PROPERTY: missingRequired,
  MISSING_CONDITIONAL_REQUIRED_PROPERTY: missingRequired,
  REQUIRED: missingRequired,
  REQUIRED_FIELD: missingRequired,
  VALUE_NOT_UNIQUE: taken,
  CONFLICT: taken,
  OBJECT_NOT_FOUND: {
    message: 'HubSpot has no such record any more',
    next: 'Nothing: the next full sync sees that it is gone.',
    retry: 'never',
  },
  MERGED_AWAY: {
    message: 'The record was merged into another one',
    next: 'Nothing: the next sync goes on with the surviving record.',
    retry: 'never',
  },
  RECORD_LOCKED: {
    message: 'Other writes kept the record locked',
    next: 'Run `tierline runs retry` when imports and workflows in HubSpot have finished.',
    retry: 'later',
  },
  NOT_APPLIED: {
    message: 'HubSpot answered for the batch but not for this row, and the record is unchanged or unseen',
    next: 'Run `tierline runs retry`.',
    retry: 'later',
  },
  OUTCOME_UNKNOWN: {
    message: 'The connection broke while the record was made, and it has no key by which to look for it',
    next: 'Look in HubSpot whether the record is there before you run `tierline runs retry`.',
    retry: 'never',
  },
};

const OTHER: Advice = {
  message: 'HubSpot refused the row',
  next: 'Look the code up in HubSpot’s error reference, correct the record, then run `tierline runs retry`.',
  retry: 'never',
};

/** Codes of our own for what HubSpot does not say by itself. */
export type OwnRowCode =
  | 'MERGED_AWAY'
  | 'RECORD_LOCKED'
  | 'NOT_APPLIED'
  | 'OUTCOME_UNKNOWN'
  | 'OBJECT_NOT_FOUND';

export function toRowError(problem: Pick<HubspotProblem, 'code' | 'category' | 'property'>): RowError {
  const advice = ADVICE[problem.code] ?? ADVICE[problem.category] ?? OTHER;
  const subject = problem.property === null ? '' : `${problem.property}: `;
  return {
    code: problem.code,
    message: `${subject}${advice.message}`,
    field: problem.property,
    retry: advice.retry,
    next: advice.next,
  };
}

export function ownRowError(code: OwnRowCode): RowError {
  return toRowError({ code, category: '', property: null });
}

/** Refusals that hold for every row which carries the property, whatever its value. */
export function isAboutProperty(problem: HubspotProblem): boolean {
  return problem.property !== null && ['PROPERTY_DOESNT_EXIST', 'READ_ONLY_VALUE'].includes(problem.code);
}
