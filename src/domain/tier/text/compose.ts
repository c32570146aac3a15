// Fills templates and joins sentences. Knows no language: everything it needs is in the phrases.
import type { DayNumber } from '../day.ts';
import type { Phrases, Template } from './phrases.ts';
import { cut, fits, type TextRoom } from './text-room.ts';

export function fill(template: Template, places: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/gu, (_whole, place: string) => String(places[place] ?? ''));
}

export function writeDate(day: DayNumber, { date, months }: Phrases): string {
  return fillDate(date, day, months);
}

/** Without the year: for days so near that it is clear. */
export function writeShortDate(day: DayNumber, { shortDate, months }: Phrases): string {
  return fillDate(shortDate, day, months);
}

function fillDate(template: Template, day: DayNumber, months: readonly string[]): string {
  const date = new Date(day * 86_400_000);
  return fill(template, {
    day: date.getUTCDate(),
    month: months[date.getUTCMonth()] ?? '',
    year: date.getUTCFullYear(),
  });
}

/** Two digits are enough for an estimate: 142,300 is 140k. */
export function writeAmount(amount: number, { units }: Phrases): string {
  const rounded = Number(amount.toPrecision(2));
  const unit = units.find(({ value }) => rounded >= value);
  return unit === undefined
    ? String(rounded)
    : `${Number((rounded / unit.value).toPrecision(2))}${unit.name}`;
}

export function writeList(items: readonly string[], { sentence }: Phrases): string {
  return items.join(sentence.listGap);
}

/** Whole sentences drop from the end until the text fits; the first stays, cut if it must be. */
export function joinSentences(
  sentences: readonly string[],
  room: TextRoom,
  { sentence }: Pick<Phrases, 'sentence'>,
): string {
  let text = '';
  for (const [index, one] of sentences.entries()) {
    const longer = `${text}${index === 0 ? '' : sentence.gap}${one}${sentence.stop}`;
    if (!fits(longer, room)) return text === '' ? cut(longer, room) : text;
    text = longer;
  }
  return text;
}
