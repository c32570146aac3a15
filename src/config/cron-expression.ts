// Says whether a text is a cron expression of five fields. When its moments come, the queue works out.

const FIELDS = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day', from: 1, to: 31, words: [] },
  {
    name: 'month',
    from: 1,
    to: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  // 0 and 7 are both Sunday.
  { name: 'weekday', from: 0, to: 7, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const;

/** What is wrong with it, or null. */
export function cronProblem(text: string): string | null {
  const parts = text.trim().split(/\s+/u);
  if (parts.length !== FIELDS.length) return 'five cron fields such as "0 2 * * *" are wanted';
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? '';
    if (!part.split(',').every((item) => isItem(item, field))) {
      return `"${part}" is no cron ${field.name} (${field.from} to ${field.to}, *, a-b, */n, lists with commas)`;
    }
  }
  return null;
}

function isItem(item: string, field: (typeof FIELDS)[number]): boolean {
  const match = /^(?:\*|(?<first>[a-z\d]+)(?:-(?<last>[a-z\d]+))?)(?:\/(?<step>\d+))?$/iu.exec(item);
  if (match === null) return false;
  const { first, last, step } = match.groups ?? {};
  const numbers = [first, last].filter((value) => value !== undefined).map((value) => numberOf(value, field));
  if (numbers.some((value) => !(value >= field.from && value <= field.to))) return false;
  const [from = field.from, to = field.to] = numbers;
  return from <= to && (step === undefined || Number(step) > 0);
}

function numberOf(text: string, { from, words }: (typeof FIELDS)[number]): number {
  const word = (words as readonly string[]).indexOf(text.toLowerCase());
  return word === -1 ? Number(text) : word + from;
}

export function isTimezone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
