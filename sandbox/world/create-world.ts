// Builds an invented market for the sandbox CRMs: the same options give the same world, to the last character.
import { createCompanies } from './create-companies.ts';
import { createDeals } from './create-deals.ts';
import { createPeople } from './create-people.ts';
import { createUsers } from './create-users.ts';
import { createRandom } from './random.ts';
import { dayFrom } from './time.ts';
import type { World } from './world.ts';

export interface WorldOptions {
  /** Accounts in each CRM. About half of them stand in both, so the world has some 1.75 times as many companies. */
  readonly accounts: number;
  /** 1 when left out. */
  readonly seed?: number;
  /** The present of the world; the last midnight UTC when left out, so that a day's worlds are equal. */
  readonly asOf?: Date;
  /** People an account and CRM; 3 when left out. */
  readonly peopleFactor?: number;
}

export const createWorld = ({
  accounts,
  seed = 1,
  asOf = dayFrom(new Date(), 0),
  peopleFactor = 3,
}: WorldOptions): World => {
  const random = createRandom(seed);
  const users = createUsers(random.fork('users'), accounts);
  const placed = createCompanies(random.fork('companies'), { accounts, users: users.length, asOf });
  const people = createPeople(random.fork('people'), { placed, accounts, peopleFactor, asOf });
  const deals = createDeals(random.fork('deals'), { placed, people, asOf });
  return { asOf, users, companies: placed.map(({ company }) => company), people, deals };
};
