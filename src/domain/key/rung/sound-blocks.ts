// Which names are compared by sound: the sounded names of companies that have none in Latin letters, by language and country.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import type { KeyRules } from '../key-rules.ts';
import { type NameScript, scriptOf } from '../name/name-script.ts';
import { encodeSound, soundWeight } from '../sound/align-sound.ts';
import { hanSound } from '../sound/han-sound.ts';
import { hangulSound } from '../sound/hangul-sound.ts';
import { kanaSound } from '../sound/kana-sound.ts';
import { readKanji } from '../sound/kanji-readings.ts';
import { latinSound } from '../sound/latin-sound.ts';
import type { LexiconEnding, SoundLanguage } from '../sound/lexicon.ts';
import { openingOfFullKey } from '../sound/skeleton-key.ts';
import { type SoundBlock, SoundIndex } from '../sound/sound-block.ts';
import type { SoundMemory } from '../sound/sound-memory.ts';
import type { SoundedNames } from '../sound/sounded-names.ts';

/** Consonants and a third of the vowels. */
const leastWeight = 2;
/** A name that ends in a word of business is known without it, whatever the word. */
const leaveEndingPrice = 0.4;

const languageOfScript: Readonly<Partial<Record<NameScript, SoundLanguage>>> = {
  kana: 'ja',
  hangul: 'ko',
  han: 'zh',
};
const latinBit = 1;
export const languageBits: Readonly<Record<SoundLanguage, number>> = { ja: 2, ko: 4, zh: 8 };

export interface SoundBlocks {
  readonly blocks: readonly SoundBlock[];
  /** 1 for a row whose sounded names take part now. */
  readonly indexed: Uint8Array<ArrayBuffer>;
  /** Bits of the languages in whose script the account's company has no name. */
  missingLanguages: (rank: number) => number;
}

export function collectSoundBlocks(
  view: AccountView,
  grouping: AccountGrouping,
  rules: KeyRules,
  memory: SoundMemory,
): SoundBlocks {
  const scripts = scriptsOfCompanies(view, grouping);
  const scriptsOf = (rank: number) => scripts[grouping.companies.find(rank)] ?? 0;
  const indexed = new Uint8Array(view.columns.accountIds.size);
  for (let rank = 0; rank < view.count; rank++) {
    // A company that has its name in both scripts already needs no guess.
    if (view.placeOf(rank) < 0 || (scriptsOf(rank) & latinBit) !== 0) continue;
    const row = view.rowOf(rank);
    indexed[row] = 1;
    if (memory.names.made.has(row)) continue;
    memory.names.made.add(row);
    addSoundedNames(view, rank, rules, memory);
  }
  return {
    blocks: arrangeBlocks(view, indexed, memory),
    indexed,
    missingLanguages: (rank) => (languageBits.ja | languageBits.ko | languageBits.zh) & ~scriptsOf(rank),
  };
}

/** Bits of the scripts in which a company has names, by its root. */
function scriptsOfCompanies(view: AccountView, grouping: AccountGrouping): Uint8Array {
  const scripts = new Uint8Array(view.count);
  for (let rank = 0; rank < view.count; rank++) {
    const root = grouping.companies.find(rank);
    for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
      const script = view.scriptOfUse(use);
      const language = languageOfScript[script];
      scripts[root] =
        (scripts[root] ?? 0) |
        (script === 'latin' ? latinBit : language === undefined ? 0 : languageBits[language]);
    }
  }
  return scripts;
}

function addSoundedNames(
  view: AccountView,
  rank: number,
  { lexicon, kanjiReadings }: KeyRules,
  memory: SoundMemory,
): void {
  const isInJapan = view.placeOf(rank) === view.columns.countryTable.find('JP');
  for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
    const written = view.columns.coreTable.textOf(view.coreOfUse(use));
    const core = isInJapan ? (readKanji(written, kanjiReadings) ?? written) : written;
    const language = languageOfScript[scriptOf(core)];
    if (language === undefined || (language === 'zh' && isInJapan)) continue;
    for (const { text, cost } of withoutEnding(soundOf(core, language), lexicon.endings[language])) {
      const sound = encodeSound(text);
      const weight = soundWeight(sound);
      if (weight >= leastWeight) memory.names.add({ row: view.rowOf(rank), language, sound, weight, cost });
    }
  }
}

function soundOf(core: string, language: SoundLanguage): string {
  const say = language === 'ja' ? kanaSound : language === 'ko' ? hangulSound : hanSound;
  return (core.match(/[a-z\d]+|[^a-z\d]+/gu) ?? [])
    .map((run) => (/^[a-z\d]/u.test(run) ? latinSound(run) : say(run)))
    .join('');
}

function withoutEnding(sound: string, endings: readonly LexiconEnding[]): { text: string; cost: number }[] {
  const ending = endings.find((each) => sound.endsWith(each.sound) && sound.length > each.sound.length + 2);
  if (ending === undefined) return [{ text: sound, cost: 0 }];
  const cost = Math.min(ending.leavePrice, leaveEndingPrice);
  return [
    { text: sound, cost: 0 },
    { text: sound.slice(0, -ending.sound.length), cost },
  ];
}

interface BlockMembers {
  readonly language: SoundLanguage;
  readonly place: number;
  readonly now: number[];
  readonly before: number[];
  readonly moved: number[];
}

function arrangeBlocks(view: AccountView, indexed: Uint8Array, memory: SoundMemory): SoundBlock[] {
  const { names } = memory;
  const members = new Map<string, BlockMembers>();
  const blockOf = (entry: number) => {
    const language = names.languageOf(entry);
    const place = view.columns.accountPlace.get(names.rowOf(entry));
    const name = `${language} ${place}`;
    const block = members.get(name) ?? { language, place, now: [], before: [], moved: [] };
    members.set(name, block);
    return block;
  };
  const opening = (entry: number) => openingOfFullKey(names.keyOf(entry));
  for (const entry of inOrder(names, view.rowsInOrder, indexed)) {
    const block = blockOf(entry);
    block.now.push(entry);
    if (memory.indexed[names.rowOf(entry)] !== 1) block.moved.push(opening(entry));
  }
  for (const entry of inOrder(names, memory.rowsInOrder, memory.indexed)) {
    const block = blockOf(entry);
    block.before.push(entry);
    if (indexed[names.rowOf(entry)] !== 1) block.moved.push(opening(entry));
  }
  return Array.from(members.values(), ({ language, place, now, before, moved }) => {
    const index = new SoundIndex(names, now);
    // Most blocks of a first grouping were nothing before, most of a later one are as they were.
    const indexBefore = moved.length === 0 ? index : new SoundIndex(names, before);
    return { language, place, now: index, before: indexBefore, moved: Int32Array.from(moved).toSorted() };
  });
}

/** Entries of the rows that take part, in the order of the rows. */
function inOrder(names: SoundedNames, rows: Int32Array, indexed: Uint8Array): number[] {
  const ranks = new Int32Array(indexed.length);
  rows.forEach((row, rank) => {
    ranks[row] = rank;
  });
  const order = new Float64Array(names.size);
  let used = 0;
  for (let entry = 0; entry < names.size; entry++) {
    const row = names.rowOf(entry);
    if (indexed[row] === 1) order[used++] = (ranks[row] ?? 0) * names.size + entry;
  }
  return Array.from(order.subarray(0, used).toSorted(), (packed) => packed % names.size);
}
