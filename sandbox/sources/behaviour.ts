// How a company behaves in the market this quarter: does it research the topics, does it talk to us.
// The shares are set so that every tier occurs in a share a sales team would recognise.
import type { Random } from '#sandbox/world/random.ts';

export interface Behaviour {
  /** Looks the topics up elsewhere: third-party intent. */
  readonly isResearching: boolean;
  /** Several people deal with us: first-party engagement. */
  readonly isEngaged: boolean;
  /** Somebody asked for a demo or a trial in the last four weeks. */
  readonly hasAskedForDemo: boolean;
}

export interface Leaning {
  readonly isCore: boolean;
  readonly employees: number;
  readonly hasOpenDeal: boolean;
}

const KINDS = {
  both: { isResearching: true, isEngaged: true },
  researching: { isResearching: true, isEngaged: false },
  engaged: { isResearching: false, isEngaged: true },
  quiet: { isResearching: false, isEngaged: false },
} as const;

export const chooseBehaviour = (random: Random, { isCore, employees, hasOpenDeal }: Leaning): Behaviour => {
  // Open deals make companies talk; those that resemble our customers come to us by themselves.
  const talkative = hasOpenDeal ? 3.5 : 1;
  const [both, researching, engaged, quiet] = !isCore
    ? ([2, 10, 3, 85] as const)
    : employees < 500
      ? ([10, 20, 5, 62] as const)
      : ([30, 20, 8, 42] as const);
  const kind = random.weighted<keyof typeof KINDS>([
    ['both', both * talkative],
    ['researching', researching],
    ['engaged', engaged * talkative],
    ['quiet', quiet],
  ]);
  return { ...KINDS[kind], hasAskedForDemo: random.chance(isCore ? 0.035 : 0.012) };
};
