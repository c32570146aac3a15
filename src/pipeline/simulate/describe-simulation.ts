// A simulation as one document: what `tiers simulate --json` prints and the API answers.
import type { Policy } from '#domain/tier/policy.ts';
import type { Rules, Session } from '../session.ts';
import type { MenuCosts, Movement, OwnerLoads, TierCounts } from './movement-tally.ts';
import type { Mover, Simulation } from './simulate-policy.ts';

interface NamedPolicy {
  readonly version: string;
  readonly hash: string;
}

export interface SimulationDocument {
  readonly schema: 'tierline.tiers.simulate/1';
  readonly run: string;
  readonly asOf: string;
  readonly policy: { readonly before: NamedPolicy; readonly after: NamedPolicy };
  readonly companies: number;
  readonly moved: number;
  readonly tiers: { readonly before: TierCounts; readonly after: TierCounts };
  readonly movements: readonly Movement[];
  readonly holds: Readonly<Record<string, number>>;
  readonly nextNight: Simulation['nextNight'];
  readonly owners: readonly OwnerLoads[];
  readonly capacity: { readonly before: Policy['capacity']; readonly after: Policy['capacity'] };
  readonly cost: { readonly currency: string; readonly perQuarter: readonly MenuCosts[] };
  readonly unknownFields: readonly string[];
  /** The first ones; `moved` counts all. */
  readonly movers: readonly Mover[];
}

export function describeSimulation(
  { rules: before, settings }: Pick<Session, 'rules' | 'settings'>,
  after: Rules,
  simulation: Simulation,
  movers: readonly Mover[],
): SimulationDocument {
  const { run, asOf, tally, nextNight, unknownFields } = simulation;
  return {
    schema: 'tierline.tiers.simulate/1',
    run,
    asOf,
    policy: { before: nameOf(before), after: nameOf(after) },
    companies: tally.companies(),
    moved: tally.moved(),
    tiers: { before: tally.before(), after: tally.after() },
    movements: tally.movements(),
    holds: tally.holds(),
    nextNight,
    owners: tally.owners(),
    capacity: { before: before.policy.capacity, after: after.policy.capacity },
    cost: { currency: settings.currency, perQuarter: tally.costs(after.programs) },
    unknownFields,
    movers,
  };
}

function nameOf({ policy, policyHash }: Rules): NamedPolicy {
  return { version: policy.version, hash: policyHash };
}
