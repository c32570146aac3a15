// Rows of intent sources, joined to one company. The source readers produce them; scoring reads topics and signals.
import type { Attestation } from './admit-method.ts';
import type { IntentMethod, SignalKind } from './intent-policy.ts';

/** All moments are milliseconds since 1970, UTC; a date without time is its 00:00. */
interface IntentRow {
  readonly source: string;
  readonly method: IntentMethod;
}

export interface IntentScoreRow extends IntentRow {
  readonly topic: string;
  /** 0-100. */
  readonly score: number;
  readonly observedAtMs: number;
}

export interface IntentCountRow extends IntentRow {
  readonly topic: string;
  /** Any moment of the ISO week; files give its Monday. */
  readonly weekMs: number;
  readonly count: number;
}

export interface IntentSignalRow extends IntentRow {
  readonly signal: SignalKind;
  readonly observedAtMs: number;
}

/** What has to be known besides the rows. */
export interface IntentSetting {
  readonly asOfMs: number;
  /** Where the company is; decides which attestations cover it. */
  readonly country: string | null;
  readonly attestations: readonly Attestation[];
}

/** Rows that count for nothing, by why. */
export interface IgnoredRows {
  /** After as-of. */
  readonly future: number;
  /** Gathered in a way that is refused where the company is. */
  readonly refused: number;
}
