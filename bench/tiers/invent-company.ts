// The n-th invented company as rows of the store: the same for the same n, with values spread so that every tier occurs.

export const AS_OF = '2026-11-20T02:00:00.000Z';
const AS_OF_MS = Date.parse(AS_OF);
const DAY_MS = 86_400_000;

export interface InventedCompany {
  readonly key: string;
  readonly account: { readonly id: string; readonly fields: Readonly<Record<string, unknown>> };
  readonly contact: { readonly id: string; readonly fields: Readonly<Record<string, unknown>> };
  readonly opportunity: { readonly id: string; readonly fields: Readonly<Record<string, unknown>> } | null;
  readonly firmographics: { readonly at: string; readonly fields: Readonly<Record<string, unknown>> };
  readonly intent: { readonly at: string; readonly score: number } | null;
  readonly events: readonly { readonly at: string; readonly type: string; readonly email: string | null }[];
}

const INDUSTRIES = ['Software', 'Software', 'Manufacturing', 'Logistics', 'Banking'] as const;
const COUNTRIES = ['US', 'US', 'DE', 'JP', 'FR', 'BR'] as const;
const STAFF = [20, 150, 700, 1500, 6000, 80_000] as const;
const REVENUES = [2_000_000, 15_000_000, 80_000_000, 400_000_000] as const;
const TECHNOLOGIES = ['SAP', 'Oracle ERP', 'NetSuite', 'Xero'] as const;
const TITLES = [
  'Chief Financial Officer',
  'Vice President Sales',
  'IT Manager',
  'Software Engineer',
] as const;
const EVENT_TYPES = [
  'page',
  'reply',
  'webinar',
  'event',
  'download',
  'high_value_page',
  'demo_request',
] as const;

export function inventCompany(number: number): InventedCompany {
  const random = randomFrom(number);
  const among = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  // Neighbours by number are not neighbours by key, or the disk would read ahead for us.
  const key = `c${((number * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0')}${number.toString(36)}`;
  const domain = `company${number}.example`;
  const accountId = `001${number.toString(36).padStart(15, '0')}`;
  const emails = [`kim@${domain}`, `lee@${domain}`, null] as const;
  // One in six is whom the shipped profile wants.
  const wanted = random() < 0.16;
  const dealAmount = random() < (wanted ? 0.5 : 0.1) ? among([12_000, 60_000, 180_000]) : null;
  return {
    key,
    account: {
      id: accountId,
      fields: {
        name: `Company ${number}`,
        domain,
        website: `https://www.${domain}`,
        country: wanted ? 'US' : among(COUNTRIES),
        employees: wanted ? 1500 : random() < 0.8 ? among(STAFF) : null,
        annualRevenue: wanted ? 80_000_000 : random() < 0.7 ? among(REVENUES) : null,
        ownerId: `005${number % 500}`,
        createdAt: '2024-03-01T00:00:00.000Z',
      },
    },
    contact: {
      id: `003${number.toString(36).padStart(15, '0')}`,
      fields: {
        firstName: 'Kim',
        lastName: 'Lee',
        email: emails[0],
        title: among(TITLES),
        accountId,
        createdAt: '2024-04-01T00:00:00.000Z',
      },
    },
    opportunity:
      dealAmount === null
        ? null
        : {
            id: `006${number.toString(36).padStart(15, '0')}`,
            fields: {
              name: 'Deal',
              accountId,
              amount: dealAmount,
              isClosed: false,
              isWon: false,
              closeDate: '2027-01-31',
              createdAt: '2026-09-01T00:00:00.000Z',
            },
          },
    firmographics: {
      at: day(30),
      fields: {
        industry: wanted ? 'Software' : among(INDUSTRIES),
        technologies: [wanted ? 'SAP' : among(TECHNOLOGIES)],
        customers: among([50, 400, 3000]),
        maturity: among([1, 3, 5]),
        budget: among(['confirmed', 'likely', 'unknown', 'frozen']),
      },
    },
    intent:
      random() < 0.5 ? { at: day(Math.floor(random() * 40)), score: 40 + Math.floor(random() * 60) } : null,
    events: Array.from({ length: Math.floor(random() * 5) }, () => ({
      at: day(Math.floor(random() * 60)),
      type: among(EVENT_TYPES),
      email: among(emails),
    })),
  };
}

function day(daysAgo: number): string {
  return new Date(AS_OF_MS - daysAgo * DAY_MS).toISOString().slice(0, 10);
}

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
