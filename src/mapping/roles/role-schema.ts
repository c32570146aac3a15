// The shape of buying-roles.yaml. Strict: a misspelt key is an error, not a list that is silently never read.
import { z } from 'zod';
import { BUYING_ROLES, TITLE_ROLES } from '#domain/role/buying-role.ts';
import { FUNCTIONS, LEVELS, SCRIPTS, WORD_KINDS } from '#domain/role/role-catalogue.ts';

const wordsSchema = z
  .string()
  .describe('Words separated by commas; see the head of the file for the notation.');

const ruleSchema = z
  .strictObject({
    any: z.array(z.enum(FUNCTIONS)).min(1).optional(),
    level: z.array(z.enum(LEVELS)).min(1).optional(),
    role: z.enum(TITLE_ROLES),
  })
  .refine(
    (rule) => rule.any !== undefined || rule.level !== undefined,
    'a rule needs `any`, `level` or both',
  );

/** `chief`, and `unsure.chief` for words that have other meanings too. */
const WORD_LIST_NAMES = WORD_KINDS.flatMap((kind) => [kind, `unsure.${kind}`] as const);

const languageSchema = z.strictObject({
  script: z.enum(SCRIPTS),
  telling: z.string().optional(),
  words: z.partialRecord(z.enum(WORD_LIST_NAMES), wordsSchema),
});

const share = z.number().min(0).max(1);

export const roleFileSchema = z.strictObject({
  version: z.string().min(1),
  titles: z.record(z.string(), z.enum(TITLE_ROLES)),
  rules: z.array(ruleSchema).min(1),
  confidence: z.strictObject({ clear: share, partial: share, unsure: share, none: share }),
  crmRoles: z.record(z.string(), z.record(z.string(), z.enum(BUYING_ROLES).nullable())),
  languages: z.record(z.string(), languageSchema),
});
export type RoleFile = z.output<typeof roleFileSchema>;
