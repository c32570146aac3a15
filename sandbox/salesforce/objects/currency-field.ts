// The field an org gets on every object once it holds more than one currency.

import type { Field } from './field.ts';
import { picklist, toPicklist } from './field-builders.ts';

/** The first currency is the corporate one. */
export const currencyField = (currencies: readonly string[]): Field => {
  const corporate = currencies[0] ?? 'USD';
  return picklist('CurrencyIsoCode', 'Currency ISO Code', currencies, {
    length: 3,
    restrictedPicklist: true,
    nillable: false,
    defaultedOnCreate: true,
    defaultValue: corporate,
    permissionable: false,
    picklistValues: toPicklist(currencies, corporate),
  });
};
