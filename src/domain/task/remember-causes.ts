// Since when a company has been in a situation that asks for a task. Scores fade and return from day to day; the day of a
// cause must not, or every return would make another task.
import { parseDay } from '#domain/tier/day.ts';
import type { Tier } from '#domain/tier/tier.ts';

/** Rules whose cause has no date of its own: it is the day of the run that first saw it. */
export const SEEN_RULES = ['intent_not_engaged', 'fast_lane'] as const;
export type SeenRule = (typeof SEEN_RULES)[number];

/** Days are `YYYY-MM-DD`. */
export interface SeenCause {
  readonly since: string;
  /** Day of the run that first saw it no longer; null while it holds. */
  readonly pausedOn: string | null;
}

/** Stored with the company as it is. */
export type SeenCauses = Readonly<Partial<Record<SeenRule, SeenCause>>>;

export interface SeenSituation {
  /** As shown. */
  readonly tier: Tier;
  readonly intentOn: boolean;
  readonly engagedOn: boolean;
  readonly reasons: readonly string[];
}

export function holdsNow(rule: SeenRule, { tier, intentOn, engagedOn, reasons }: SeenSituation): boolean {
  switch (rule) {
    case 'intent_not_engaged':
      return tier === 'Tier 2' && intentOn && !engagedOn;
    case 'fast_lane':
      return tier === 'Tier 3' && reasons.includes('SMALL_ACV_FAST_LANE');
  }
}

/** @param sameCauseDays a situation that pauses no longer than this is one */
export function rememberCauses(
  before: SeenCauses,
  situation: SeenSituation,
  today: string,
  sameCauseDays: number,
): SeenCauses {
  const causes: Partial<Record<SeenRule, SeenCause>> = {};
  for (const rule of SEEN_RULES) {
    const known = before[rule];
    const holds = holdsNow(rule, situation);
    if (known === undefined || hasEnded(known, today, sameCauseDays)) {
      if (holds) causes[rule] = { since: today, pausedOn: null };
    } else {
      causes[rule] = { since: known.since, pausedOn: holds ? null : (known.pausedOn ?? today) };
    }
  }
  return causes;
}

function hasEnded({ pausedOn }: SeenCause, today: string, sameCauseDays: number): boolean {
  return pausedOn !== null && parseDay(today) - parseDay(pausedOn) > sameCauseDays;
}
