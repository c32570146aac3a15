// Finds, for every Latin name, the sounded names that are like it. What was found last time is taken over; compared are only names
// that the look-up finds now and did not find then, or the other way round.
import type { AccountView } from '../group/account-view.ts';
import { type Lexicon, type SoundLanguage, soundLanguages } from '../sound/lexicon.ts';
import { openingsOf, type SaidName, sayName } from '../sound/say-name.ts';
import { isUntouched, type LookUp, type SoundBlock } from '../sound/sound-block.ts';
import type { SoundMatch, SoundMemory } from '../sound/sound-memory.ts';
import { listAlike, lookUps } from './list-alike.ts';
import { languageBits, type SoundBlocks } from './sound-blocks.ts';

export interface FoundSounds {
  readonly matches: readonly SoundMatch[];
  /** Beginnings that held more names than were compared. */
  readonly overfull: number;
}

export function compareSounds(
  view: AccountView,
  { blocks, indexed, missingLanguages }: SoundBlocks,
  lexicon: Lexicon,
  memory: SoundMemory,
): FoundSounds {
  const before = { compared: memory.compared, overfull: memory.overfull, matches: memory.matches };
  const firstMatches = firstByRow(before.matches, before.compared.length);
  const compared = new Uint8Array(indexed.length);
  const overfull = new Uint16Array(indexed.length);
  const matches: SoundMatch[] = [];
  const blocksOfPlace = Map.groupBy(blocks, ({ place }) => place);
  let allOverfull = 0;
  for (let rank = 0; rank < view.count; rank++) {
    if (!hasLatinName(view, rank)) continue;
    const row = view.rowOf(rank);
    const isUnlocated = view.placeOf(rank) < 0;
    // Mandarin sounds alike too often to look for it everywhere.
    const languages = missingLanguages(rank) & (isUnlocated ? ~languageBits.zh : -1);
    const asked: Asked = {
      view,
      rank,
      row,
      lexicon,
      memory,
      isUnlocated,
      lookUp: isUnlocated ? lookUps.unlocated : lookUps.located,
      blocks: (isUnlocated ? blocks : (blocksOfPlace.get(view.placeOf(rank)) ?? noBlocks)).filter(
        ({ language }) => (languages & languageBits[language]) !== 0,
      ),
    };
    compared[row] = 1 + languages;
    if (before.compared[row] !== compared[row]) overfull[row] = compareAll(asked, matches);
    else {
      const news = findNews(asked);
      for (let at = firstMatches[row] ?? -1; before.matches[at]?.latin === row; at++) {
        const match = before.matches[at];
        if (match !== undefined && indexed[match.other] === 1 && news?.rows.has(match.other) !== true)
          matches.push(match);
      }
      overfull[row] = news?.overfull ?? before.overfull[row] ?? 0;
      if (news !== null && news.rows.size > 0) compareNews(asked, news, matches);
    }
    allOverfull += overfull[row] ?? 0;
  }
  memory.compared = compared;
  memory.overfull = overfull;
  memory.indexed = indexed;
  memory.rowsInOrder = view.rowsInOrder;
  memory.matches = matches.toSorted((a, b) => a.latin - b.latin);
  return { matches, overfull: allOverfull };
}

const noBlocks: readonly SoundBlock[] = [];

interface Asked {
  readonly view: AccountView;
  readonly rank: number;
  readonly row: number;
  readonly lexicon: Lexicon;
  readonly memory: SoundMemory;
  readonly isUnlocated: boolean;
  readonly lookUp: LookUp;
  readonly blocks: readonly SoundBlock[];
}

/** Where each row's matches begin; they come in order of rows. */
function firstByRow(matches: readonly SoundMatch[], rows: number): Int32Array {
  const starts = new Int32Array(rows).fill(-1);
  for (let at = matches.length - 1; at >= 0; at--) starts[matches[at]?.latin ?? 0] = at;
  return starts;
}

function hasLatinName(view: AccountView, rank: number): boolean {
  for (let use = view.firstUse(rank); use < view.lastUse(rank); use++)
    if (view.scriptOfUse(use) === 'latin') return true;
  return false;
}

/** Answers how many beginnings were overfull. */
function compareAll(asked: Asked, matches: SoundMatch[]): number {
  let overfull = 0;
  for (const language of soundLanguages) {
    const blocks = asked.blocks.filter((block) => block.language === language);
    if (blocks.length === 0) continue;
    const said = sayNames(asked, language);
    const openings = said.map(openingsOf);
    asked.memory.keepOpenings(asked.row, language, openings);
    for (const { now } of blocks) {
      said.forEach((name, index) => {
        const found: number[] = [];
        overfull += now.find(openings[index] ?? [], asked.lookUp, found);
        matches.push(...listAlike(asked, name, language, found));
      });
    }
  }
  return overfull;
}

/** A block may be the first of its language that the row looks into. */
function rememberOpenings(asked: Asked, language: SoundLanguage): readonly (readonly number[])[] {
  const known = asked.memory.openingsOf(asked.row, language);
  if (known !== null) return known;
  const openings = sayNames(asked, language).map(openingsOf);
  asked.memory.keepOpenings(asked.row, language, openings);
  return openings;
}

interface News {
  /** Rows of which the look-ups find other names than they found then. */
  readonly rows: ReadonlySet<number>;
  /** What is found now, look-up by look-up. */
  readonly found: readonly (readonly number[])[];
  readonly overfull: number;
}

/** Null when nothing came or went where the row's names look. */
function findNews(asked: Asked): News | null {
  const { row, blocks, lookUp, memory } = asked;
  const isSame = (block: SoundBlock) =>
    block.moved.length === 0 ||
    memory.everyOpening(row, block.language, (opening) => isUntouched(block, opening, lookUp)) === true;
  if (blocks.every(isSame)) return null;
  const lists = blocks.map(({ language }) => rememberOpenings(asked, language));
  const rows = new Set<number>();
  const found: number[][] = [];
  let overfull = 0;
  blocks.forEach((block, index) => {
    for (const openings of lists[index] ?? []) {
      const now: number[] = [];
      const before: number[] = [];
      overfull += block.now.find(openings, lookUp, now);
      block.before.find(openings, lookUp, before);
      for (const entry of new Set(now).symmetricDifference(new Set(before)))
        rows.add(memory.names.rowOf(entry));
      found.push(now);
    }
  });
  return { rows, found, overfull };
}

function compareNews(asked: Asked, { rows, found }: News, matches: SoundMatch[]): void {
  let lookedUp = 0;
  for (const { language } of asked.blocks) {
    for (const name of sayNames(asked, language)) {
      const entries = (found[lookedUp++] ?? []).filter((entry) => rows.has(asked.memory.names.rowOf(entry)));
      if (entries.length > 0) matches.push(...listAlike(asked, name, language, entries));
    }
  }
}

/** Each Latin name of the row, in each order of its words. */
function sayNames({ view, rank, lexicon }: Asked, language: SoundLanguage): SaidName[] {
  const said: SaidName[] = [];
  for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
    if (view.scriptOfUse(use) !== 'latin') continue;
    said.push(...sayName(view.columns.nameTable.textOf(view.nameOfUse(use)), language, lexicon));
  }
  return said;
}
