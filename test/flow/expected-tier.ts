// The tier of a company on the first run, worked out by hand from the policy's text (sections 2, 5, 6, 7 and 8). It shares no
// code with src/ on purpose: it is slow, flat and as close to the words of the policy as it can be.
import { type CompanyFacts, ORG_MEDIAN_ACV, RATES, TITLES, TOPICS } from './random-market.ts';

export interface ExpectedTier {
  /** `tier_1` … */
  readonly tier: string;
  readonly fit: number;
  readonly intent: number;
  /** At most 100, as the CRM shows it. */
  readonly engagement: number;
}

const FRESH_DAYS = 180;

export function expectTier(company: CompanyFacts): ExpectedTier {
  const fit = expectFit(company);
  const intent = expectIntent(company);
  const engagement = expectEngagement(company);
  const acted = actNow(company);
  const on = {
    intent: intent >= 60 || acted !== 'nobody',
    engaged: engagement.on || acted === 'somebody with a role',
  };
  return {
    tier: decide(company, fit, acvBand(company), on),
    fit: fit.score,
    intent,
    engagement: Math.min(100, engagement.points),
  };
}

function decide(
  company: CompanyFacts,
  fit: { readonly score: number; readonly completeness: number },
  acv: 'small' | 'medium' | 'large',
  on: { readonly intent: boolean; readonly engaged: boolean },
): string {
  if (company.type === 'Competitor') return 'excluded';
  if (fit.completeness < 0.3) return 'unscored';
  if (fit.score < 50) return 'not_tiered';
  if (fit.score < 70) return on.intent && on.engaged ? 'tier_3' : 'not_tiered';
  if (acv === 'small') return 'tier_3';
  const strong = fit.score >= 80;
  if (on.intent && on.engaged) {
    const frozen = freshSource(company)?.budget === 'frozen';
    return strong && acv === 'large' && !frozen ? 'tier_1' : 'tier_2';
  }
  if (on.intent) return 'tier_2';
  if (on.engaged) return strong && acv === 'large' ? 'tier_2' : 'tier_3';
  return 'tier_3';
}

function freshSource({ inSource }: CompanyFacts): CompanyFacts['inSource'] {
  return inSource === null || inSource.ageDays > FRESH_DAYS ? null : inSource;
}

const among = (list: readonly string[], value: string) =>
  list.some((word) => word.toLowerCase() === value.toLowerCase());

function words(
  value: readonly string[] | null,
  exact: readonly string[],
  adjacent: readonly string[],
): number | null {
  if (value === null) return null;
  if (value.some((word) => among(exact, word))) return 1;
  return value.some((word) => among(adjacent, word)) ? 0.5 : 0;
}

type Range = readonly [from: number, to: number];
const isWithin = ([from, to]: Range, value: number) => value >= from && value <= to;
const NO_END = Number.POSITIVE_INFINITY;

function inRange(value: number | null, exact: Range, adjacent: Range): number | null {
  if (value === null) return null;
  if (isWithin(exact, value)) return 1;
  return isWithin(adjacent, value) ? 0.5 : 0;
}

/** 1, 0.5 or 0 by the shipped profile; null when it is not known. */
function matches(
  company: CompanyFacts,
): readonly { readonly weight: number; readonly match: number | null }[] {
  const source = freshSource(company);
  const { inCrm } = company;
  const country = inCrm.country ?? source?.country ?? null;
  const industry = source?.industry ?? null;
  const budget = source?.budget ?? null;
  return [
    {
      weight: 20,
      match: words(industry === null ? null : [industry], ['Software', 'Manufacturing'], ['Logistics']),
    },
    { weight: 10, match: words(country === null ? null : [country], ['US', 'DE', 'JP'], ['FR', 'GB']) },
    {
      weight: 15,
      match: inRange(inCrm.employees ?? source?.employees ?? null, [500, 10_000], [100, 50_000]),
    },
    { weight: 15, match: words(source?.technologies ?? null, ['SAP', 'Oracle ERP'], ['NetSuite']) },
    { weight: 5, match: inRange(source?.customers ?? null, [1000, NO_END], [100, NO_END]) },
    {
      weight: 15,
      match: inRange(
        inCrm.annualRevenue ?? source?.annualRevenue ?? null,
        [50_000_000, NO_END],
        [10_000_000, NO_END],
      ),
    },
    { weight: 10, match: inRange(source?.maturity ?? null, [4, NO_END], [3, NO_END]) },
    {
      weight: 10,
      match:
        budget === null || budget === 'unknown' ? null : { confirmed: 1, likely: 0.5, frozen: 0 }[budget],
    },
  ];
}

function expectFit(company: CompanyFacts): { readonly score: number; readonly completeness: number } {
  let points = 0;
  let known = 0;
  for (const { weight, match } of matches(company)) {
    points += weight * (match ?? 0.35);
    if (match !== null) known += weight;
  }
  return { score: toTenth(points), completeness: known / 100 };
}

const decay = (ageDays: number) => 2 ** (-ageDays / 14);

function expectIntent({ topics, signals }: CompanyFacts): number {
  const scores = topics
    .filter(({ ageDays }) => ageDays <= 90)
    .map(({ score, ageDays }) => (score > 50 ? 50 + (score - 50) * decay(ageDays) : score))
    .toSorted((a, b) => b - a);
  const needed = Math.max(1, Math.ceil(0.25 * TOPICS.length));
  const points = { category: 8, compare: 25, profile: 50, pricing: 50 };
  const signalled = signals
    .filter(({ ageDays }) => ageDays <= 90)
    .reduce((sum, { signal, ageDays }) => sum + points[signal] * decay(ageDays), 0);
  return toTenth(Math.max(scores[needed - 1] ?? 0, Math.min(100, 2 * signalled)));
}

const POINTS: Readonly<Record<string, number>> = {
  page: 1,
  high_value_page: 5,
  download: 5,
  webinar: 8,
  event: 12,
  reply: 10,
  mail_open: 0,
  demo_request: 25,
};
const FACTORS: Readonly<Record<string, number>> = {
  economic_buyer: 2,
  decision_maker: 2,
  technical_approver: 1.2,
  it_expert: 1.2,
  influencer: 1.2,
  procurement: 1,
  gatekeeper: 0.8,
};

function expectEngagement(company: CompanyFacts): { readonly points: number; readonly on: boolean } {
  const persons = new Map<string, number>();
  let anonymous = 0;
  for (const { type, ageHours, by } of company.events) {
    const ageDays = ageHours / 24;
    if (ageDays > 90) continue;
    const points = (POINTS[type] ?? 0) * 2 ** (-ageDays / 30);
    if (by === 'anonymous') anonymous += points;
    else {
      const factor = by === 'stranger' ? 0.8 : (FACTORS[TITLES[by]] ?? 0);
      persons.set(by, (persons.get(by) ?? 0) + points * factor);
    }
  }
  const people = [...persons.values()].filter((points) => toTenth(points) >= 1).length;
  const capped = [...persons.values()].reduce((sum, points) => sum + Math.min(40, points), 0);
  const breadth = Math.max(1, 1 + 0.15 * (Math.min(people, 6) - 1));
  const points = toTenth(capped * breadth + Math.min(20, anonymous * 0.5));
  return { points, on: people >= 2 && points >= threshold(company) };
}

function threshold(company: CompanyFacts): number {
  const employees = company.inCrm.employees ?? freshSource(company)?.employees ?? null;
  if (employees === null) return 30;
  return employees < 100 ? 18 : employees < 1000 ? 30 : 45;
}

function actNow({ events }: CompanyFacts): 'nobody' | 'a stranger' | 'somebody with a role' {
  const demos = events.filter(
    ({ type, ageHours, by }) => type === 'demo_request' && ageHours <= 28 * 24 && by !== 'anonymous',
  );
  if (demos.some(({ by }) => by !== 'stranger')) return 'somebody with a role';
  return demos.length > 0 ? 'a stranger' : 'nobody';
}

function acvBand({ openDeal }: CompanyFacts): 'small' | 'medium' | 'large' {
  const amount = openDeal === null ? null : inDollars(openDeal);
  const acv = amount ?? ORG_MEDIAN_ACV;
  return acv >= 100_000 ? 'large' : acv >= 25_000 ? 'medium' : 'small';
}

function inDollars({
  amount,
  currency,
}: {
  readonly amount: number;
  readonly currency: string;
}): number | null {
  if (currency === 'USD') return amount;
  return currency === 'EUR' ? amount * RATES.EUR : null;
}

/** Half up on the decimal value. */
function toTenth(value: number): number {
  return Math.floor(value * 10 + 0.5 + 1e-9) / 10;
}
