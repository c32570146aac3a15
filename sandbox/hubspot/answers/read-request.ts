// Reads the parts of a request the API's routes share, and refuses what it can't read.
import type { Request } from 'express';
import { findObjectType, type ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import { invalidJson, invalidRequest, unknownObjectType } from './failures.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const readBody = (request: Request): JsonObject => {
  const body: unknown = request.body;
  if (!isJsonObject(body)) throw invalidJson('a JSON object was expected');
  return body;
};

export const readObjectType = (request: Request, parameter = 'type'): ObjectType => {
  const alias = readParameter(request, parameter);
  const type = findObjectType(alias);
  if (type === null) throw unknownObjectType(alias);
  return type;
};

export const readParameter = (request: Request, name: string): string => {
  const value: unknown = request.params[name];
  return typeof value === 'string' ? value : '';
};

export const readQuery = (request: Request, name: string): string | null => {
  const value: unknown = request.query[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : null;
};

/** `a,b` and repeated parameters both name several. */
export const readQueryList = (request: Request, name: string): readonly string[] => {
  const value: unknown = request.query[name];
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts
    .filter((text) => typeof text === 'string')
    .flatMap((text) => text.split(','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
};

export const readQueryFlag = (request: Request, name: string): boolean => readQuery(request, name) === 'true';

export const readQueryNumber = (
  request: Request,
  name: string,
  { fallback, max }: { readonly fallback: number; readonly max: number },
): number => {
  const text = readQuery(request, name);
  if (text === null) return fallback;
  if (!/^\d+$/u.test(text)) throw invalidRequest(`${name} must be a whole number, but was ${text}.`);
  const number = Number(text);
  if (number > max) throw invalidRequest(`${name} must be less than or equal to ${max}, but was ${number}.`);
  return number;
};

export const readStrings = (value: unknown, field: string): readonly string[] => {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalidJson(`${field} must be a list of strings`);
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw invalidJson(`${field} must be a list of strings`);
    return item;
  });
};

/** Ids are strings, but numbers are read too. */
export const readId = (value: unknown): string | null => {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : null;
};
