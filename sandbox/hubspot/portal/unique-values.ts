// Which record holds a value of a property whose values are unique in the portal.
// Contacts hold their additional e-mail addresses like the first one.

export interface UniqueValues {
  holderOf(property: string, value: string): string | null;
  claim(property: string, value: string, recordId: string): void;
  release(property: string, value: string, recordId: string): void;
}

export const createUniqueValues = (): UniqueValues => {
  const holders = new Map<string, Map<string, string>>();
  return {
    holderOf: (property, value) => holders.get(property)?.get(keyOf(value)) ?? null,
    claim(property, value, recordId) {
      const ofProperty = holders.get(property) ?? new Map<string, string>();
      holders.set(property, ofProperty);
      ofProperty.set(keyOf(value), recordId);
    },
    release(property, value, recordId) {
      const ofProperty = holders.get(property);
      if (ofProperty?.get(keyOf(value)) === recordId) ofProperty.delete(keyOf(value));
    },
  };
};

const keyOf = (value: string): string => value.trim().toLowerCase();
