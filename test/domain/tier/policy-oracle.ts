// The policy's text played day by day, once more and from scratch: slow, flat, as close to the words as can be. It shares no code
// with src/ on purpose; numbers of the shipped policy stand here as the text has them.

export interface ToldDay {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly facts: ToldFacts;
}

export interface ToldFacts {
  readonly matches: Readonly<Record<string, 1 | 0.5 | 0 | null>>;
  readonly mustHaveMiss: string | null;
  readonly acv: number | null;
  readonly employees: number | null;
  /** One topic is watched. */
  readonly topic: { readonly score: number; readonly ageDays: number } | null;
  readonly events: readonly {
    readonly type: 'reply' | 'webinar' | 'demo_request' | 'meeting';
    readonly person: string;
    readonly role: 'decision_maker' | 'user' | 'unknown' | 'excluded';
    readonly ageDays: number;
  }[];
  readonly able: 0 | null;
  readonly excluded: string | null;
  readonly openOpportunity: boolean;
  readonly override:
    | { readonly kind: 'pin' | 'floor' | 'ceiling'; readonly tier: string; readonly expiresInDays: number }
    | { readonly kind: 'exclude'; readonly expiresInDays: number }
    | null;
}

export interface OracleDay {
  readonly tier: string;
  readonly computedTier: string;
  readonly reasons: readonly string[];
}

interface Memory {
  tier: string | null;
  since: number;
  failingSince: number | null;
  pending: boolean;
  on: { strong: boolean; high: boolean; intent: boolean; engaged: boolean };
  band: 'small' | 'medium' | 'large' | null;
  changes: number[];
}

/** One answer a told day; the days between are played with what was told last, only older. */
export function playPolicy(told: readonly ToldDay[]): readonly OracleDay[] {
  const memory: Memory = {
    tier: null,
    since: 0,
    failingSince: null,
    pending: false,
    on: { strong: false, high: false, intent: false, engaged: false },
    band: null,
    changes: [],
  };
  const answers: OracleDay[] = [];
  for (const [index, { day, facts }] of told.entries()) {
    const before = told[index - 1];
    if (before !== undefined) {
      for (let night = before.day + 1; night < day; night += 1) {
        playNight(memory, night, olderBy(before.facts, night - before.day));
      }
    }
    answers.push(playNight(memory, day, facts));
  }
  return answers;
}

function olderBy(facts: ToldFacts, days: number): ToldFacts {
  const { topic, override } = facts;
  return {
    ...facts,
    topic: topic === null ? null : { ...topic, ageDays: topic.ageDays + days },
    events: facts.events.map((event) => ({ ...event, ageDays: event.ageDays + days })),
    override: override === null ? null : { ...override, expiresInDays: override.expiresInDays - days },
  };
}

const RANK: Readonly<Record<string, number>> = {
  'Tier 1': 3,
  'Tier 2': 2,
  'Tier 3': 1,
  'Not tiered': 0,
  Unscored: 0,
  Excluded: -1,
};
const better = (a: string, b: string) => (RANK[a] ?? 0) > (RANK[b] ?? 0);
const DWELL: Readonly<Record<string, number>> = { 'Tier 1': 91, 'Tier 2': 42, 'Tier 3': 14 };
/** Monday 2024-01-01. */
const FIRST_PUBLISH_DAY = 19_723;

function playNight(memory: Memory, day: number, facts: ToldFacts): OracleDay {
  const { computed, code, actNow } = compute(memory, facts);
  const reasons = [code, ...(actNow ? ['ACT_NOW'] : [])];
  const hold = moveTier(memory, day, computed, actNow, facts.openOpportunity);
  if (hold !== null) reasons.push(hold);
  const said = sayOver(memory.tier ?? '', facts.override);
  if (said.code !== null) reasons.push(said.code);
  return { tier: said.tier, computedTier: computed, reasons };
}

function moveTier(
  memory: Memory,
  day: number,
  computed: string,
  actNow: boolean,
  openOpportunity: boolean,
): string | null {
  const become = (tier: string) => {
    memory.tier = tier;
    memory.since = day;
    memory.failingSince = null;
    memory.pending = false;
  };
  const change = () => {
    become(computed);
    memory.changes.push(day);
  };
  // (e) the fourth within 180 days is not made
  const guarded = () => {
    if (memory.changes.filter((changed) => day - changed <= 180).length >= 3) return 'FROZEN';
    change();
    return null;
  };

  // (a)
  if (memory.tier === null) {
    become(computed);
    return null;
  }
  const tier = memory.tier;
  if (computed === tier) {
    memory.pending = false;
    memory.failingSince = null;
    return null;
  }
  // (b)
  if (computed === 'Excluded' || tier === 'Excluded') {
    change();
    return null;
  }
  // (c)
  if (better(computed, tier)) {
    if (actNow || memory.pending) return guarded();
    memory.failingSince = null;
    memory.pending = true;
    return 'CONFIRMING';
  }
  // Not tiered and Unscored: at once, outside the guard, counted
  if (!better(tier, computed)) {
    change();
    return null;
  }
  // (d)
  const failingSince = memory.failingSince ?? day;
  const hold = holdOf(memory, day, failingSince, openOpportunity);
  if (hold !== null) {
    memory.failingSince = failingSince;
    memory.pending = false;
    return hold;
  }
  return guarded();
}

function holdOf(
  { tier, since }: Memory,
  day: number,
  failingSince: number,
  openOpportunity: boolean,
): string | null {
  const ranked = (RANK[tier ?? ''] ?? 0) > 0;
  if (ranked && openOpportunity) return 'PIPELINE_LOCK';
  if (ranked && day - since < (DWELL[tier ?? ''] ?? 0)) return 'DWELL';
  if (ranked && day - failingSince < 28) return 'GRACE';
  return (day - FIRST_PUBLISH_DAY) % 14 === 0 ? null : 'AWAITING_PUBLISH';
}

function sayOver(
  tier: string,
  override: ToldFacts['override'],
): { readonly tier: string; readonly code: string | null } {
  if (override === null || tier === 'Excluded') return { tier, code: null };
  if (override.expiresInDays <= 0) return { tier, code: 'OVERRIDE_EXPIRED' };
  if (override.kind === 'exclude') return { tier: 'Excluded', code: 'OVERRIDE_EXCLUDE' };
  if (override.kind === 'pin') return { tier: override.tier, code: 'OVERRIDE_PIN' };
  if (override.kind === 'floor' && better(override.tier, tier)) {
    return { tier: override.tier, code: 'OVERRIDE_FLOOR' };
  }
  if (override.kind === 'ceiling' && better(tier, override.tier)) {
    return { tier: override.tier, code: 'OVERRIDE_CEILING' };
  }
  return { tier, code: null };
}

// ── the computed tier: sections 2, 5, 6, 7 and 8 ───────────────────────────────────────────────────────────────────

const tenth = (value: number) => Math.floor(value * 10 + 0.5 + 1e-8) / 10;

const WEIGHTS: Readonly<Record<string, number>> = {
  industry: 20,
  geo: 10,
  employees: 15,
  tech: 15,
  customerBase: 5,
  revenue: 15,
  maturity: 10,
  budget: 10,
};

function compute(memory: Memory, facts: ToldFacts) {
  const { fit, known } = fitOf(facts);
  const { on } = memory;
  on.strong = fit >= (on.strong ? 75 : 80);
  on.high = fit >= (on.high ? 65 : 70);
  const intent = intentOf(facts.topic);
  on.intent = intent >= (on.intent ? 55 : 60);
  const { points, people } = engagementOf(facts.events);
  const size = facts.employees === null ? 1 : facts.employees < 100 ? 0.6 : facts.employees < 1000 ? 1 : 1.5;
  on.engaged = people >= 2 && points >= tenth((on.engaged ? 20 : 30) * size);
  memory.band = bandOf(facts.acv, memory.band);

  const acting = facts.events.filter(
    ({ type, role, ageDays }) =>
      (type === 'demo_request' || type === 'meeting') && ageDays <= 28 && role !== 'excluded',
  );
  const actNow = acting.length > 0;
  const { tier, code } = decide(facts, fit, known, {
    strong: on.strong,
    high: on.high,
    acv: memory.band,
    intent: on.intent || actNow,
    engaged: on.engaged || acting.some(({ role }) => role !== 'unknown'),
  });
  return { computed: tier, code, actNow };
}

function fitOf({ matches, mustHaveMiss }: ToldFacts): { readonly fit: number; readonly known: number } {
  let reached = 0;
  let known = 0;
  for (const [name, weight] of Object.entries(WEIGHTS)) {
    const match = name === mustHaveMiss ? 0 : (matches[name] ?? null);
    reached += weight * (match ?? 0.35);
    if (match !== null) known += weight;
  }
  return { fit: tenth(mustHaveMiss === null ? reached : Math.min(49, reached)), known };
}

function intentOf(topic: ToldFacts['topic']): number {
  if (topic === null || topic.ageDays > 90) return 0;
  const { score, ageDays } = topic;
  return tenth(score <= 50 ? score : 50 + (score - 50) * 2 ** (-ageDays / 14));
}

const POINTS = { reply: 10, webinar: 8, demo_request: 25, meeting: 20 } as const;
const FACTORS = { decision_maker: 2, user: 1, unknown: 0.8, excluded: 0 } as const;

function engagementOf(events: ToldFacts['events']): { readonly points: number; readonly people: number } {
  const each = new Map<string, number>();
  for (const { type, person, role, ageDays } of events) {
    if (ageDays > 90) continue;
    const points = POINTS[type] * FACTORS[role] * 2 ** (-ageDays / 30);
    each.set(person, (each.get(person) ?? 0) + points);
  }
  const people = [...each.values()].filter((points) => tenth(points) >= 1).length;
  const sum = [...each.values()].reduce((total, points) => total + Math.min(40, points), 0);
  return { people, points: tenth(sum * Math.max(1, 1 + 0.15 * (Math.min(people, 6) - 1))) };
}

function bandOf(acv: number | null, before: Memory['band']): 'small' | 'medium' | 'large' {
  if (acv === null) return 'medium';
  const large = before === null ? 100_000 : before === 'large' ? 90_000 : 110_000;
  const medium = before === null ? 25_000 : before === 'small' ? 27_500 : 22_500;
  if (acv >= large) return 'large';
  return acv >= medium ? 'medium' : 'small';
}

const gives = (tier: string, code: string) => ({ tier, code });

function decide(
  { excluded, mustHaveMiss, able }: ToldFacts,
  fit: number,
  known: number,
  at: { strong: boolean; high: boolean; acv: string; intent: boolean; engaged: boolean },
): { readonly tier: string; readonly code: string } {
  if (excluded !== null) return gives('Excluded', `EXCLUDED:${excluded}`);
  if (mustHaveMiss !== null) return gives('Not tiered', `MUST_HAVE_MISS:${mustHaveMiss}`);
  if (known < 30) return gives('Unscored', 'DATA_INCOMPLETE');
  if (!at.strong && !at.high) {
    if (fit < 50) return gives('Not tiered', 'FIT_LOW');
    return at.intent && at.engaged
      ? gives('Tier 3', 'STRETCH_FIT')
      : gives('Not tiered', 'FIT_MEDIUM_NO_SIGNALS');
  }
  if (at.acv === 'small')
    return gives('Tier 3', at.intent && at.engaged ? 'SMALL_ACV_FAST_LANE' : 'SMALL_ACV');
  const large = at.acv === 'large';
  if (at.intent && at.engaged) {
    if (!large) return gives('Tier 2', 'INTENT_ENGAGED_MEDIUM_ACV');
    if (!at.strong) return gives('Tier 2', 'FIT_BELOW_T1');
    return able === 0 ? gives('Tier 2', 'ABLE_VETO') : gives('Tier 1', 'GOLDILOCKS_JUST_RIGHT');
  }
  if (at.intent) return gives('Tier 2', 'INTENT_NOT_ENGAGED');
  if (at.engaged) {
    if (!large) return gives('Tier 3', 'ENGAGED_NO_INTENT');
    return at.strong ? gives('Tier 2', 'ENGAGED_INTENT_UNCONFIRMED') : gives('Tier 3', 'ENGAGED_NEAR_FIT');
  }
  return gives('Tier 3', large ? 'SLEEPING_LARGE' : 'QUIET');
}
