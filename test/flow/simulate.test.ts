// Another policy tried on what the store holds: the same moves nobody, another moves whom it should, and nothing is written.
import { beforeAll, describe, expect, it } from 'vitest';
import { hashPolicy, parsePolicy } from '#mapping/policy/load-policy.ts';
import { type Mover, simulatePolicy } from '#pipeline/simulate/simulate-policy.ts';
import { castMarket } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { changedSince, takeSnapshot } from './snapshot.ts';

const cast = castMarket(AS_OF, [
  { name: 'Abalone', plays: 'tier_1', company: { owner: 0 } },
  { name: 'Bergamot', plays: 'tier_1', company: { owner: 0 } },
  { name: 'Cobaltine', plays: 'tier_2', company: { owner: 1 } },
  { name: 'Dovetail', plays: 'tier_3' },
  { name: 'Elderwick', plays: 'not_tiered' },
  // Of medium value as long as nothing is known, and without a deal that would keep its place.
  { name: 'Foxglove', plays: 'tier_2', company: { owner: 1, deals: [] } },
]);
let flow: Flow;

beforeAll(async () => {
  flow = await startFlow(cast);
  await flow.sync();
});

async function simulate(policyText: string) {
  return flow.withSession(async (session) => {
    const policy = parsePolicy(policyText, 'other.yaml');
    const movers: Mover[] = [];
    const rules = { ...session.rules, policy, policyHash: hashPolicy(policy) };
    const simulation = await simulatePolicy(session, rules, (mover) => {
      movers.push(mover);
      return Promise.resolve();
    });
    return { ...simulation, movers };
  });
}

describe('a simulated policy', () => {
  it('that is the same moves nobody (invariant T22)', async () => {
    const { tally, movers, nextNight } = await simulate('');
    expect(movers).toEqual([]);
    expect([tally.companies(), tally.moved()]).toEqual([6, 0]);
    expect(tally.before()).toEqual(tally.after());
    expect(tally.before()).toMatchObject({ 'Tier 1': 2, 'Tier 2': 2, 'Tier 3': 1, 'Not tiered': 1 });
    expect(nextNight).toMatchObject({ changing: 0, held: false });
  });

  it('says who moves, why, what holds it, and what that costs', async () => {
    // Nothing is large any more: who was Tier 1 has a medium deal.
    const { tally, movers } = await simulate('value: { bands: { large: 5000000, medium: 25000 } }');
    const moves = movers.map(({ name, from, to }) => `${name}: ${from} → ${to}`);
    expect(moves.toSorted()).toEqual(['Abalone: Tier 1 → Tier 2', 'Bergamot: Tier 1 → Tier 2']);
    expect(movers[0]).toMatchObject({
      reasonsBefore: ['GOLDILOCKS_JUST_RIGHT'],
      reasonsAfter: ['INTENT_ENGAGED_MEDIUM_ACV'],
      hold: 'PIPELINE_LOCK',
    });
    expect(tally.movements()).toEqual([{ from: 'Tier 1', to: 'Tier 2', companies: 2 }]);
    expect(tally.holds()).toEqual({ PIPELINE_LOCK: 2 });
    const [owner] = tally.owners();
    expect(owner).toMatchObject({ before: { 'Tier 1': 2 }, after: { 'Tier 1': 0, 'Tier 2': 2 } });
    const programs = await flow.withSession(({ rules }) => Promise.resolve(rules.programs));
    const [tier1] = tally.costs(programs);
    expect(tier1?.each).toBeGreaterThan(0);
    expect(tier1).toMatchObject({ before: 2 * (tier1?.each ?? 0), after: 0 });
  });

  it('with limits of capacity gives places as syncs would in the end: an open deal keeps its own', async () => {
    const { movers, tally } = await simulate('capacity: { enabled: true, perRep: { Tier 1: 1, Tier 2: 1 } }');
    expect(movers).toMatchObject([
      {
        name: 'Foxglove',
        from: 'Tier 2',
        to: 'Tier 3',
        reasonsAfter: ['INTENT_NOT_ENGAGED', 'CAPACITY'],
        hold: 'AWAITING_PUBLISH',
      },
    ]);
    expect(tally.after()).toMatchObject({ 'Tier 1': 2, 'Tier 2': 1, 'Tier 3': 2 });
  });

  it('settles where a first sync with that policy does, and neither writes nor calls', async () => {
    const text = 'intent: { enter: 99, stay: 99 }\nvalue: { bands: { large: 140000, medium: 70000 } }';
    const before = takeSnapshot(flow);
    const runs = () => flow.withSession(({ store }) => store.runs.list(10));
    const runsBefore = await runs();
    let after: Readonly<Record<string, number>> = {};
    const calls = await flow.callsDuring(async () => {
      after = (await simulate(text)).tally.after();
    });
    expect([calls.sf, calls.hs]).toEqual([[], []]);
    expect(changedSince(before, flow)).toEqual([]);
    expect(await runs()).toEqual(runsBefore);

    const other = await startFlow({ ...cast, mappings: { 'policy.yaml': text } });
    const { tiers } = (await other.sync()).of('sf');
    expect(after).toEqual(tiers);
    expect(after).toMatchObject({ 'Tier 1': 0, 'Tier 2': 2, 'Tier 3': 3 });
  });
});
