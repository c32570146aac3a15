// Decides whether a value may stand in a property, and in what text it is stored.
// Which properties exist and who may write them is not its business.
import type { PropertyDefinition } from './definition.ts';
import type { PropertyProblem } from './property-problem.ts';

export interface ValueContext {
  /** The value that stands there now: a leading `;` appends to it. */
  readonly current: string | null;
  readonly ownerExists: (ownerId: string) => boolean;
}

/** Text to store, null to clear, or the reason of the refusal. */
export type CheckedValue = { readonly stored: string | null } | { readonly problem: PropertyProblem };

/** HubSpot's limit of a text property. */
const TEXT_LIMIT = 65_536;
const DAY_MS = 86_400_000;

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/u;
const EPOCH_MS = /^-?\d{1,15}$/u;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/u;
const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[-+]\d{2}:?\d{2})$/u;
// Deliberately plain: one @, a host with a dot, no spaces. HubSpot's own rule is not published.
const EMAIL = /^[^\s@<>(),;:"]+@[^\s@<>(),;:".]+(?:\.[^\s@<>(),;:".]+)+$/u;

export const checkValue = (
  definition: PropertyDefinition,
  value: string,
  context: ValueContext,
): CheckedValue => {
  if (value === '') return { stored: null };
  switch (definition.type) {
    case 'number':
      return NUMBER.test(value.trim())
        ? { stored: value.trim() }
        : refuse(definition, 'INVALID_INTEGER', `${value} was not a valid number.`);
    case 'datetime':
      return checkDatetime(definition, value.trim());
    case 'date':
      return checkDate(definition, value.trim());
    case 'bool':
    case 'enumeration':
      return checkOptions(definition, value, context);
    case 'string':
    case 'phone_number':
      return checkText(definition, value);
  }
};

const refuse = (definition: PropertyDefinition, code: string, message: string): CheckedValue => ({
  problem: { name: definition.name, code, message },
});

const checkText = (definition: PropertyDefinition, value: string): CheckedValue => {
  if (value.length > TEXT_LIMIT) {
    return refuse(
      definition,
      'PROPERTY_VALUE_TOO_LONG',
      `The value of ${definition.name} is longer than ${TEXT_LIMIT} characters.`,
    );
  }
  if (definition.name !== 'email') return { stored: value };
  const email = value.trim().toLowerCase();
  return EMAIL.test(email)
    ? { stored: email }
    : refuse(definition, 'INVALID_EMAIL', `Email address ${value} is invalid`);
};

const checkDatetime = (definition: PropertyDefinition, value: string): CheckedValue => {
  const atMs = parseMoment(value);
  return atMs === null
    ? refuse(definition, 'INVALID_LONG', `${value} was not a valid long.`)
    : { stored: String(atMs) };
};

const checkDate = (definition: PropertyDefinition, value: string): CheckedValue => {
  const atMs = parseMoment(value);
  if (atMs === null) return refuse(definition, 'INVALID_LONG', `${value} was not a valid long.`);
  const sinceMidnightMs = ((atMs % DAY_MS) + DAY_MS) % DAY_MS;
  if (sinceMidnightMs !== 0) {
    const clock = new Date(atMs);
    const time = `${clock.getUTCHours()}:${clock.getUTCMinutes()}:${clock.getUTCSeconds()}.${clock.getUTCMilliseconds()}`;
    return refuse(definition, 'INVALID_DATE', `${value} is at ${time} UTC, not midnight!`);
  }
  return { stored: new Date(atMs).toISOString().slice(0, 10) };
};

/** Epoch milliseconds, an ISO moment with a zone, or an ISO date; null for anything else. */
export const parseMoment = (value: string): number | null => {
  if (EPOCH_MS.test(value)) return Number(value);
  if (!ISO_DATE.test(value) && !ISO_MOMENT.test(value)) return null;
  const atMs = Date.parse(value);
  // Date.parse rolls 31 February over into March for some engines; a real date reads back as itself.
  if (Number.isNaN(atMs)) return null;
  if (ISO_DATE.test(value) && new Date(atMs).toISOString().slice(0, 10) !== value) return null;
  return atMs;
};

const checkOptions = (
  definition: PropertyDefinition,
  value: string,
  { current, ownerExists }: ValueContext,
): CheckedValue => {
  if (definition.ownerReference) {
    return ownerExists(value)
      ? { stored: value }
      : refuse(definition, 'INVALID_OWNER_ID', `Owner ${value} does not exist`);
  }
  const many = definition.fieldType === 'checkbox';
  const appends = many && value.startsWith(';');
  const asked = many ? value.split(';').filter((part) => part !== '') : [value];
  const unknown = asked.find((part) => !definition.options.some((option) => option.value === part));
  if (unknown !== undefined) {
    const allowed = definition.options.map(({ label, value: own }) => `label: "${label}" value: "${own}"`);
    return refuse(
      definition,
      'INVALID_OPTION',
      `${unknown} was not one of the allowed options: [${allowed.join(', ')}]`,
    );
  }
  const kept = appends && current !== null ? current.split(';') : [];
  const stored = [...new Set([...kept, ...asked])].join(';');
  return { stored: stored === '' ? null : stored };
};
