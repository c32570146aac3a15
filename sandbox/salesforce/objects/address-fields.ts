// The eight parts of a postal address and the compound that reads them together.
// State and country picklists are off, as in an org that never turned them on: no code fields.

import type { Field } from './field.ts';
import { decimal, defineField, picklist, READ_ONLY, text } from './field-builders.ts';

/** `labelPrefix` ends with a space, or is empty. */
export const addressFields = (prefix: string, labelPrefix: string): Field[] => {
  const partOf = { compoundFieldName: `${prefix}Address` };
  return [
    defineField(`${prefix}Street`, `${labelPrefix}Street`, 'textarea', { length: 255, ...partOf }),
    text(`${prefix}City`, `${labelPrefix}City`, 40, partOf),
    text(`${prefix}State`, `${labelPrefix}State/Province`, 80, partOf),
    text(`${prefix}PostalCode`, `${labelPrefix}Zip/Postal Code`, 20, partOf),
    text(`${prefix}Country`, `${labelPrefix}Country`, 80, partOf),
    decimal(`${prefix}Latitude`, `${labelPrefix}Latitude`, 18, 15, partOf),
    decimal(`${prefix}Longitude`, `${labelPrefix}Longitude`, 18, 15, partOf),
    picklist(
      `${prefix}GeocodeAccuracy`,
      `${labelPrefix}Geocode Accuracy`,
      ['Address', 'NearAddress', 'Block', 'Street', 'Zip', 'City', 'State', 'Unknown'],
      { ...partOf, restrictedPicklist: true },
    ),
    defineField(`${prefix}Address`, `${labelPrefix}Address`, 'address', {
      ...READ_ONLY,
      filterable: true,
      sortable: false,
      groupable: false,
    }),
  ];
};

/** The part names in the order REST prints a compound address. */
export const ADDRESS_PARTS = [
  'City',
  'Country',
  'GeocodeAccuracy',
  'Latitude',
  'Longitude',
  'PostalCode',
  'State',
  'Street',
] as const;
