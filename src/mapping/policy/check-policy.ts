// Finds what a well-formed policy gets wrong: numbers that contradict each other, tiers nobody can reach.
import { findRow, listCells, matchesRow } from '#domain/tier/decision-table.ts';
import type { Policy } from '#domain/tier/policy.ts';
import { RANKED_TIERS } from '#domain/tier/tier.ts';
import { checkReach } from './check-reach.ts';
import { type Contradiction, checkSum } from './contradiction.ts';

export function checkPolicy(policy: Policy): readonly Contradiction[] {
  return [
    ...checkWeights(policy),
    ...checkGaps(policy),
    ...checkBands(policy),
    ...checkReach(policy),
    ...checkOrders(policy),
    ...checkSizes(policy),
    ...checkTable(policy),
  ];
}

function checkWeights(policy: Policy): readonly Contradiction[] {
  const { weights } = policy.fit;
  const { fit, intent, engagement } = policy.priority;
  return [
    ...Object.entries(weights).flatMap(([template, byCriterion]) =>
      checkSum(`fit.weights.${template}`, Object.values(byCriterion), 100),
    ),
    ...checkSum('priority', [fit, intent, engagement], 1),
  ];
}

/** Whatever switches on must not switch off above the point at which it went on. */
function checkGaps(policy: Policy): readonly Contradiction[] {
  const gaps = {
    'fit.strong': policy.fit.strong,
    'fit.high': policy.fit.high,
    intent: policy.intent,
    'engagement.threshold': policy.engagement.threshold,
  };
  return Object.entries(gaps)
    .filter(([, gap]) => gap.stay > gap.enter)
    .map(([path, gap]) => ({
      path: `${path}.stay`,
      read: `${gap.stay}, above enter ${gap.enter}`,
      wanted: `${gap.enter} or less`,
    }));
}

function checkBands(policy: Policy): readonly Contradiction[] {
  const { strong, high, mediumFrom } = policy.fit;
  const { bands, bandGap } = policy.value;
  const problems: Contradiction[] = [];
  const overlap = (path: string, read: number, from: number, of: string) => {
    problems.push({ path, read: `${read}, which overlaps ${of}`, wanted: `more than ${from}` });
  };
  if (strong.enter <= high.enter) overlap('fit.strong.enter', strong.enter, high.enter, 'fit.high.enter');
  if (strong.stay < high.stay) overlap('fit.strong.stay', strong.stay, high.stay, 'fit.high.stay');
  if (high.stay < mediumFrom) overlap('fit.high.stay', high.stay, mediumFrom, 'fit.mediumFrom');
  if (bands.large <= bands.medium) {
    overlap('value.bands.large', bands.large, bands.medium, 'value.bands.medium');
  } else if (bands.large * (1 - bandGap) <= bands.medium * (1 + bandGap)) {
    problems.push({
      path: 'value.bandGap',
      read: `${bandGap}, with which the edges of large and medium overlap`,
      wanted: 'a smaller gap, or bands further apart',
    });
  }
  return problems;
}

function checkOrders(policy: Policy): readonly Contradiction[] {
  const { ownCuts } = policy.value;
  const { cohort, informationValue } = policy.learning;
  const { defaultDays, maximumDays } = policy.override;
  return [
    ...ascending('value.ownCuts', [ownCuts.medium, ownCuts.large], 'medium below large'),
    ...ascending('ratings.successFrom', policy.ratings.successFrom, 'ascending fits'),
    ...ascending('learning.informationValue', informationValue, 'ascending values'),
    ...ascending('learning.cohort', [cohort.suggestFrom, cohort.learnFrom], 'suggestFrom below learnFrom'),
    ...ascending('value.peerSizes', policy.value.peerSizes, 'ascending sizes'),
    ...(defaultDays > maximumDays
      ? [
          {
            path: 'override.defaultDays',
            read: `${defaultDays}, above maximumDays`,
            wanted: `${maximumDays} or less`,
          },
        ]
      : []),
  ];
}

function ascending(path: string, numbers: readonly number[], wanted: string): readonly Contradiction[] {
  const isAscending = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
  return isAscending ? [] : [{ path, read: numbers.join(', '), wanted }];
}

function checkSizes(policy: Policy): readonly Contradiction[] {
  const ends = policy.engagement.sizes.map(({ below }) => below ?? Number.POSITIVE_INFINITY);
  const closed = ends.at(-1) !== Number.POSITIVE_INFINITY;
  const path = 'engagement.sizes';
  if (closed)
    return [{ path, read: `no size from ${ends.at(-1)} up`, wanted: 'a last size with `below: null`' }];
  return ascending(path, ends, 'sizes with ascending `below`, the last `null`');
}

/** A hole would leave an account without an answer; a row or tier that is never reached is a slip of the pen. */
function checkTable(policy: Policy): readonly Contradiction[] {
  const { table } = policy;
  const cells = listCells();
  const decided = cells.map((cell) => findRow(table, cell));
  const hole = cells[decided.indexOf(null)];
  const problems: Contradiction[] = [];
  if (hole !== undefined) {
    problems.push({
      path: 'table',
      read: `no row for fit ${hole.fit}, acv ${hole.acv}, intent ${hole.intent}, engaged ${hole.engaged}`,
      wanted: 'a row for every situation; a last one with `any` everywhere catches the rest',
    });
  }
  for (const [index, row] of table.entries()) {
    if (decided.includes(row)) continue;
    const rivals = table
      .slice(0, index)
      .filter((other) => cells.some((cell) => matchesRow(row, cell) && matchesRow(other, cell)));
    problems.push({
      path: `table[${index}]`,
      read: `${row.reason}, which is never reached: ${rivals.map(({ reason }) => reason).join(', ')} come first`,
      wanted: 'another order, or other conditions',
    });
  }
  for (const tier of RANKED_TIERS) {
    const vetoes = policy.veto.able || policy.veto.success;
    const isReached =
      decided.some((row) => row?.tier === tier) ||
      (vetoes && decided.some((row) => row?.tier === policy.veto.from) && policy.veto.to === tier);
    if (!isReached)
      problems.push({
        path: 'table',
        read: `no row gives ${tier}`,
        wanted: `at least one row with tier ${tier}`,
      });
  }
  if (RANKED_TIERS.indexOf(policy.veto.to) <= RANKED_TIERS.indexOf(policy.veto.from)) {
    problems.push({ path: 'veto.to', read: policy.veto.to, wanted: `a tier below ${policy.veto.from}` });
  }
  return problems;
}
