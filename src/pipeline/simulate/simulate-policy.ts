// What another policy or profile would move, over the companies in the store as of the last run. Calls no CRM and writes nothing.
// Both sides are where companies settle: the same rules move nobody.
import { textOf } from '#domain/record/text-of.ts';
import type { Hold } from '#domain/tier/advance-tier.ts';
import { applyCapacity, type CapacityCandidate } from '#domain/tier/apply-capacity.ts';
import { isBetter, type Tier } from '#domain/tier/tier.ts';
import { UsageError } from '#errors/errors.ts';
import { prepareScoring, type Scoring } from '../score/scoring.ts';
import type { Rules, Session } from '../session.ts';
import { storedSources } from '../stored-sources.ts';
import { createMovementTally, type MovementTally } from './movement-tally.ts';
import { type SettledCompany, settleCompany } from './settle-company.ts';

export interface Mover {
  readonly companyKey: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly from: Tier;
  readonly to: Tier;
  readonly reasonsBefore: readonly string[];
  readonly reasonsAfter: readonly string[];
  /** What would keep the next nightly run from showing it. */
  readonly hold: Hold | null;
}

export interface Simulation {
  readonly run: string;
  readonly asOf: string;
  readonly tally: MovementTally;
  /** Tiered companies whose tier the next nightly run would change, and whether that run would be held for approval. */
  readonly nextNight: { readonly changing: number; readonly share: number; readonly held: boolean };
  /** Fields that the new profile reads and no company has. */
  readonly unknownFields: readonly string[];
}

/** `onMover` hears of each company that moves, in the order of their keys, those that claim limited tiers last. */
export async function simulatePolicy(
  session: Session,
  rules: Rules,
  onMover: (mover: Mover) => Promise<void>,
): Promise<Simulation> {
  const last = await session.store.runs.lastApplied();
  if (last === null) {
    throw new UsageError('Nothing has been tiered yet', { next: 'Run `tierline sync` first.' });
  }
  const sources = await storedSources(session);
  const before = await prepareScoring(session, last.asOf, sources);
  const after = await prepareScoring({ ...session, rules }, last.asOf, sources);
  const tally = createMovementTally();
  const night = { tiered: 0, changing: 0 };
  const seen = new Set<string>();
  const note = async (pair: Pair) => {
    tally.add(pair.mover);
    if (pair.mover.from !== pair.mover.to) await onMover(pair.mover);
  };
  const waiting: Pair[] = [];
  let done = 0;
  for await (const dossier of session.store.dossiers.stream()) {
    session.signal.throwIfAborted();
    const sides = [settleCompany(dossier, before), settleCompany(dossier, after)] as const;
    if (sides[0] === null || sides[1] === null) continue;
    for (const field of sides[1].judged.score.values.keys()) seen.add(field);
    if (sides[1].judged.before.tier !== null) night.tiered += 1;
    if (sides[1].changesNextNight) night.changing += 1;
    const pair = pairOf(sides[0], sides[1]);
    // Who gets a limited tier is known once everybody has asked.
    if (pair.before === null && pair.after === null) await note(pair);
    else waiting.push(pair);
    done += 1;
    session.progress.report('simulate', done, null);
  }
  for (const pair of placed(waiting, before, after)) await note(pair);
  const share = night.tiered === 0 ? 0 : night.changing / night.tiered;
  const { breaker } = after.policy;
  return {
    run: last.id,
    asOf: last.asOf,
    tally,
    nextNight: {
      changing: night.changing,
      share,
      held: night.tiered >= breaker.fromAccounts && share > breaker.changingShare,
    },
    unknownFields: rules.icp.criteria.map(({ field }) => field).filter((field) => !seen.has(field)),
  };
}

/** A company with its claims by either policy: little enough to keep for all that claim. */
interface Pair {
  readonly mover: Mover;
  readonly before: CapacityCandidate | null;
  readonly after: CapacityCandidate | null;
}

function pairOf(before: SettledCompany, after: SettledCompany): Pair {
  const { companyKey, score } = after.judged;
  const owner = textOf(score.lead.fields, 'ownerId');
  return {
    mover: {
      companyKey,
      name: textOf(score.lead.fields, 'name'),
      owner: owner === null ? null : `${score.lead.connection}:${owner}`,
      from: before.tier,
      to: after.tier,
      reasonsBefore: before.reasons,
      reasonsAfter: after.reasons,
      hold: after.hold,
    },
    before: before.claim,
    after: after.claim,
  };
}

function placed(pairs: readonly Pair[], before: Scoring, after: Scoring): readonly Pair[] {
  const sides = (['before', 'after'] as const).map((side) => {
    const { capacity } = (side === 'before' ? before : after).policy;
    const claims = pairs.flatMap((pair) => pair[side] ?? []);
    return applyCapacity(claims, capacity).places;
  });
  const at = (index: number, key: string, tier: Tier, reasons: readonly string[]) => {
    const place = sides[index]?.get(key);
    return place === undefined || place.tier === tier
      ? { tier, reasons }
      : { tier: place.tier, reasons: [...reasons, 'CAPACITY'] };
  };
  return pairs.map((pair) => {
    const { companyKey, from, to, reasonsBefore, reasonsAfter, hold } = pair.mover;
    const was = at(0, companyKey, from, reasonsBefore);
    const becomes = at(1, companyKey, to, reasonsAfter);
    // A place is given up on a publish day, whatever the tier underneath does.
    const losesPlace = becomes.tier !== to && isBetter(was.tier, becomes.tier);
    return {
      ...pair,
      mover: {
        ...pair.mover,
        from: was.tier,
        to: becomes.tier,
        reasonsBefore: was.reasons,
        reasonsAfter: becomes.reasons,
        hold: hold ?? (losesPlace ? 'AWAITING_PUBLISH' : null),
      },
    };
  });
}
