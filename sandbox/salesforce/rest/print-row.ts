// Prints one row with chosen fields, as the row and retrieve resources do.
import { type Field, isCompound, readField } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Row } from '../org/row.ts';
import { attributesOf, type JsonRecord, readAddress } from '../soql/project-rows.ts';

export const printRow = (
  object: ObjectDefinition,
  row: Row,
  fields: readonly Field[],
  basePath: string,
): JsonRecord => {
  const record: JsonRecord = { attributes: attributesOf(basePath, object.name, row) };
  for (const field of fields) {
    record[field.name] = isCompound(field)
      ? readAddress(row, field.name.slice(0, -'Address'.length))
      : readField(field, row);
  }
  return record;
};
