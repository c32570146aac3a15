// Which of the sounded names are like a Latin name, and how much.
import { soundDistance } from '../sound/align-sound.ts';
import type { SoundLanguage } from '../sound/lexicon.ts';
import type { SaidName } from '../sound/say-name.ts';
import type { SoundMatch, SoundMemory } from '../sound/sound-memory.ts';

/** Likeness from 0 to 1. Short names are alike by chance. What is less than `margin` below the bar still counts as a rival. */
const bars = { long: 0.78, middle: 0.86, short: 0.92, mandarin: 0.9, unlocated: 0.9, margin: 0.08 } as const;
/** Consonants and a third of the vowels: below these a name is short, or of middle length. */
const weights = { short: 3, middle: 4.5 } as const;
export const lookUps = {
  located: { shortest: 2, blockCap: 64, mostCandidates: 320 },
  unlocated: { shortest: 4, blockCap: 16, mostCandidates: 32 },
} as const;

interface Asking {
  readonly row: number;
  readonly memory: SoundMemory;
  /** The Latin name has no country: only a long and close likeness counts. */
  readonly isUnlocated: boolean;
}

/** The best match of each row. */
export function listAlike(
  { row: latin, memory: { names }, isUnlocated }: Asking,
  { sayings, wordCount, heaviest }: SaidName,
  language: SoundLanguage,
  entries: readonly number[],
): Iterable<SoundMatch> {
  const best = new Map<number, SoundMatch>();
  for (const entry of entries) {
    const other = names.rowOf(entry);
    const weight = names.weightOf(entry);
    if (isUnlocated && weight < weights.middle) continue;
    const bar = barOf(weight, language, isUnlocated);
    const limit = weight * (1 - bar + bars.margin);
    if (weight - heaviest > limit) continue;
    const distance = soundDistance(names.soundOf(entry), sayings, wordCount, limit);
    const likeness = 1 - (distance + names.costOf(entry)) / weight;
    if (likeness <= (best.get(other)?.likeness ?? bar - bars.margin)) continue;
    best.set(other, { likeness, isEnough: likeness >= bar, latin, other });
  }
  return best.values();
}

function barOf(weight: number, language: SoundLanguage, isUnlocated: boolean): number {
  const bar = weight < weights.short ? bars.short : weight < weights.middle ? bars.middle : bars.long;
  return Math.max(bar, language === 'zh' ? bars.mandarin : 0, isUnlocated ? bars.unlocated : 0);
}
