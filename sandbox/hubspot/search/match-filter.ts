// Turns a filter into a test of the values search sees. Associations are looked up by the caller's function.
import { invalidRequest } from '#sandbox/hubspot/answers/failures.ts';
import type { RecordValues } from '#sandbox/hubspot/portal/record.ts';
import { parseMoment } from '#sandbox/hubspot/properties/check-value.ts';
import type { PropertyDefinition } from '#sandbox/hubspot/properties/definition.ts';
import { toComparable } from '#sandbox/hubspot/properties/stored-value.ts';
import type { Filter } from './search-request.ts';

export type ValueTest = (values: RecordValues) => boolean;

export const testOf = (definition: PropertyDefinition, filter: Filter): ValueTest => {
  const { name } = definition;
  const compare = (test: (own: number | string) => boolean): ValueTest => {
    return (values) => {
      const stored = values.get(name);
      return stored !== undefined && test(toComparable(definition, stored));
    };
  };
  const operand = (text: string): number | string => toOperand(definition, text);

  switch (filter.operator) {
    case 'HAS_PROPERTY':
      return (values) => values.has(name);
    case 'NOT_HAS_PROPERTY':
      return (values) => !values.has(name);
    case 'EQ': {
      const asked = operand(filter.value);
      return compare((own) => own === asked);
    }
    // [?] Not stated by HubSpot: taken here to leave out records without a value, as its users report.
    case 'NEQ': {
      const asked = operand(filter.value);
      return compare((own) => own !== asked);
    }
    case 'LT': {
      const asked = operand(filter.value);
      return compare((own) => own < asked);
    }
    case 'LTE': {
      const asked = operand(filter.value);
      return compare((own) => own <= asked);
    }
    case 'GT': {
      const asked = operand(filter.value);
      return compare((own) => own > asked);
    }
    case 'GTE': {
      const asked = operand(filter.value);
      return compare((own) => own >= asked);
    }
    case 'BETWEEN': {
      const [low, high] = [operand(filter.value), operand(filter.highValue)];
      return compare((own) => own >= low && own <= high);
    }
    case 'IN':
      return membership(definition, filter.values);
    case 'NOT_IN': {
      const isIn = membership(definition, filter.values);
      return (values) => values.has(name) && !isIn(values);
    }
    case 'CONTAINS_TOKEN':
      return containsTokens(name, filter.value);
    case 'NOT_CONTAINS_TOKEN': {
      const contains = containsTokens(name, filter.value);
      return (values) => !contains(values);
    }
  }
};

const toOperand = (definition: PropertyDefinition, text: string): number | string => {
  if (definition.type === 'number') return requireNumber(definition, Number(text), text);
  if (definition.type === 'date' || definition.type === 'datetime')
    return requireNumber(definition, parseMoment(text.trim()) ?? Number.NaN, text);
  return text.toLowerCase();
};

const requireNumber = ({ name }: PropertyDefinition, number: number, text: string): number => {
  if (Number.isNaN(number)) throw invalidRequest(`${text} is no value that ${name} could be compared with.`);
  return number;
};

// Values of text properties stand in the index in lower case, and IN takes its operands as they are:
// "Acme" never finds Acme. Option lists are compared exactly.
const membership = (definition: PropertyDefinition, values: readonly string[]): ValueTest => {
  const { name, type, fieldType } = definition;
  if (type === 'string' || type === 'phone_number') {
    const asked = new Set(values);
    return (own) => asked.has((own.get(name) ?? '').toLowerCase()) && own.has(name);
  }
  if (type === 'enumeration' || type === 'bool') {
    const asked = new Set(values);
    return (own) => {
      const stored = own.get(name);
      if (stored === undefined) return false;
      return fieldType === 'checkbox' ? stored.split(';').some((part) => asked.has(part)) : asked.has(stored);
    };
  }
  const asked = new Set(values.map((value) => toOperand(definition, value)));
  return (own) => {
    const stored = own.get(name);
    return stored !== undefined && asked.has(toComparable(definition, stored));
  };
};

const TOKEN_BREAK = /[^\p{L}\p{N}*]+/u;

/** Words of a text in lower case; `*` stays, as a wildcard. */
export const tokensOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(TOKEN_BREAK)
    .filter((token) => token !== '');

export const matchesTokens = (asked: readonly string[], text: string): boolean => {
  const own = tokensOf(text);
  return asked.every((token) => own.some(wildcardTest(token)));
};

const containsTokens = (name: string, value: string): ValueTest => {
  const asked = tokensOf(value);
  return (values) => asked.length > 0 && matchesTokens(asked, values.get(name) ?? '');
};

const wildcardTest = (token: string): ((own: string) => boolean) => {
  if (!token.includes('*')) return (own) => own === token;
  const pattern = new RegExp(`^${token.replaceAll('*', '.*')}$`, 'u');
  return (own) => pattern.test(own);
};
