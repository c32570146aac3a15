import { describe, expect, it } from 'vitest';
import { type KnownDay, replayTier } from '#domain/tier/replay-tier.ts';
import { promotionWaits } from '#domain/tier/what-if/promotion-waits.ts';
import { anAccount, anEvent, SURGING, shippedPolicy, TWO_ENGAGED } from '../account.ts';

const known = (day: number, changes: Partial<ReturnType<typeof anAccount>> = {}): KnownDay => {
  const facts = anAccount(changes);
  return { day, facts, openOpportunity: false, override: null };
};

describe('what a computed tier still waits for', () => {
  it('is one more night after the first that computed it, and nothing after that', () => {
    const warm = { topics: SURGING, events: TWO_ENGAGED };
    const steps = replayTier([known(20_000), known(20_001, warm), known(20_002, warm)], shippedPolicy);
    const waits = steps.map(({ hold, state }, index) =>
      promotionWaits(hold, state, 20_000 + index, shippedPolicy),
    );
    expect(waits).toEqual([null, { kind: 'nights', nights: 1 }, null]);
  });

  it('is the day on which the freeze ends: the change is made then, and not the day before', () => {
    const out = known(0, { excluded: 'competitor' });
    const days = [0, 10, 20, 30].map((day) => ({ ...(day % 20 === 0 ? known(0) : out), day }));
    const asking = (day: number) =>
      known(day, { topics: SURGING, events: [anEvent('demo_request', 0, 'Ines', 'user')] });
    const backIn = { ...known(0), day: 40 };
    const frozen = replayTier([...days, backIn, asking(50)], shippedPolicy).at(-1);
    expect(frozen?.hold).toBe('FROZEN');
    const wait = frozen === undefined ? null : promotionWaits(frozen.hold, frozen.state, 50, shippedPolicy);
    expect(wait).toMatchObject({ kind: 'freeze_ends' });
    const on = wait?.kind === 'freeze_ends' ? wait.on : 0;
    const tiers = [on - 1, on].map(
      (day) => replayTier([...days, backIn, asking(50), asking(day)], shippedPolicy).at(-1)?.tier,
    );
    expect(tiers).toEqual(['Tier 3', 'Tier 1']);
  });
});
