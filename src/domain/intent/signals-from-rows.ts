// Makes the review-site signals of one company out of its rows.
import { admitMethod } from './admit-method.ts';
import type { IntentPolicy } from './intent-policy.ts';
import type { IgnoredRows, IntentSetting, IntentSignalRow } from './intent-rows.ts';
import type { IntentSignal } from './score-intent.ts';

/** A signal with what people are told of it. */
export interface NamedSignal extends IntentSignal {
  readonly signal: IntentSignalRow['signal'];
  readonly source: string;
  readonly seenAtMs: number;
}

const DAY_MS = 86_400_000;

/** Newest first. */
export function signalsFromIntentRows(
  rows: readonly IntentSignalRow[],
  setting: IntentSetting,
  policy: IntentPolicy,
): { readonly signals: readonly NamedSignal[]; readonly ignored: IgnoredRows } {
  const ignored = { future: 0, refused: 0 };
  const signals: NamedSignal[] = [];
  for (const { signal, source, method, observedAtMs } of rows) {
    if (observedAtMs > setting.asOfMs) ignored.future += 1;
    else if (admitMethod(method, setting.country, setting.attestations, policy) === 'refused') {
      ignored.refused += 1;
    } else {
      const ageDays = (setting.asOfMs - observedAtMs) / DAY_MS;
      signals.push({
        points: policy.signals.points[signal],
        ageDays,
        signal,
        source,
        seenAtMs: observedAtMs,
      });
    }
  }
  return { signals: signals.toSorted((a, b) => a.ageDays - b.ageDays), ignored };
}
