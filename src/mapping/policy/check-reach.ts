// Finds numbers with which a band or a flag means nothing: no account could ever be in it, or every account always is. The rows of
// the table that ask for it would never decide.
import { EVENT_TYPES, PERSON_ROLES } from '#domain/engagement/engagement-policy.ts';
import type { Policy } from '#domain/tier/policy.ts';
import type { Contradiction } from './contradiction.ts';

export function checkReach(policy: Policy): readonly Contradiction[] {
  const { fit, intent, engagement, value, override } = policy;
  const { counts } = intent;
  const lowestCut = value.bands.medium;
  const wrong = [
    fit.unknownCounts >= 1 && {
      path: 'fit.unknownCounts',
      read: `${fit.unknownCounts}, with which a blank record is an exact match`,
      wanted: 'less than 1',
    },
    fit.mediumFrom <= 0 && {
      path: 'fit.mediumFrom',
      read: `${fit.mediumFrom}, so that no fit is low`,
      wanted: 'more than 0',
    },
    fit.mediumFrom >= fit.high.enter && {
      path: 'fit.mediumFrom',
      read: `${fit.mediumFrom}, so that no fit is medium: high begins at ${fit.high.enter}`,
      wanted: `less than ${fit.high.enter}`,
    },
    lowestCut <= 0 && {
      path: 'value.bands.medium',
      read: `${lowestCut}, so that no ACV is small`,
      wanted: 'more than 0',
    },
    intent.enter <= 0 && {
      path: 'intent.enter',
      read: `${intent.enter}, with which every account has recent intent`,
      wanted: 'more than 0',
    },
    counts.surge.score <= counts.ownAverage && {
      path: 'intent.counts.surge.score',
      read: `${counts.surge.score}, not above ownAverage ${counts.ownAverage}: a surge would lower the score`,
      wanted: `more than ${counts.ownAverage}`,
    },
    engagement.threshold.enter <= 0 &&
      engagement.threshold.people <= 0 && {
        path: 'engagement.threshold',
        read: 'no points and no people, with which every account is engaged',
        wanted: 'points or people above 0',
      },
    !canEngage(policy) && {
      path: 'engagement',
      read: 'points, role factors and caps with which nobody can be engaged',
      wanted: 'an event type with points, a role with a factor and a personCap above 0',
    },
    override.remindDaysBefore >= override.maximumDays && {
      path: 'override.remindDaysBefore',
      read: `${override.remindDaysBefore}, not below maximumDays: the reminder would come before the override`,
      wanted: `less than ${override.maximumDays}`,
    },
  ];
  return wrong.filter((one) => one !== false);
}

/** By points of people, or by an act-now event of somebody whose part is known. */
function canEngage({ engagement }: Policy): boolean {
  const { points, roleFactors, personCap, actNow, threshold } = engagement;
  if (threshold.enter <= 0) return true;
  const someoneCounts = PERSON_ROLES.some((role) => roleFactors[role] > 0);
  const byPoints = someoneCounts && personCap > 0 && EVENT_TYPES.some((type) => points[type] > 0);
  return byPoints || (someoneCounts && actNow.types.length > 0);
}
