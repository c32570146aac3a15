// Gives accounts their deals: customers who bought and renewed, customers lost after one cycle, open and lost deals.
import type { PlacedCompany } from './create-companies.ts';
import { type Organisation, ROUGH_RATES, roundToTwoDigits } from './create-organisation.ts';
import type { Random } from './random.ts';
import { dayFrom, momentBetween, secondsBefore } from './time.ts';
import type { CrmKind, WorldCompany, WorldDeal, WorldPerson } from './world.ts';

export interface DealsOptions {
  readonly placed: readonly PlacedCompany[];
  readonly people: readonly WorldPerson[];
  readonly asOf: Date;
}

interface DealPlan {
  readonly subject: string;
  readonly stage: WorldDeal['stage'];
  /** Days from as-of to the close date, negative in the past. */
  readonly closesInDays: number;
  /** Of the usual amount. */
  readonly factor: number;
}

const SUBJECTS = ['rollout', 'pilot', 'platform', 'expansion', 'migration'] as const;

export const createDeals = (random: Random, { placed, people, asOf }: DealsOptions): readonly WorldDeal[] => {
  const peopleOf = new Map<number, WorldPerson[]>();
  for (const person of people) {
    if (person.companyIndex === null) continue;
    const colleagues = peopleOf.get(person.companyIndex);
    if (colleagues === undefined) peopleOf.set(person.companyIndex, [person]);
    else colleagues.push(person);
  }
  const deals: WorldDeal[] = [];
  const bookedFor = new Set<number>();

  for (const { company, organisation } of placed) {
    // One record of an organisation carries its deals: the second CRM and the duplicate know of none.
    if (organisation === null || bookedFor.has(organisation.index)) continue;
    bookedFor.add(organisation.index);
    const usualAmount = usualAmountOf(random, organisation);
    const crms = crmsOfDeals(random, company);
    for (const plan of planDeals(random, organisation)) {
      const closeOn = dayFrom(asOf, plan.closesInDays);
      const startedAt = momentBetween(random, dayFrom(closeOn, -200), dayFrom(closeOn, -20));
      const createdAt = new Date(
        Math.min(
          Math.max(startedAt.getTime(), company.createdAt.getTime()),
          secondsBefore(asOf, { hours: 3 }).getTime(),
        ),
      );
      const settledAt =
        plan.stage === 'open'
          ? secondsBefore(asOf, { hours: 1 })
          : new Date(Math.max(closeOn.getTime(), createdAt.getTime()));
      const isAmountKnown = plan.stage !== 'open' || random.chance(0.92);
      deals.push({
        index: deals.length,
        companyIndex: company.index,
        name: `${organisation.name.base} ${plan.subject}`,
        amount: isAmountKnown ? roundToTwoDigits(usualAmount * plan.factor) : null,
        currency: organisation.currency,
        stage: plan.stage,
        closeOn,
        createdAt,
        modifiedAt: plan.stage === 'open' ? momentBetween(random, createdAt, settledAt) : settledAt,
        peopleIndexes: (peopleOf.get(company.index) ?? [])
          .slice(0, random.int(0, 4))
          .map((person) => person.index),
        crms,
      });
    }
  }
  return deals;
};

/** Larger firms buy more, though not in proportion: about 14k at 100 staff, 100k at 1,000, 390k at 5,000. */
const usualAmountOf = (random: Random, { employees, currency }: Organisation): number =>
  random.logNormal(280 * employees ** 0.85, 0.35) * (ROUGH_RATES[currency] ?? 1);

const crmsOfDeals = (random: Random, { crms }: WorldCompany): readonly CrmKind[] =>
  crms.length === 2 && random.chance(0.7) ? [random.pick(crms)] : crms;

const planDeals = (random: Random, { relation, employees, industry }: Organisation): readonly DealPlan[] => {
  const suits = isSuited(employees, industry);
  const subject = random.pick(SUBJECTS);
  if (relation === 'competitor') return [];
  if (relation === 'customer') return planCustomerDeals(random, subject, suits);
  const plans: DealPlan[] = [];
  if (random.chance(employees >= 500 ? 0.36 : 0.08)) {
    // One open deal in ten was forgotten more than a quarter ago.
    const closesInDays = random.chance(0.1) ? -random.int(95, 300) : random.int(-20, 150);
    // Until it is signed, a deal is larger than it will be.
    plans.push({ subject, stage: 'open', closesInDays, factor: 1.5 });
  }
  if (random.chance(suits ? 0.08 : 0.16)) {
    plans.push({
      subject: `${subject} (lost)`,
      stage: 'lost',
      closesInDays: -random.int(20, 900),
      factor: 1,
    });
  }
  return plans;
};

/** What is sold suits larger makers of things and of software: they are lost less often, and stay. */
const isSuited = (employees: number, industry: Organisation['industry']): boolean =>
  employees >= 400 && (industry === 'Manufacturing' || industry === 'Software');

const planCustomerDeals = (random: Random, subject: string, suits: boolean): readonly DealPlan[] => {
  const cycles = random.weighted(
    suits
      ? [
          [1, 15],
          [2, 50],
          [3, 35],
        ]
      : [
          [1, 42],
          [2, 40],
          [3, 18],
        ],
  );
  const firstClosedDaysAgo = random.int(20, 340) + (cycles - 1) * 365;
  const plans: DealPlan[] = [];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    plans.push({
      subject: cycle === 0 ? subject : `renewal ${cycle}`,
      stage: 'won',
      closesInDays: -(firstClosedDaysAgo - cycle * 365),
      factor: 1 + 0.1 * cycle,
    });
  }
  if (random.chance(0.2)) {
    plans.push({ subject: 'expansion', stage: 'open', closesInDays: random.int(5, 150), factor: 0.6 });
  } else if (cycles === 1 && random.chance(suits ? 0.2 : 0.5)) {
    // Churn inside the first cycle shows as a lost renewal.
    plans.push({ subject: 'renewal 1', stage: 'lost', closesInDays: -random.int(1, 19), factor: 1 });
  }
  return plans;
};
