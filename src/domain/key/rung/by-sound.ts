// Last rung: one name in Latin letters and one in kana, Hangul or Han that sound alike, words of business translated.
// Decides only when each is clearly the other's best and nothing speaks for two countries.
import type { AccountGrouping } from '../group/account-grouping.ts';
import type { AccountView } from '../group/account-view.ts';
import { mostAccounts, Proposals } from '../group/proposals.ts';
import type { KeyRules } from '../key-rules.ts';
import type { SoundMatch, SoundMemory } from '../sound/sound-memory.ts';
import { compareSounds } from './compare-sounds.ts';
import { collectSoundBlocks } from './sound-blocks.ts';

/** Likeness from 0 to 1; `margin` is how far the second best has to be behind. */
const bars = { margin: 0.08, sure: 0.93 } as const;

/** `memory` is of an earlier grouping of the same columns, and is brought up to this one. */
export function groupBySound(
  view: AccountView,
  grouping: AccountGrouping,
  rules: KeyRules,
  memory: SoundMemory,
): void {
  const found = compareSounds(view, collectSoundBlocks(view, grouping, rules, memory), rules.lexicon, memory);
  grouping.omissions.overfullBlocks += found.overfull;
  proposeMutualBest(view, grouping, inOrder(view, found.matches));
}

/** By ranks, whatever the order they were found in: of two that are equally near, the first stands for both. */
function inOrder(view: AccountView, matches: readonly SoundMatch[]): SoundMatch[] {
  return matches
    .map((match) => ({
      match,
      pair: view.rankOfRow(match.latin) * mostAccounts + view.rankOfRow(match.other),
    }))
    .toSorted(
      (a, b) =>
        a.pair - b.pair ||
        b.match.likeness - a.match.likeness ||
        Number(b.match.isEnough) - Number(a.match.isEnough),
    )
    .map(({ match }) => match);
}

interface Best {
  likeness: number;
  /** Root of the best, and the likeness of the best one that is another company. */
  root: number;
  second: number;
}

function proposeMutualBest(
  view: AccountView,
  grouping: AccountGrouping,
  matches: readonly SoundMatch[],
): void {
  const { companies } = grouping;
  const bestForLatin = new Map<number, Best>();
  const bestForOther = new Map<number, Best>();
  for (const { likeness, latin, other } of matches) {
    const latinRoot = companies.find(view.rankOfRow(latin));
    const otherRoot = companies.find(view.rankOfRow(other));
    keepBest(bestForLatin, latinRoot, otherRoot, likeness);
    keepBest(bestForOther, otherRoot, latinRoot, likeness);
  }
  const withCountry = grouping.evidenceNumber('name-sound+country');
  const alone = grouping.evidenceNumber('name-sound');
  const proposals = new Proposals();
  for (const { likeness, isEnough, latin: latinRow, other: otherRow } of matches) {
    const latin = view.rankOfRow(latinRow);
    const other = view.rankOfRow(otherRow);
    const one = bestForLatin.get(companies.find(latin));
    const two = bestForOther.get(companies.find(other));
    if (one === undefined || two === undefined || !isEnough) continue;
    if (one.root !== companies.find(other) || two.root !== companies.find(latin)) continue;
    if (!isAhead(likeness, one.second) || !isAhead(likeness, two.second))
      grouping.askForReview(latin, other, 'several_candidates');
    else if (view.placeOf(latin) < 0) proposals.add(latin, other, 0.82, alone);
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
