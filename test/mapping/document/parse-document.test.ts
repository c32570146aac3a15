// What is said of a document that is wrong (invariants C1, C2 and W20).
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MappingError } from '#errors/errors.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';

const schema = z.strictObject({
  name: z.string(),
  weights: z.record(z.string(), z.number()).optional(),
  items: z.array(z.strictObject({ id: z.string(), size: z.number() })).optional(),
  auth: z
    .discriminatedUnion('flow', [
      z.strictObject({ flow: z.literal('token'), token: z.string().min(20, 'it is too short') }),
      z.strictObject({ flow: z.literal('password'), password: z.string(), clientSecret: z.string() }),
    ])
    .optional(),
});

function read(yaml: string) {
  return parseDocument(schema, parseYamlText(yaml, 'file.yaml'), 'file.yaml');
}

function refusal(yaml: string): string {
  expect(() => read(yaml)).toThrow(MappingError);
  try {
    read(yaml);
    return '';
  } catch (error) {
    return error instanceof MappingError ? error.message : '';
  }
}

describe('a document', () => {
  it('is given as the schema has it', () => {
    expect(read('name: a')).toEqual({ name: 'a' });
  });

  it('is refused with file, path and what was read', () => {
    expect(refusal('name: a\nitems:\n  - { id: x, size: big }\n')).toMatch(
      /^file\.yaml is not valid:\n {2}items\[0\]\.size: .*; read "big"$/u,
    );
  });

  it('is refused for all that is wrong at once', () => {
    const message = refusal('name: 5\nitems: [{ id: 1, size: 2 }]\nweights: { fit: heavy }\n');
    for (const line of [/name: .*read 5/u, /items\[0\]\.id: .*read 1/u, /weights\.fit: .*read "heavy"/u])
      expect(message).toMatch(line);
  });

  it('says that nothing stands where something is needed', () => {
    expect(refusal('items: []')).toMatch(/name: .*read nothing/u);
  });

  it('names the nearest key for an unknown one, and all that are allowed', () => {
    expect(refusal('name: a\nitms: []')).toMatch(
      /itms: unknown key; did you mean "items"\? \(allowed: name, weights, items, auth\)/u,
    );
  });

  it('does so inside lists as well', () => {
    expect(refusal('name: a\nitems: [{ id: x, size: 1, sise: 2 }]')).toMatch(
      /items\[0\]\.sise: unknown key; did you mean "size"/u,
    );
  });

  it('is shown in short when a whole part of it is wrong', () => {
    const message = refusal(`name: a\nitems: { long: ${'x'.repeat(500)} }`);
    expect(message).toMatch(/items: .*…$/u);
    expect(message.length).toBeLessThan(250);
  });
});

describe('a secret', () => {
  it.each([
    { what: 'itself is wrong', yaml: 'name: a\nauth: { flow: token, token: s3cr3t }' },
    { what: 'is a number', yaml: 'name: a\nauth: { flow: token, token: 31415926 }' },
    { what: 'stands where the kind is unknown', yaml: 'name: a\nauth: { flow: nope, clientSecret: s3cr3t }' },
    { what: 'stands beside a missing key', yaml: 'name: a\nauth: { flow: password, password: s3cr3t }' },
    { what: 'is a whole map', yaml: 'name: a\nauth: { flow: token, token: { value: s3cr3t } }' },
    { what: 'stands under a misspelt key', yaml: 'name: a\nauth: { flow: token, tokem: s3cr3t, token: x }' },
    { what: 'is in a line that is no YAML', yaml: 'name: a\n  token: s3cr3t\n bad' },
  ])('is not shown when it $what', ({ yaml }) => {
    expect(refusal(yaml)).not.toMatch(/s3cr3t|31415926/u);
  });
});

describe('text that is no YAML', () => {
  it.each([
    {
      what: 'a key stands twice',
      yaml: 'name: a\nname: b',
      says: /^file\.yaml: .*unique at line 2, column 1$/u,
    },
    { what: 'the indentation is wrong', yaml: 'a: 1\n  b: 2', says: /^file\.yaml: .* at line 1, column 4$/u },
    { what: 'an alias leads nowhere', yaml: 'name: *other', says: /^file\.yaml: Unresolved alias .*other$/u },
  ])('is refused where $what', ({ yaml, says }) => {
    expect(refusal(yaml)).toMatch(says);
  });
});
