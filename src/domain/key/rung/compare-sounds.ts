// Finds, for every Latin name, the sounded names that are like it. What was found last time is taken over where the same look-up
// would find the same names again; only names that came since are compared.
import type { AccountView } from '../group/account-view.ts';
import { soundDistance } from '../sound/align-sound.ts';
import { type Lexicon, type SoundLanguage, soundLanguages } from '../sound/lexicon.ts';
import { openingsOf, type SaidName, sayName } from '../sound/say-name.ts';
import type { FindingChange, LookUp, SoundBlock } from '../sound/sound-block.ts';
import type { SoundMatch, SoundMemory } from '../sound/sound-memory.ts';
import { languageBits, type SoundBlocks } from './sound-blocks.ts';

/** Likeness from 0 to 1. Short names are alike by chance. `margin` below the bar still counts as a rival. */
const bars = { long: 0.78, middle: 0.86, short: 0.92, mandarin: 0.9, unlocated: 0.9, margin: 0.08 } as const;
/** Consonants and a third of the vowels: below these a name is short, or of middle length. */
const weights = { short: 3, middle: 4.5 } as const;
const lookUps = {
  located: { shortest: 2, blockCap: 64, mostCandidates: 320 },
  unlocated: { shortest: 4, blockCap: 16, mostCandidates: 32 },
} as const;

export interface FoundSounds {
  readonly matches: readonly SoundMatch[];
  readonly overfull: number;
}

export function compareSounds(
  view: AccountView,
  { blocks, indexed, missingLanguages }: SoundBlocks,
  lexicon: Lexicon,
  memory: SoundMemory,
): FoundSounds {
  const before = { compared: memory.compared, overfull: memory.overfull, indexed: memory.indexed };
  const known = matchesByRow(memory.matches, before.compared.length);
  const compared = new Uint8Array(indexed.length);
  const overfull = new Uint16Array(indexed.length);
  const matches: SoundMatch[] = [];
  let allOverfull = 0;
  for (let rank = 0; rank < view.count; rank++) {
    if (!hasLatinName(view, rank)) continue;
    const row = view.rowOf(rank);
    const isUnlocated = view.placeOf(rank) < 0;
    // Mandarin sounds alike too often to look for it everywhere.
    const languages = missingLanguages(rank) & (isUnlocated ? ~languageBits.zh : -1);
    const looked: Looked = {
      view,
      rank,
      row,
      lexicon,
      memory,
      isUnlocated,
      blocks: blocks.filter(
        ({ language, place }) =>
          (isUnlocated || place === view.placeOf(rank)) && (languages & languageBits[language]) !== 0,
      ),
    };
    compared[row] = 1 + languages;
    const change = before.compared[row] === compared[row] ? compareFindings(looked) : 'other';
    if (change !== 'other') {
      const from = known[row] ?? 0;
      for (let at = from; memory.matches[at]?.latin === row; at++) {
        const match = memory.matches[at];
        if (match !== undefined && indexed[match.other] === 1) matches.push(match);
      }
      overfull[row] = before.overfull[row] ?? 0;
    }
    if (change === 'more') collect(looked, matches, (other) => before.indexed[other] !== 1);
    if (change === 'other') overfull[row] = collect(looked, matches, () => true);
    allOverfull += overfull[row] ?? 0;
  }
  memory.compared = compared;
  memory.overfull = overfull;
  memory.indexed = indexed;
  memory.matches = matches.toSorted((a, b) => a.latin - b.latin);
  return { matches, overfull: allOverfull };
}

interface Looked {
  readonly view: AccountView;
  readonly rank: number;
  readonly row: number;
  readonly lexicon: Lexicon;
  readonly memory: SoundMemory;
  readonly isUnlocated: boolean;
  readonly blocks: readonly SoundBlock[];
}

/** Where each row's matches begin; they come in order of rows. */
function matchesByRow(matches: readonly SoundMatch[], rows: number): Int32Array {
  const starts = new Int32Array(rows).fill(-1);
  for (let at = matches.length - 1; at >= 0; at--) starts[matches[at]?.latin ?? 0] = at;
  return starts;
}

function hasLatinName(view: AccountView, rank: number): boolean {
  for (let use = view.firstUse(rank); use < view.lastUse(rank); use++)
    if (view.scriptOfUse(use) === 'latin') return true;
  return false;
}

function lookUpOf({ isUnlocated }: Looked): LookUp {
  return isUnlocated ? lookUps.unlocated : lookUps.located;
}

function compareFindings(looked: Looked): FindingChange {
  let change: FindingChange = 'same';
  for (const block of looked.blocks) {
    if (block.isUnchanged) continue;
    const lists = looked.memory.openingsOf(looked.row, block.language);
    if (lists === null) return 'other';
    for (const openings of lists) {
      const here = block.compare(openings, lookUpOf(looked));
      if (here === 'other') return here;
      if (here === 'more' || (here === 'less' && change === 'same')) change = here;
    }
  }
  return change;
}

/** Adds what is like the row's names, of the rows that are wanted. Answers how many beginnings were overfull. */
function collect(looked: Looked, matches: SoundMatch[], isWanted: (row: number) => boolean): number {
  let overfull = 0;
  for (const language of soundLanguages) {
    const blocks = looked.blocks.filter((block) => block.language === language);
    if (blocks.length === 0) continue;
    const said = sayNames(looked, language);
    const lists = said.map(openingsOf);
    looked.memory.keepOpenings(looked.row, language, lists);
    for (const block of blocks) {
      said.forEach((name, index) => {
        const found: number[] = [];
        overfull += block.find(lists[index] ?? [], lookUpOf(looked), found);
        keepLike(looked, name, language, found, matches, isWanted);
      });
    }
  }
  return overfull;
}

/** Each Latin name of the row, in each order of its words. */
function sayNames({ view, rank, lexicon }: Looked, language: SoundLanguage): SaidName[] {
  const said: SaidName[] = [];
  for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
    if (view.scriptOfUse(use) !== 'latin') continue;
    said.push(...sayName(view.columns.nameTable.textOf(view.nameOfUse(use)), language, lexicon));
  }
  return said;
}

function keepLike(
  { row: latin, memory: { names }, isUnlocated }: Looked,
  { sayings, wordCount, heaviest }: SaidName,
  language: SoundLanguage,
  entries: readonly number[],
  matches: SoundMatch[],
  isWanted: (row: number) => boolean,
): void {
  const best = new Map<number, SoundMatch>();
  for (const entry of entries) {
    const other = names.rowOf(entry);
    if (!isWanted(other)) continue;
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
  matches.push(...best.values());
}

function barOf(weight: number, language: SoundLanguage, isUnlocated: boolean): number {
  const bar = weight < weights.short ? bars.short : weight < weights.middle ? bars.middle : bars.long;
  return Math.max(bar, language === 'zh' ? bars.mandarin : 0, isUnlocated ? bars.unlocated : 0);
}
