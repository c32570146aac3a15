// The people who work in the CRM: owners of accounts, one in six of whom has left.
import { createPersonName } from './person-names.ts';
import type { Random } from './random.ts';
import type { WorldUser } from './world.ts';

const USER_DOMAIN = 'kestrelport.example';

/** Sales teams grow with the root of what they look after: 6 users for 200 accounts, 50 for 10,000. */
export const createUsers = (random: Random, accounts: number): readonly WorldUser[] => {
  const size = Math.min(Math.max(Math.round(Math.sqrt(accounts) / 2), 6), 60);
  const taken = new Set<string>();
  return Array.from({ length: size }, (_, index) => {
    const { firstName, lastName, firstLatin, lastLatin } = createPersonName(
      random,
      index % 5 === 4 ? 'de' : 'en',
    );
    let localPart = `${firstLatin}.${lastLatin}`;
    if (taken.has(localPart)) localPart = `${localPart}${index}`;
    taken.add(localPart);
    return {
      index,
      name: `${firstName} ${lastName}`,
      email: `${localPart}@${USER_DOMAIN}`,
      active: index % 6 !== 5,
    };
  });
};
