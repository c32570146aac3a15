// Gives out record ids: growing, with gaps, and soon one digit longer, so that code which sorts them as text,
// counts on neighbours or takes one type's id for another's fails here and not in a customer's portal.
import type { ObjectTypeName } from './object-types.ts';

export interface RecordIds {
  next(type: ObjectTypeName): number;
}

const FIRST_IDS: Readonly<Record<ObjectTypeName, number>> = {
  companies: 9_999_999_800,
  contacts: 99_999_999_700,
  deals: 999_999_950,
  tasks: 99_999_990,
  notes: 9_999_990,
};

export const createRecordIds = (): RecordIds => {
  const last = new Map<ObjectTypeName, number>();
  let given = 0;
  return {
    next(type) {
      given += 1;
      const id = (last.get(type) ?? FIRST_IDS[type]) + 1 + ((given * 7) % 5);
      last.set(type, id);
      return id;
    },
  };
};
