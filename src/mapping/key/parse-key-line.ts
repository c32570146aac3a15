// Reads one line of `keys match` (contract, section 6): a record for the matcher, or why the line is none.
import { z } from 'zod';
import type { CompanyRecord } from '#domain/key/company-record.ts';

const text = z.string().nullish();
const idText = z.union([z.string().min(1), z.number().transform(String)]);

const lineSchema = z.object({
  id: idText,
  name: text,
  aliases: z.array(z.string().nullable()).nullish(),
  domain: text,
  website: text,
  email: text,
  company_name: text,
  country: text,
  ids: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).nullish(),
});

export type ParsedKeyLine = { readonly record: CompanyRecord } | { readonly error: string };

export function parseKeyLine(line: string): ParsedKeyLine {
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch {
    return { error: 'not valid JSON' };
  }
  const result = lineSchema.safeParse(content);
  if (!result.success) {
    const issue = result.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    return { error: path === '' ? 'not a JSON object' : `${path}: ${issue?.message ?? 'not valid'}` };
  }
  return { record: toRecord(result.data) };
}

function toRecord(line: z.output<typeof lineSchema>): CompanyRecord {
  const name = presence(line.name);
  const email = presence(line.email);
  const ids: Record<string, string> = {};
  for (const [scheme, value] of Object.entries(line.ids ?? {}))
    if (value !== null) ids[scheme] = String(value);
  return {
    id: line.id,
    // A record with an e-mail and no name is a person; `company_name` is what they typed.
    kind: email !== null && name === null ? 'person' : 'account',
    name,
    aliases: (line.aliases ?? []).filter((alias): alias is string => presence(alias) !== null),
    domain: presence(line.domain),
    website: presence(line.website),
    email,
    companyName: presence(line.company_name),
    country: presence(line.country),
    ids,
  };
}

function presence(value: string | null | undefined): string | null {
  return value === null || value === undefined || value.trim() === '' ? null : value;
}
