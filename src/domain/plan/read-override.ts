// Reads what people decided about an account's tier: the override fields, or the tier field itself when somebody edited it.
// Pure; computes no tier.
import type { Override } from '#domain/tier/apply-override.ts';
import { SETTABLE_TIERS, type SettableTier, type Tier } from '#domain/tier/tier.ts';
import { TIER_CODES, tierOfCode } from './tier-codes.ts';

/** The fields of one account that people decide in, as the CRM holds them and as we last wrote them. */
export interface PeopleFields {
  readonly tier: string | null;
  readonly overrideTier: string | null;
  readonly overrideReason: string | null;
  /** `YYYY-MM-DD`, inclusive. */
  readonly overrideUntil: string | null;
  readonly lastWritten: {
    readonly tier: string | null | undefined;
    readonly overrideTier: string | null | undefined;
    readonly overrideReason: string | null | undefined;
  };
  /** Ours stand there from an earlier installation whose ledger is gone. */
  readonly bearsOurReason: boolean;
}

export interface PeoplesWord {
  readonly override: Override | null;
  /** Last day on which it holds; null when there is none. */
  readonly until: string | null;
  /** In people's own words; null when they gave none, whatever we put there for them. */
  readonly reason: string | null;
  /** A direct edit of the tier, to be shown in the override fields. */
  readonly pin: SettableTier | null;
  /** Override fields that we filled and that are over: ours to empty. */
  readonly clearOurs: boolean;
}

const NOTHING: PeoplesWord = { override: null, until: null, reason: null, pin: null, clearOurs: false };

const DAY_MS = 86_400_000;

/**
 * @param computed what the policy says now, so that an edit back to it ends the override
 * @param today `YYYY-MM-DD`
 * @param firstSeen day on which an override without an end was first seen
 */
export function readPeoplesWord(
  fields: PeopleFields,
  computed: Tier,
  today: string,
  firstSeen: string,
  days: { readonly default: number; readonly maximum: number },
): PeoplesWord {
  const edited = editedTier(fields);
  const reason = peoplesReason(fields);
  const standing = fields.overrideTier === null ? null : parseOverride(fields.overrideTier);
  if (standing === null) {
    // People emptied what we had filled: the tier that they see there is the pin's, not a new edit.
    if ((fields.lastWritten.overrideTier ?? null) !== null) return { ...NOTHING, clearOurs: true };
    if (edited === null || edited === computed) return NOTHING;
    return pinned(edited, addDays(today, days.default), today, reason);
  }
  const filledByUs = fields.overrideTier === fields.lastWritten.overrideTier;
  if (filledByUs && fields.tier === null) return { ...NOTHING, clearOurs: true };
  if (filledByUs && edited !== null && TIER_CODES[edited] !== fields.overrideTier) {
    if (edited === computed) return { ...NOTHING, clearOurs: true };
    return pinned(edited, addDays(today, days.default), today, reason);
  }
  const latest = addDays(firstSeen, days.maximum);
  const asked = fields.overrideUntil ?? addDays(firstSeen, days.default);
  const until = asked > latest ? latest : asked;
  const expiresInDays = daysBetween(today, until) + 1;
  // What we filled we empty in the same run: a code that says "expired" would be gone by the next.
  if (filledByUs && expiresInDays <= 0) return { ...NOTHING, clearOurs: true };
  return {
    override: { ...standing, expiresInDays },
    until,
    reason,
    pin: null,
    clearOurs: false,
  };
}

/** The tier that a person put there: any value we did not write. */
function editedTier(fields: PeopleFields): SettableTier | null {
  if (fields.tier === null) return null;
  const { tier: written } = fields.lastWritten;
  if (written === undefined ? fields.bearsOurReason : written === fields.tier) return null;
  const tier = tierOfCode(fields.tier);
  return isSettable(tier) ? tier : null;
}

function peoplesReason({ overrideReason, lastWritten }: PeopleFields): string | null {
  return overrideReason === lastWritten.overrideReason ? null : overrideReason;
}

function isSettable(tier: Tier | null): tier is SettableTier {
  return tier !== null && (SETTABLE_TIERS as readonly Tier[]).includes(tier);
}

function pinned(tier: SettableTier, until: string, today: string, reason: string | null): PeoplesWord {
  return {
    override: { kind: 'pin', tier, expiresInDays: daysBetween(today, until) + 1 },
    until,
    reason,
    pin: tier,
    clearOurs: false,
  };
}

type Standing =
  | { readonly kind: 'pin' | 'floor' | 'ceiling'; readonly tier: SettableTier }
  | { readonly kind: 'exclude' };

/** Null for a value that is none of policy section 11. */
function parseOverride(code: string): Standing | null {
  if (code === 'excluded') return { kind: 'exclude' };
  const floor = /^at_least_(?<tier>tier_[123])$/u.exec(code)?.groups?.['tier'];
  const ceiling = /^at_most_(?<tier>tier_[23])$/u.exec(code)?.groups?.['tier'];
  const tier = tierOfCode(floor ?? ceiling ?? code);
  if (!isSettable(tier)) return null;
  if (floor !== undefined) return { kind: 'floor', tier };
  return ceiling === undefined ? { kind: 'pin', tier } : { kind: 'ceiling', tier };
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS);
}
