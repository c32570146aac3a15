// The mapping language: which CRM field holds which canonical field, who may write it, and how values translate.
import { z } from 'zod';
import { FIELD_TYPES, type FieldType } from '#domain/record/objects.ts';

/**
 * `overwrite`: ours, a person's edit stands until our own value changes. `fill_blank`: only where the CRM has nothing and
 * nobody cleared it. `newer`: when our value was observed after the CRM's last change. `never`: read only.
 */
export const WRITE_RULES = ['overwrite', 'fill_blank', 'newer', 'never'] as const;
export type WriteRule = (typeof WRITE_RULES)[number];

/** The closed list of ways to turn a CRM value before it is typed; each is a tested function in read-value.ts. */
export const TRANSFORMS = [
  'first_of_list',
  'split_list',
  'domain_of',
  'lower_case',
  'account_of_task_key',
] as const;
export type Transform = (typeof TRANSFORMS)[number];

export const fieldMappingSchema = z.strictObject({
  crm: z
    .string()
    .min(1)
    .describe("The CRM's own name of the field; a path through a parent is written with dots."),
  read: z.boolean().optional().describe('Read the field. A field that is written is always read as well.'),
  write: z.enum(WRITE_RULES).optional().describe('Who may write the field, and when. Left out: never.'),
  values: z
    .record(z.string(), z.string())
    .optional()
    .describe("Canonical value → the CRM's value. A CRM value outside the list is read as it stands."),
  transform: z.enum(TRANSFORMS).optional().describe('Applied to the CRM value when it is read.'),
  type: z
    .enum(FIELD_TYPES)
    .optional()
    .describe('Needed for a canonical field of your own; refused for the known ones.'),
  nulls: z
    .enum(['keep', 'clear'])
    .optional()
    .describe('`keep` (default): an unknown value never empties the CRM field. `clear`: it does.'),
  optional: z
    .boolean()
    .optional()
    .describe('The CRM may lack the field or hide it: then it is left out, and `check` says so.'),
});

export const objectMappingSchema = z.strictObject({
  object: z.string().min(1).describe("The CRM's own name of the object."),
  optional: z
    .boolean()
    .optional()
    .describe('The CRM may lack the object: then nothing of it is read or written.'),
  fields: z.record(z.string(), fieldMappingSchema),
});

/** One canonical field of one object, ready to use. */
export interface FieldMapping {
  /** Canonical name. */
  readonly name: string;
  readonly crm: string;
  readonly type: FieldType;
  readonly write: WriteRule;
  readonly transform: Transform | null;
  /** Canonical → CRM and back; null when values pass as they are. */
  readonly values: {
    readonly toCrm: ReadonlyMap<string, string>;
    readonly fromCrm: ReadonlyMap<string, string>;
  } | null;
  readonly clearsOnNull: boolean;
  readonly optional: boolean;
}

export interface ObjectMapping {
  readonly file: string;
  readonly crmObject: string;
  readonly optional: boolean;
  readonly fields: ReadonlyMap<string, FieldMapping>;
}
