// Compares a mapping with what the CRM shows of its schema: what is missing, hidden or not writable. Writes nothing.
import { CRM_OBJECTS, type CrmObject } from '#domain/record/objects.ts';
import { ConfigError } from '#errors/errors.ts';
import type { FieldMapping, ObjectMapping } from '#mapping/fields/object-mapping.ts';
import type { CrmObjectSchema } from '#ports/crm.ts';
import type { ConnectedCrm, LiveObject, LiveObjects } from './connected-crm.ts';

export const FINDING_KINDS = [
  'missing_object',
  'missing_field',
  'not_writable',
  'missing_option',
  'left_out',
] as const;

export interface SchemaFinding {
  readonly kind: (typeof FINDING_KINDS)[number];
  readonly object: CrmObject;
  readonly crmObject: string;
  readonly field: string | null;
  readonly message: string;
  /** A sync cannot go on before it is mended. */
  readonly blocks: boolean;
}

export interface SchemaComparison {
  readonly objects: LiveObjects;
  readonly findings: readonly SchemaFinding[];
}

export async function compareSchema(connected: ConnectedCrm): Promise<SchemaComparison> {
  const objects = new Map<CrmObject, LiveObject>();
  const findings: SchemaFinding[] = [];
  for (const object of CRM_OBJECTS) {
    const mapping = connected.mapping.get(object);
    if (mapping === undefined) continue;
    const schema = await connected.crm.describe(mapping.crmObject);
    if (schema === null) {
      findings.push(missingObject(object, mapping));
      continue;
    }
    const compared = compareObject(object, mapping, schema);
    findings.push(...compared.findings);
    objects.set(object, { object, mapping: { ...mapping, fields: compared.fields }, schema });
  }
  return { objects, findings };
}

/** The live objects, or one error that lists everything that keeps a sync from running. */
export function requireUsable(connected: ConnectedCrm, comparison: SchemaComparison): LiveObjects {
  const blocking = comparison.findings.filter((finding) => finding.blocks);
  if (blocking.length === 0) return comparison.objects;
  const lines = blocking.map((finding) => `  ${finding.message}`);
  throw new ConfigError([`Connection ${connected.id} does not fit its mapping:`, ...lines].join('\n'), {
    next: `Run \`tierline setup --connection ${connected.id}\` to make our own fields and grants, or correct the mapping; \`tierline check\` shows the whole list.`,
  });
}

function missingObject(object: CrmObject, mapping: ObjectMapping): SchemaFinding {
  return {
    kind: 'missing_object',
    object,
    crmObject: mapping.crmObject,
    field: null,
    message: `${mapping.crmObject} does not exist or is hidden from us (${mapping.file})`,
    blocks: !mapping.optional,
  };
}

function compareObject(object: CrmObject, mapping: ObjectMapping, schema: CrmObjectSchema) {
  const findings: SchemaFinding[] = [];
  const fields = new Map<string, FieldMapping>();
  const add = (kind: SchemaFinding['kind'], field: FieldMapping, message: string, blocks: boolean) =>
    findings.push({ kind, object, crmObject: mapping.crmObject, field: field.crm, message, blocks });

  for (const field of mapping.fields.values()) {
    const place = `${mapping.crmObject}.${field.crm}`;
    // A path through a parent or an association is not among the object's own fields; the CRM answers for it when asked.
    const isPath = field.crm.includes('.');
    const found = schema.fields.get(field.crm);
    if (found === undefined && !isPath) {
      const what = `${place} does not exist or is hidden from us (${mapping.file}: fields.${field.name})`;
      if (field.optional) add('left_out', field, `${what}; it is optional and left out`, false);
      else add('missing_field', field, what, true);
      continue;
    }
    fields.set(field.name, field);
    if (found === undefined || field.write === 'never') continue;
    if (!found.updateable && !found.createable) {
      add(
        'not_writable',
        field,
        `${place} may be read but not written by us (${mapping.file}: fields.${field.name})`,
        true,
      );
    }
    for (const option of field.values?.toCrm.values() ?? []) {
      if (found.restricted && found.options.length > 0 && !found.options.includes(option)) {
        add('missing_option', field, `${place} lacks the value "${option}"`, true);
      }
    }
  }
  return { findings, fields };
}
