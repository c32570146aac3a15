// Turns the text of one mapping file into an ObjectMapping, or says what is wrong with it. Reads no files.
import { CANONICAL_FIELDS, type CrmObject, canonicalTypeOf } from '#domain/record/objects.ts';
import { MappingError } from '#errors/errors.ts';
import { nearestName } from '#mapping/document/nearest-name.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import { type FieldMapping, type ObjectMapping, objectMappingSchema } from './object-mapping.ts';

type FieldDocument = (typeof objectMappingSchema)['_output']['fields'][string];

export function loadObjectMapping(object: CrmObject, text: string, file: string): ObjectMapping {
  const document = parseDocument(objectMappingSchema, parseYamlText(text, file), file);
  const fields = new Map<string, FieldMapping>();
  const canonicalByCrm = new Map<string, FieldMapping>();
  for (const [name, field] of Object.entries(document.fields)) {
    const mapping = toFieldMapping(object, name, field, file);
    const twin = canonicalByCrm.get(mapping.crm);
    if (twin !== undefined && !mayShareField(mapping, twin)) {
      throw new MappingError(
        `${file}: fields.${name} and fields.${twin.name} both map ${mapping.crm}, and one writes it`,
        {
          next: 'Give each written field a CRM field of its own.',
        },
      );
    }
    canonicalByCrm.set(mapping.crm, mapping);
    fields.set(name, mapping);
  }
  return { file, crmObject: document.object, optional: document.optional ?? false, fields };
}

/** Any number may read a field. Beside the one that writes it, only what is derived from it by a transform. */
function mayShareField(a: FieldMapping, b: FieldMapping): boolean {
  return [a, b].every((field) => field.write === 'never') || [a, b].some(isDerived);
}

function isDerived(field: FieldMapping): boolean {
  return field.write === 'never' && field.transform !== null;
}

function toFieldMapping(object: CrmObject, name: string, field: FieldDocument, file: string): FieldMapping {
  const known = canonicalTypeOf(object, name);
  if (known === undefined && field.type === undefined) throw unknownField(object, name, file);
  if (known !== undefined && field.type !== undefined && field.type !== known) {
    throw new MappingError(
      `${file}: fields.${name}.type: read "${field.type}", but ${name} is always ${known}`,
      {
        next: `Leave type out, or give your own field another name than "${name}".`,
      },
    );
  }
  if (field.read !== true && (field.write === undefined || field.write === 'never')) {
    throw new MappingError(`${file}: fields.${name} is neither read nor written`, {
      next: 'Add `read: true`, or a write rule (overwrite, fill_blank, newer).',
    });
  }
  return {
    name,
    crm: field.crm,
    type: known ?? field.type ?? 'text',
    write: field.write ?? 'never',
    transform: field.transform ?? null,
    values: field.values === undefined ? null : invertValues(field.values, name, file),
    clearsOnNull: field.nulls === 'clear',
    optional: field.optional ?? false,
  };
}

function unknownField(object: CrmObject, name: string, file: string): MappingError {
  const known = Object.keys(CANONICAL_FIELDS[object]);
  const nearest = nearestName(name, known);
  const hint = nearest === null ? '' : `; did you mean "${nearest}"?`;
  return new MappingError(`${file}: fields.${name}: no canonical field of ${object} has this name${hint}`, {
    next: `Use one of ${known.join(', ')}, or add \`type:\` to make it a field of your own.`,
  });
}

function invertValues(values: Readonly<Record<string, string>>, name: string, file: string) {
  const toCrm = new Map(Object.entries(values));
  const fromCrm = new Map<string, string>();
  for (const [canonical, crm] of toCrm) {
    const twin = fromCrm.get(crm);
    if (twin !== undefined) {
      throw new MappingError(
        `${file}: fields.${name}.values: "${twin}" and "${canonical}" are both "${crm}" in the CRM`,
        {
          next: 'Give every canonical value a CRM value of its own, so that it can be read back.',
        },
      );
    }
    fromCrm.set(crm, canonical);
  }
  return { toCrm, fromCrm };
}
