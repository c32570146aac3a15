// Stops before anything is sent when the org lacks a field or does not let us write it: that is setup, not a bad row.
import { ConfigError } from '#errors/errors.ts';
import type { CrmChange } from '#ports/crm.ts';
import { missingFields, missingObject } from '../errors.ts';
import { findField } from '../schema/describe-answer.ts';
import type { SchemaReader } from '../schema/schema-reader.ts';

export interface WritableQuestion {
  readonly connection: string;
  readonly crmObject: string;
  readonly verb: 'create' | 'update';
}

export type AssertWritable = (changes: readonly CrmChange[]) => Promise<void>;

/** Looks every field name up once. */
export const createWritableCheck = (
  schema: SchemaReader,
  { connection, crmObject, verb }: WritableQuestion,
): AssertWritable => {
  const known = new Set<string>();
  return async (changes) => {
    const unknown = new Set(
      changes.flatMap(({ fields }) => Object.keys(fields)).filter((name) => !known.has(name)),
    );
    if (unknown.size === 0) return;
    const object = await schema.describe(crmObject);
    if (object === null) throw missingObject(connection, crmObject);
    const missing = [...unknown].filter((name) => findField(object, name) === undefined);
    if (missing.length > 0) throw missingFields(connection, crmObject, missing);
    const readOnly = [...unknown].filter((name) => {
      const field = findField(object, name);
      return verb === 'create' ? field?.createable !== true : field?.updateable !== true;
    });
    if (readOnly.length > 0)
      throw new ConfigError(
        `${connection}: the connected user may not ${verb} ${crmObject} with ${readOnly.join(', ')}`,
        {
          next: 'Run setup, or grant edit on it by a permission set assigned to the connected user (Setup > Permission Sets > Object Settings > Field Permissions).',
        },
      );
    for (const name of unknown) known.add(name);
  };
};
