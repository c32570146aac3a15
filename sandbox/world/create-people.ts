// Puts people on accounts: the same person in both CRMs, people without an account, free mail, no mail.
// E-mail addresses are unique within HubSpot, which refuses a second contact with one; Salesforce holds a few twice.

import { COUNTRIES } from './countries.ts';
import type { PlacedCompany } from './create-companies.ts';
import type { Organisation } from './create-organisation.ts';
import { createPersonName, type PersonName } from './person-names.ts';
import type { Random } from './random.ts';
import { momentBetween, secondsBefore } from './time.ts';
import { createTitle } from './titles.ts';
import { CRM_KINDS, type CrmKind, type WorldPerson } from './world.ts';

type Card = Pick<WorldPerson, 'firstName' | 'lastName' | 'title' | 'email'>;

export interface PeopleOptions {
  readonly placed: readonly PlacedCompany[];
  readonly accounts: number;
  /** People an account, on average; every CRM holds exactly `accounts` times as many. */
  readonly peopleFactor: number;
  readonly asOf: Date;
}

const ORPHAN_SHARE = 0.03;

export const createPeople = (
  random: Random,
  { placed, accounts, peopleFactor, asOf }: PeopleOptions,
): readonly WorldPerson[] => {
  const people: WorldPerson[] = [];
  const wanted = Math.round(accounts * peopleFactor);
  const room: Record<CrmKind, number> = { salesforce: wanted, hubspot: wanted };
  const cards = createCardBox(random);
  const headcounts = shareOut(random, placed, peopleFactor * (1 - ORPHAN_SHARE));

  const add = (card: Card, crms: readonly CrmKind[], companyIndex: number | null, since: Date): void => {
    if (crms.some((crm) => room[crm] === 0)) return;
    for (const crm of crms) room[crm] -= 1;
    const createdAt = momentBetween(random, since, secondsBefore(asOf, { hours: 2 }));
    people.push({
      index: people.length,
      companyIndex,
      ...card,
      optedOut: random.chance(0.06),
      crms,
      createdAt,
      modifiedAt: momentBetween(random, createdAt, secondsBefore(asOf, { hours: 1 })),
    });
  };

  placed.forEach(({ company, organisation }, position) => {
    let last: Card | null = null;
    for (let count = headcounts[position] ?? 0; count > 0; count -= 1) {
      const isDuplicate =
        last !== null && company.crms.every((crm) => crm === 'salesforce') && random.chance(0.015);
      const card: Card = isDuplicate && last !== null ? last : cards.next(organisation, company.crms);
      add(card, company.crms, company.index, company.createdAt);
      last = card;
    }
  });
  const longAgo = secondsBefore(asOf, { days: 1000 });
  for (const crm of CRM_KINDS) {
    while (room[crm] > 0) add(cards.next(null, [crm]), [crm], null, longAgo);
  }
  return people;
};

/** Whole numbers of people an account that meet the average exactly, few for most and many for large customers. */
const shareOut = (random: Random, placed: readonly PlacedCompany[], average: number): readonly number[] => {
  const appetite = placed.map(({ organisation }) => {
    if (organisation === null) return random.chance(0.5) ? 0 : 1;
    const size = Math.min(Math.max(organisation.employees / 800, 0.5), 3);
    const isKnown = organisation.relation === 'customer' ? 1.5 : 1;
    return random.chance(0.1) ? 0 : random.logNormal(1, 0.8) * size * isKnown;
  });
  const scale =
    (placed.length * average) /
    Math.max(
      appetite.reduce((sum, share) => sum + share, 0),
      1e-9,
    );
  let owed = 0;
  return appetite.map((share) => {
    owed += Math.min(share * scale, 40);
    const count = Math.floor(owed);
    owed -= count;
    return count;
  });
};

interface CardBox {
  /** The next person of an organisation that none of these CRMs has yet; of nobody in particular without one. */
  next(organisation: Organisation | null, crms: readonly CrmKind[]): Card;
}

const createCardBox = (random: Random): CardBox => {
  const cardsOf = new Map<number, Card[]>();
  const usedUpTo = new Map<string, number>();
  const emails = new Set<string>();
  const businessDomains: string[] = [];

  const uniqueEmail = (localPart: string, host: string): string => {
    let email = `${localPart}@${host}`;
    for (let number = 2; emails.has(email.toLowerCase()); number += 1)
      email = `${localPart}${number}@${host}`;
    emails.add(email.toLowerCase());
    return email;
  };

  const writeCard = (fork: Random, organisation: Organisation | null): Card => {
    const country = organisation?.country ?? fork.weighted(COUNTRIES.map((entry) => [entry, entry.weight]));
    const speech = fork.chance(0.88) ? country.speech : 'en';
    const name = createPersonName(fork, speech);
    const kind = fork.weighted([
      ['business', 80],
      ['free', 8],
      ['none', 12],
    ]);
    const strayDomain =
      organisation === null && businessDomains.length > 0 ? fork.pick(businessDomains) : null;
    const host =
      kind === 'business' ? (organisation?.domain ?? strayDomain) : fork.pick(country.freeMailHosts);
    const email =
      kind === 'none' || host === null
        ? null
        : uniqueEmail(localPartOf(fork, name, kind, organisation), host);
    if (organisation?.domain && businessDomains.length < 5000) businessDomains.push(organisation.domain);
    return {
      ...(fork.chance(0.004)
        ? { firstName: 'Test', lastName: 'Test' }
        : { firstName: name.firstName, lastName: name.lastName }),
      title: createTitle(fork, speech),
      email: email !== null && fork.chance(0.02) ? email.toUpperCase() : email,
    };
  };

  return {
    next(organisation, crms) {
      if (organisation === null) return writeCard(random, null);
      const cards = cardsOf.get(organisation.index) ?? [];
      cardsOf.set(organisation.index, cards);
      const keys = crms.map((crm) => `${crm} ${organisation.index}`);
      // Behind the last card any of these CRMs holds: the other CRM's first people are met again, these aren't.
      const at = Math.max(...keys.map((key) => usedUpTo.get(key) ?? 0));
      for (const key of keys) usedUpTo.set(key, at + 1);
      while (cards.length <= at) {
        cards.push(writeCard(random.fork(`${organisation.index} ${cards.length}`), organisation));
      }
      return cards[at] ?? writeCard(random, organisation);
    },
  };
};

const localPartOf = (
  random: Random,
  { firstLatin, lastLatin }: PersonName,
  kind: string,
  organisation: Organisation | null,
): string => {
  if (kind === 'free') return `${firstLatin}${random.pick(['.', '_', ''])}${lastLatin}${random.int(1, 99)}`;
  // One house style a company.
  switch ((organisation?.index ?? 0) % 4) {
    case 0:
      return `${firstLatin}.${lastLatin}`;
    case 1:
      return `${firstLatin.charAt(0)}.${lastLatin}`;
    case 2:
      return `${lastLatin}.${firstLatin}`;
    default:
      return `${firstLatin.charAt(0)}${lastLatin}`;
  }
};
