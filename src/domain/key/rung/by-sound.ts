// Last rung: one name in Latin letters and one in kana, Hangul or Han that sound alike, words of business translated.
// Decides only when each is clearly the other's best and nothing speaks for two countries.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import { Proposals } from '../group/proposals.ts';
import type { KeyRules } from '../key-rules.ts';
import { type NameScript, scriptOf } from '../name/name-script.ts';
import { encodeSound, type Saying, skeletonOf, soundDistance, soundWeight } from '../sound/align-sound.ts';
import { hanSound } from '../sound/han-sound.ts';
import { hangulSound } from '../sound/hangul-sound.ts';
import { kanaSound } from '../sound/kana-sound.ts';
import { type KanjiReadings, readKanji } from '../sound/kanji-readings.ts';
import { latinSound } from '../sound/latin-sound.ts';
import { type Lexicon, type LexiconEnding, type SoundLanguage } from '../sound/lexicon.ts';
import { sayWords, wordOrders } from '../sound/sayings.ts';
import { SoundIndex } from '../sound/sound-index.ts';

/** Likeness from 0 to 1; `margin` is how far the second best has to be behind. Short names are alike by chance. */
const bars = {
  long: 0.78,
  middle: 0.86,
  short: 0.92,
  mandarin: 0.9,
  unlocated: 0.9,
  margin: 0.08,
  sure: 0.93,
} as const;
/** Consonants and a third of the vowels: below these a name is short, or of middle length. */
const weights = { least: 2, short: 3, middle: 4.5 } as const;
const lookUps = {
  located: { shortest: 2, blockCap: 64, mostCandidates: 320 },
  unlocated: { shortest: 4, blockCap: 16, mostCandidates: 32 },
} as const;
const longestOpening = 6;
const mostOpenings = 24;
/** A name that ends in a word of business is known without it, whatever the word. */
const leaveEndingPrice = 0.4;

interface Match {
  readonly likeness: number;
  /** Above the bar for a name of its length. */
  readonly isEnough: boolean;
  /** The Latin name has no country: only a long and close likeness counts. */
  readonly isUnlocated: boolean;
  readonly latin: number;
  readonly other: number;
}

/** Names of one language in one country. */
interface Block {
  readonly language: SoundLanguage;
  readonly place: number;
  readonly names: SoundIndex;
}

const languageOfScript: Readonly<Partial<Record<NameScript, SoundLanguage>>> = {
  kana: 'ja',
  hangul: 'ko',
  han: 'zh',
};
const latinBit = 1;
const languageBits: Readonly<Record<SoundLanguage, number>> = { ja: 2, ko: 4, zh: 8 };

export function groupBySound(
  view: AccountView,
  grouping: AccountGrouping,
  { lexicon, kanjiReadings }: KeyRules,
): void {
  const scripts = scriptsOfCompanies(view, grouping);
  const scriptsOf = (rank: number) => scripts[grouping.companies.find(rank)] ?? 0;
  // A company that has its name in both scripts already needs no guess.
  const blocks = collectBlocks(view, (rank) => (scriptsOf(rank) & latinBit) === 0, lexicon, kanjiReadings);
  if (blocks.length === 0) return;
  const matches: Match[] = [];
  for (let rank = 0; rank < view.count; rank++) {
    const here = view.placeOf(rank);
    const wanted = blocks.filter(
      ({ language, place }) =>
        (here < 0 ? language !== 'zh' : place === here) && (scriptsOf(rank) & languageBits[language]) === 0,
    );
    if (wanted.length === 0) continue;
    for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
      const name = view.columns.nameTable.textOf(view.nameOfUse(use));
      if (!/^[a-z\d ]+$/u.test(name)) continue;
      for (const block of wanted) collectMatches(rank, name, block, lexicon, here < 0, matches);
    }
  }
  for (const { names } of blocks) grouping.omissions.overfullBlocks += names.overfullBlocks;
  proposeMutualBest(grouping, matches);
}

/** Bits of the scripts in which a company has names, by its root. */
function scriptsOfCompanies(view: AccountView, grouping: AccountGrouping): Uint8Array {
  const scripts = new Uint8Array(view.count);
  for (let rank = 0; rank < view.count; rank++) {
    const root = grouping.companies.find(rank);
    for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
      const script = scriptOf(view.columns.coreTable.textOf(view.coreOfUse(use)));
      const language = languageOfScript[script];
      scripts[root] =
        (scripts[root] ?? 0) |
        (script === 'latin' ? latinBit : language === undefined ? 0 : languageBits[language]);
    }
  }
  return scripts;
}

function collectBlocks(
  view: AccountView,
  isWanted: (rank: number) => boolean,
  lexicon: Lexicon,
  readings: KanjiReadings,
): Block[] {
  const blocks = new Map<string, Block>();
  const japan = view.columns.countryTable.find('JP');
  for (let rank = 0; rank < view.count; rank++) {
    const place = view.placeOf(rank);
    if (place < 0 || !isWanted(rank)) continue;
    for (let use = view.firstUse(rank); use < view.lastUse(rank); use++) {
      const written = view.columns.coreTable.textOf(view.coreOfUse(use));
      const core = place === japan ? (readKanji(written, readings) ?? written) : written;
      const language = languageOfScript[scriptOf(core)];
      if (language === undefined || (language === 'zh' && place === japan)) continue;
      const block = blocks.get(`${language} ${place}`) ?? { language, place, names: new SoundIndex() };
      blocks.set(`${language} ${place}`, block);
      for (const { text, cost } of withoutEnding(soundOf(core, language), lexicon.endings[language])) {
        const sound = encodeSound(text);
        const weight = soundWeight(sound);
        if (weight >= weights.least) block.names.add({ rank, sound, weight, cost });
      }
    }
  }
  return [...blocks.values()];
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

function collectMatches(
  rank: number,
  name: string,
  { language, names }: Block,
  lexicon: Lexicon,
  isUnlocated: boolean,
  matches: Match[],
): void {
  for (const words of wordOrders(name.split(' '))) {
    const sayings = sayWords(words, language, lexicon);
    const best = new Map<number, Match>();
    const heaviest = heaviestSaying(sayings, words.length);
    const lookUp = isUnlocated ? lookUps.unlocated : lookUps.located;
    for (const entry of names.find(openings(sayings, words.length), lookUp)) {
      const { rank: other, sound, weight, cost } = names.nameAt(entry);
      if (isUnlocated && weight < weights.middle) continue;
      const bar = barOf(weight, language, isUnlocated);
      const limit = weight * (1 - bar + bars.margin);
      if (weight - heaviest > limit) continue;
      const likeness = 1 - (soundDistance(sound, sayings, words.length, limit) + cost) / weight;
      if (likeness <= (best.get(other)?.likeness ?? bar - bars.margin)) continue;
      best.set(other, { likeness, isEnough: likeness >= bar, isUnlocated, latin: rank, other });
    }
    matches.push(...best.values());
  }
}

function barOf(weight: number, language: SoundLanguage, isUnlocated: boolean): number {
  const bar = weight < weights.short ? bars.short : weight < weights.middle ? bars.middle : bars.long;
  return Math.max(bar, language === 'zh' ? bars.mandarin : 0, isUnlocated ? bars.unlocated : 0);
}

/** The most that the words can say: a much longer name needs no alignment. */
function heaviestSaying(sayings: readonly Saying[], wordCount: number): number {
  const heaviest = new Float64Array(wordCount + 1).fill(Number.NEGATIVE_INFINITY);
  heaviest[0] = 0;
  for (const { from, to, sound } of sayings) {
    heaviest[to] = Math.max(heaviest[to] ?? 0, (heaviest[from] ?? 0) + soundWeight(sound));
  }
  return heaviest[wordCount] ?? 0;
}

/** How the name may begin, as skeletons of a few consonants; the way it is written comes first. */
function openings(sayings: readonly Saying[], wordCount: number): Set<string> {
  const byStart: Saying[][] = Array.from({ length: wordCount }, () => []);
  for (const saying of sayings) byStart[saying.from]?.push(saying);
  const found = new Set<string>();
  const extend = (at: number, skeleton: string) => {
    if (found.size > mostOpenings) return;
    if (skeleton.length >= longestOpening || at >= wordCount) {
      if (skeleton !== '') found.add(skeleton.slice(0, longestOpening));
      return;
    }
    for (const saying of byStart[at] ?? []) extend(saying.to, skeleton + skeletonOf(saying.sound));
  };
  extend(0, '');
  return found;
}

interface Best {
  likeness: number;
  /** Root of the best, and the likeness of the best one that is another company. */
  root: number;
  second: number;
}

function proposeMutualBest(grouping: AccountGrouping, matches: readonly Match[]): void {
  const { companies } = grouping;
  const bestForLatin = new Map<number, Best>();
  const bestForOther = new Map<number, Best>();
  for (const { likeness, latin, other } of matches) {
    keepBest(bestForLatin, companies.find(latin), companies.find(other), likeness);
    keepBest(bestForOther, companies.find(other), companies.find(latin), likeness);
  }
  const withCountry = grouping.evidenceNumber('name-sound+country');
  const alone = grouping.evidenceNumber('name-sound');
  const proposals = new Proposals();
  for (const { likeness, isEnough, isUnlocated, latin, other } of matches) {
    const one = bestForLatin.get(companies.find(latin));
    const two = bestForOther.get(companies.find(other));
    if (one === undefined || two === undefined || !isEnough) continue;
    if (one.root !== companies.find(other) || two.root !== companies.find(latin)) continue;
    if (!isAhead(likeness, one.second) || !isAhead(likeness, two.second))
      grouping.askForReview(latin, other, 'several_candidates');
    else if (isUnlocated) proposals.add(latin, other, 0.82, alone);
    else proposals.add(latin, other, likeness >= bars.sure ? 0.9 : 0.84, withCountry);
  }
  grouping.apply(proposals, (a, b) => companies.countriesClash(a, b) || companies.domainsClash(a, b));
}

function keepBest(best: Map<number, Best>, mine: number, root: number, likeness: number): void {
  const known = best.get(mine);
  if (known === undefined) best.set(mine, { likeness, root, second: 0 });
  else if (known.root === root) known.likeness = Math.max(known.likeness, likeness);
  else if (likeness > known.likeness) best.set(mine, { likeness, root, second: known.likeness });
  else known.second = Math.max(known.second, likeness);
}

/** The nearer the best is, the nearer the second may be. */
function isAhead(best: number, second: number): boolean {
  return 1 - second >= Math.max(bars.margin / 2, (1 - best) * 1.6);
}
