// The part of Salesforce's describe that we read, checked at the door.
import { z } from 'zod';

const Field = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().default(0),
  byteLength: z.number().default(0),
  createable: z.boolean(),
  updateable: z.boolean(),
  filterable: z.boolean().default(true),
  unique: z.boolean().default(false),
  restrictedPicklist: z.boolean().default(false),
  picklistValues: z
    .array(z.object({ active: z.boolean(), value: z.string() }))
    .nullish()
    .transform((values) => values ?? []),
  referenceTo: z
    .array(z.string())
    .nullish()
    .transform((names) => names ?? []),
  relationshipName: z.string().nullish(),
});

export const DescribeAnswer = z.object({
  name: z.string(),
  queryable: z.boolean().default(true),
  fields: z.array(Field),
  recordTypeInfos: z
    .array(z.object({ active: z.boolean().default(true), master: z.boolean() }))
    .nullish()
    .transform((infos) => infos ?? []),
});

export type DescribedField = z.infer<typeof Field>;

/** One object as the connected user sees it. */
export interface DescribedObject {
  readonly name: string;
  /** By name in lower case: Salesforce ignores the case of names, people's mappings do too. */
  readonly fields: ReadonlyMap<string, DescribedField>;
  /** Record types beside the master one: each has its own choice of picklist values. */
  readonly hasRecordTypes: boolean;
}

export const findField = (object: DescribedObject, name: string): DescribedField | undefined =>
  object.fields.get(name.toLowerCase());
