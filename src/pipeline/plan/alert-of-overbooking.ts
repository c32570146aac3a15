// Says in words that somebody carries more locked accounts than their limit. Names ids, no people.
import type { Overbooking } from '#domain/tier/apply-capacity.ts';
import type { Alert } from '../sync-report.ts';

export function alertOfOverbooking({ tier, role, holder, locked, cap }: Overbooking): Alert {
  return {
    code: 'over_capacity',
    message: `${role} ${holder} has ${locked} ${tier} accounts that keep their slot, limit ${cap}`,
    next: 'Nobody is moved down: end pins, give accounts to somebody else, or raise the limit in policy.yaml.',
  };
}
