// Refuses single rows on demand, so that callers can be shown how they cope with a bad row among good ones.
import { ApiFailure } from '#sandbox/hubspot/answers/api-failure.ts';
import type { ObjectTypeName } from './object-types.ts';

export interface RowRefusal {
  readonly type: ObjectTypeName;
  /** The record to refuse; any record of the type when left out. */
  readonly id?: string;
  /** Refuse only writes that name this property. */
  readonly property?: string;
  /** How many writes are refused; 1 when left out, `Infinity` for all. */
  readonly times?: number;
  readonly category?: string;
  readonly message?: string;
}

export interface RowRefusals {
  add(refusal: RowRefusal): void;
  clear(): void;
  /** Throws when a refusal holds for this write. */
  check(type: ObjectTypeName, id: string | null, properties: Readonly<Record<string, unknown>>): void;
}

export const createRowRefusals = (): RowRefusals => {
  let active: { readonly refusal: RowRefusal; left: number }[] = [];
  return {
    add(refusal) {
      active.push({ refusal, left: refusal.times ?? 1 });
    },
    clear() {
      active = [];
    },
    check(type, id, properties) {
      const found = active.find(
        ({ refusal, left }) =>
          left > 0 &&
          refusal.type === type &&
          (refusal.id === undefined || refusal.id === id) &&
          (refusal.property === undefined || Object.hasOwn(properties, refusal.property)),
      );
      if (found === undefined) return;
      found.left -= 1;
      throw new ApiFailure({
        status: 400,
        category: found.refusal.category ?? 'VALIDATION_ERROR',
        message: found.refusal.message ?? 'This record was refused by a rule of the sandbox.',
      });
    },
  };
};
