// visits.jsonl: what people did with us: pages, downloads, webinars, replies, calls, and the few that asked for a demo.
import type { Random } from '#sandbox/world/random.ts';
import { DAY_MS } from '#sandbox/world/time.ts';
import type { Prospect } from './prospects.ts';
import type { RawLine, Row } from './rows.ts';

export const writeEngagement = (prospects: readonly Prospect[], asOf: Date): readonly (Row | RawLine)[] => [
  ...prospects.flatMap((prospect) => eventsOf(prospect, asOf)),
  ...brokenRows(asOf),
];

const eventsOf = (prospect: Prospect, asOf: Date): readonly Row[] => {
  const random = prospect.randomFor('engagement');
  const people = emailsOf(random, prospect);
  const rows: Row[] = [];
  if (prospect.behaviour.isEngaged) rows.push(...campaign(random, prospect, people, asOf));
  // Passers-by: a page or two by somebody without a name, or one person who reads the newsletter.
  else if (random.chance(0.25)) rows.push(...passingBy(random, prospect, people, asOf));
  const [asker] = people;
  if (prospect.behaviour.hasAskedForDemo && asker !== undefined) {
    rows.push({
      email: asker,
      type: random.pick(['demo_request', 'trial', 'demo_request']),
      occurred_at: moment(random, asOf, 1, 25),
    });
  }
  return rows;
};

/** E-mail addresses, known contacts first; then visitors that no CRM knows yet, who count for their domain. */
const emailsOf = (random: Random, { people, domain, behaviour }: Prospect): readonly string[] => {
  const known = new Set(
    people.flatMap((person) => (person.email === null ? [] : [person.email.toLowerCase()])),
  );
  if (domain === null) return [...known];
  const strangers = behaviour.isEngaged
    ? Math.max(3 - known.size, random.int(0, 1))
    : random.int(0, 4) === 0
      ? 1
      : 0;
  const visitors = Array.from(
    { length: strangers },
    (_, at) => `visitor.${at + 1}${random.int(10, 99)}@${domain}`,
  );
  return [...known, ...visitors];
};

const QUIET_TYPES = [
  ['page', 8],
  ['high_value_page', 3],
  ['click', 4],
  ['ad_click', 2],
  ['download', 2],
] as const;
const BUSY_TYPES = [
  ['page', 6],
  ['high_value_page', 4],
  ['click', 3],
  ['download', 3],
  ['webinar', 4],
  ['event', 3],
  ['reply', 3],
  ['call', 2],
] as const;

/** Enough people and points to pass the engagement threshold of a company of this size, most of the time. */
const campaign = (
  random: Random,
  prospect: Prospect,
  people: readonly string[],
  asOf: Date,
): readonly Row[] => {
  const active = people.slice(0, random.int(2, 6));
  const perPerson = prospect.employees >= 1000 ? 6 : 4;
  const personal = active.flatMap((email) =>
    Array.from({ length: random.int(perPerson - 1, perPerson + 3) }, () => ({
      email,
      type: random.weighted(BUSY_TYPES),
      occurred_at: moment(random, asOf, 1, 40),
    })),
  );
  return [...personal, ...anonymousPages(random, prospect, random.int(0, 8), asOf)];
};

const passingBy = (
  random: Random,
  prospect: Prospect,
  people: readonly string[],
  asOf: Date,
): readonly Row[] => {
  const [reader] = people;
  if (reader === undefined || random.chance(0.6))
    return anonymousPages(random, prospect, random.int(1, 5), asOf);
  return Array.from({ length: random.int(1, 4) }, () => ({
    email: reader,
    type: random.weighted(QUIET_TYPES),
    occurred_at: moment(random, asOf, 1, 88),
  }));
};

/** Named by domain: what a reverse look-up of addresses gives. */
const anonymousPages = (random: Random, { domain }: Prospect, count: number, asOf: Date): readonly Row[] =>
  domain === null
    ? []
    : Array.from({ length: count }, () => ({
        domain,
        type: random.weighted([
          ['page', 4],
          ['high_value_page', 1],
        ]),
        occurred_at: moment(random, asOf, 1, 80),
        ...(random.chance(0.5) ? { anonymous: true } : {}),
      }));

const moment = (random: Random, asOf: Date, fromDaysAgo: number, toDaysAgo: number): string => {
  const daysAgo = fromDaysAgo + random.next() * (toDaysAgo - fromDaysAgo);
  return new Date(Math.floor((asOf.getTime() - daysAgo * DAY_MS) / 1000) * 1000).toISOString();
};

const brokenRows = (asOf: Date): readonly (Row | RawLine)[] => {
  const occurred_at = new Date(asOf.getTime() - 3 * DAY_MS).toISOString();
  return [
    { email: 'someone@branolafell-media.com', type: 'page_veiw', occurred_at },
    { email: 'someone@branolafell-media.com', type: 'page', occurred_at: 'yesterday' },
    { type: 'page', occurred_at, anonymous: true },
    { raw: 'not JSON at all' },
    // Tomorrow: valid, and ignored until then.
    {
      email: 'someone@branolafell-media.com',
      type: 'page',
      occurred_at: new Date(asOf.getTime() + 2 * DAY_MS).toISOString(),
    },
  ];
};
