// Turns the text of programs.yaml into programs, or says what is wrong with it.
import { z } from 'zod';
import { PROGRAM_APPROVALS, PROGRAM_CYCLES, PROGRAM_MENUS, type Program } from '#domain/program/program.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import type { MappingFiles } from '#mapping/files/mapping-files.ts';

const programSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u, 'an id is snake_case, up to 40 characters'),
  name: z.string().min(1).max(120),
  tier: z.enum(PROGRAM_MENUS),
  channel: z.string().min(1),
  by: z.string().min(1),
  cost: z.number().nonnegative(),
  approval: z.enum(PROGRAM_APPROVALS),
  autoUpTo: z.number().nonnegative().nullable().default(null),
  legalFor: z.array(z.string()).default([]),
  dueDays: z.int().nonnegative(),
  dueWorkingHours: z.number().positive().nullable().default(null),
  cycle: z.enum(PROGRAM_CYCLES).default('quarter'),
  consent: z.enum(['mail', 'gift']).nullable().default(null),
  retired: z.boolean().default(false),
});

export const programsSchema = z
  .strictObject({ programs: z.array(programSchema) })
  .superRefine(({ programs }, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of programs.entries()) {
      if (seen.has(id)) {
        context.addIssue({
          code: 'custom',
          path: ['programs', index, 'id'],
          message: 'this id is used twice; ids are never reused',
          input: id,
        });
      }
      seen.add(id);
    }
  });

export function loadPrograms(files: MappingFiles): readonly Program[] {
  const file = files('programs.yaml');
  if (file === null) return [];
  return parseDocument(programsSchema, parseYamlText(file.text, file.shownPath), file.shownPath).programs;
}
