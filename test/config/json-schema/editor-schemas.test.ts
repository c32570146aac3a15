import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEditorSchemas } from '#config/json-schema/editor-schemas.ts';
import { parseYamlText } from '#mapping/document/parse-document.ts';

const MAPPINGS = path.resolve(import.meta.dirname, '../../../mappings');
const schemas = createEditorSchemas();

/** As an editor would check: by the JSON Schema alone. */
function accepts(schemaFile: string, document: unknown): boolean {
  const schema = schemas.get(schemaFile);
  if (schema === undefined) throw new Error(`there is no ${schemaFile}`);
  return z.fromJSONSchema(schema).safeParse(document).success;
}

const read = (file: string): string => readFileSync(path.join(MAPPINGS, file), 'utf8');
const shippedFiles = readdirSync(MAPPINGS, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.yaml') && !file.startsWith('keys'),
);

describe('the JSON Schemas for editors (docs/SPEC.md, invariant C9)', () => {
  it.each([...schemas])('has %s on disk as it would be written', (name, schema) => {
    expect(JSON.parse(read(`schemas/${name}`))).toEqual(schema);
  });

  it('finds the shipped files', () => {
    expect(shippedFiles.length).toBeGreaterThanOrEqual(14);
  });

  it.each(shippedFiles)('is named in the first line of mappings/%s, which it accepts', (file) => {
    const text = read(file);
    const named = /^# yaml-language-server: \$schema=(\S+)\n/u.exec(text)?.[1] ?? 'none';
    const schemaFile = path.resolve(MAPPINGS, path.dirname(file), named);
    expect(existsSync(schemaFile)).toBe(true);
    expect(accepts(path.basename(schemaFile), parseYamlText(text, file))).toBe(true);
  });

  it.each(['${SF_URL}', '${SF_URL:-https://acme.my.salesforce.com}', 'https://acme.my.salesforce.com'])(
    'accepts %s where an address is wanted',
    (loginUrl) => {
      expect(accepts('workspace.schema.json', workspaceWith(loginUrl))).toBe(true);
    },
  );

  it('refuses text that is neither an address nor a variable', () => {
    expect(accepts('workspace.schema.json', workspaceWith('my salesforce'))).toBe(false);
  });

  it('lets a policy file leave out what it does not change, but no key of a row', () => {
    expect(accepts('policy.schema.json', { intent: { enter: 65 } })).toBe(true);
    expect(accepts('policy.schema.json', { table: [{ fit: ['strong'], tier: 'Tier 1' }] })).toBe(false);
  });

  it('refuses a key that nothing reads', () => {
    expect(accepts('policy.schema.json', { intent: { entr: 65 } })).toBe(false);
    expect(accepts('account.schema.json', { object: 'Account', fields: {}, extra: true })).toBe(false);
  });

  it('asks for the type of a field of one’s own, and only there', () => {
    expect(accepts('account.schema.json', mappingOf('industry'))).toBe(true);
    expect(accepts('account.schema.json', mappingOf('shipmentVolume'))).toBe(false);
  });
});

function workspaceWith(loginUrl: string): unknown {
  const auth = { flow: 'client-credentials', loginUrl, clientId: 'id', clientSecret: 'secret' };
  return { name: 'acme', connections: [{ id: 'sf', crm: 'salesforce', auth }] };
}

function mappingOf(field: string): unknown {
  return { object: 'Account', fields: { [field]: { crm: 'X', read: true } } };
}
