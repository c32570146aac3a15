// What an admin added to the org: validation rules and duplicate rules that look at a row before it is stored.
import { type DmlError, dmlError } from '../dml/dml-error.ts';
import type { Row } from './row.ts';

export interface ValidationRule {
  readonly object: string;
  /** True when the row is wrong, as in Setup. */
  readonly errorWhen: (row: Row, previous: Row | null) => boolean;
  readonly message: string;
  readonly field?: string;
}

export interface DuplicateRule {
  readonly object: string;
  /** The field whose equal values make two rows duplicates. */
  readonly field: string;
  /** `alert` lets a row pass that comes with Sforce-Duplicate-Rule-Header: allowSave=true. */
  readonly action: 'block' | 'alert';
}

export interface Rules {
  addValidationRule(rule: ValidationRule): void;
  addDuplicateRule(rule: DuplicateRule): void;
  validate(object: string, row: Row, previous: Row | null): DmlError[];
  duplicateRulesOf(object: string): readonly DuplicateRule[];
}

const sameObject = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

export const createRules = (): Rules => {
  const validationRules: ValidationRule[] = [];
  const duplicateRules: DuplicateRule[] = [];
  return {
    addValidationRule(rule) {
      validationRules.push(rule);
    },
    addDuplicateRule(rule) {
      duplicateRules.push(rule);
    },
    validate: (object, row, previous) =>
      validationRules
        .filter((rule) => sameObject(rule.object, object) && rule.errorWhen(row, previous))
        .map((rule) =>
          dmlError(
            'FIELD_CUSTOM_VALIDATION_EXCEPTION',
            rule.message,
            rule.field === undefined ? [] : [rule.field],
          ),
        ),
    duplicateRulesOf: (object) => duplicateRules.filter((rule) => sameObject(rule.object, object)),
  };
};
