// invoices.csv.gz: what customers ordered, were billed and paid, out of the ERP system.
// The ERP knows customers by their registration numbers and names, and rarely by a domain.
import type { Random } from '#sandbox/world/random.ts';
import { dayFrom } from '#sandbox/world/time.ts';
import type { WorldDeal } from '#sandbox/world/world.ts';
import { createIdentifiers } from './identifiers.ts';
import { countryNameOf, type Prospect } from './prospects.ts';
import { type RawLine, type Row, toDay } from './rows.ts';

export const TRANSACTIONS_COLUMNS = [
  'domain',
  'name',
  'country',
  'duns',
  'jp_corporate_number',
  'tw_ubn',
  'type',
  'amount',
  'currency',
  'occurred_on',
  'due_on',
] as const;

export const writeTransactions = (prospects: readonly Prospect[], asOf: Date): readonly (Row | RawLine)[] => [
  ...prospects.flatMap((prospect) => transactionsOf(prospect, asOf)),
  ...brokenRows(asOf),
];

const transactionsOf = (prospect: Prospect, asOf: Date): readonly Row[] => {
  const random = prospect.randomFor('transactions');
  const company = nameCustomer(random, prospect);
  return prospect.deals
    .filter((deal) => deal.stage === 'won')
    .flatMap((deal) => billDeal(random, deal, asOf).map((row) => ({ ...company, ...row })));
};

const nameCustomer = (random: Random, prospect: Prospect): Row => {
  const { duns, jp_corporate_number, tw_ubn } = createIdentifiers(
    prospect.randomFor('identifiers'),
    prospect.country,
  );
  const registration =
    jp_corporate_number === null && tw_ubn === null ? { duns } : { jp_corporate_number, tw_ubn };
  const nameAndCountry = { name: prospect.name, country: countryNameOf(prospect) };
  if (prospect.domain === null) return { ...nameAndCountry, ...registration };
  return random.weighted<Row>([
    [{ domain: prospect.domain, ...nameAndCountry }, 5],
    [{ ...nameAndCountry, ...registration }, 4],
    [registration, 1],
  ]);
};

/** An order, then quarterly invoices, most of them paid, a few late. */
const billDeal = (random: Random, deal: WorldDeal, asOf: Date): readonly Row[] => {
  if (deal.amount === null) return [];
  const { currency } = deal;
  const rows: Row[] = [{ type: 'order', amount: deal.amount, currency, occurred_on: toDay(deal.closeOn) }];
  const amount = Math.round(deal.amount / 4);
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const billedOn = dayFrom(deal.closeOn, 7 + quarter * 91);
    if (billedOn >= asOf) break;
    rows.push({
      type: 'invoice',
      amount,
      currency,
      occurred_on: toDay(billedOn),
      due_on: toDay(dayFrom(billedOn, 30)),
    });
    const paidOn = dayFrom(
      billedOn,
      random.weighted([
        [28, 8],
        [45, 2],
        [80, 1],
      ]),
    );
    if (paidOn < asOf && random.chance(0.97))
      rows.push({ type: 'payment', amount, currency, occurred_on: toDay(paidOn) });
  }
  return rows;
};

const brokenRows = (asOf: Date): readonly Row[] => {
  const occurred_on = toDay(dayFrom(asOf, -12));
  return [
    { name: 'Selariwyn GmbH', country: 'DE', type: 'refund', amount: 1200, currency: 'EUR', occurred_on },
    { name: 'Selariwyn GmbH', country: 'DE', type: 'invoice', amount: '1.2oo', currency: 'EUR', occurred_on },
    { type: 'invoice', amount: 900, currency: 'EUR', occurred_on },
  ];
};
