// The proposal file: a learnt profile in the very format of mappings/icp.yaml, with the evidence as comments.
import type { Icp } from '#domain/fit/icp.ts';
import type { LearningPolicy } from '#domain/fit/learn/learning-policy.ts';
import type { ProposedRules } from '#domain/fit/learn/propose-rules.ts';
import type { WeighedCriterion } from '#domain/fit/learn/weigh-criteria.ts';
import { describeCriterion, describeTested } from './describe-evidence.ts';
import { writeIcp } from './write-icp.ts';

export interface ProposalFacts {
  readonly proposal: Icp;
  readonly icp: Icp;
  readonly asOf: string;
  readonly learning: LearningPolicy;
  readonly cohorts: { readonly proven: number; readonly lost: number };
  readonly criteria: readonly WeighedCriterion[];
  readonly rules: ProposedRules;
}

const RARE_SHOWN = 10;
const WITHOUT_WEIGHT =
  'Nothing proves it, so it weighs nothing. It stays because a source has its column: without it that column would be unknown.';

export function writeProposal(facts: ProposalFacts): string {
  const { proposal, icp, asOf, learning, cohorts, criteria, rules } = facts;
  const gone = icp.criteria.filter(({ name }) => !proposal.criteria.some((kept) => kept.name === name));
  const asked = criteria.filter(({ verdict }) => verdict === 'question');
  return writeIcp(proposal, {
    head: [
      `An ideal customer profile learnt from your own customers, as of ${asOf.slice(0, 10)}.`,
      'Read it, change what you know better, then put it in force: tierline icp accept THIS-FILE',
      `${cohorts.proven} best customers (${learning.cycles.needed} or more won cycles, or as many years) were held against ${cohorts.lost} that were lost or left within their first cycle.`,
      ...(proposal.assumed
        ? [
            `A suggestion only: ${cohorts.proven} best customers, ${learning.cohort.learnFrom} are needed to learn from. It stays \`assumed\`.`,
          ]
        : []),
      ...(gone.length === 0
        ? []
        : [`In the profile in force and not here, because nothing proves it: ${names(gone)}.`]),
      ...(asked.length === 0
        ? []
        : [
            `Left out until you say whether they are filled only after somebody buys: ${names(asked.map(({ criterion }) => criterion))}.`,
          ]),
    ],
    criteria: new Map(
      proposal.criteria.map(({ name }) => {
        const learnt = criteria.find(
          ({ criterion, weight, isKept }) => criterion.name === name && (weight > 0 || isKept),
        );
        return [name, learnt === undefined ? [WITHOUT_WEIGHT] : describeCriterion(learnt, learning)];
      }),
    ),
    tail:
      rules.rarely.length === 0
        ? []
        : [
            'Rarely good customers. Nothing is excluded by that; if you decide to, add it to `avoid`:',
            ...rules.rarely.slice(0, RARE_SHOWN).map(({ field, value }) => describeTested(field, value)),
          ],
  });
}

function names(criteria: readonly { readonly name: string; readonly field: string }[]): string {
  return criteria.map(({ name, field }) => (name === field ? name : `${name} (${field})`)).join(', ');
}
