// How the invented world's people, companies and deals look as HubSpot properties.
import type { Owner } from '#sandbox/hubspot/portal/owner-list.ts';
import type { RecordValues } from '#sandbox/hubspot/portal/record.ts';
import { DEAL_STAGES, DEFAULT_PIPELINE_ID } from '#sandbox/hubspot/properties/catalogue/deals.ts';
import { HUBSPOT_INDUSTRIES } from '#sandbox/hubspot/properties/catalogue/industries.ts';
import type { WorldCompany, WorldDeal, WorldPerson, WorldUser } from '#sandbox/world/world.ts';

/** The world's words for industries, where HubSpot's list has another. */
const INDUSTRY_VALUES: Readonly<Record<string, string>> = {
  Software: 'COMPUTER_SOFTWARE',
  Manufacturing: 'MACHINERY',
  Logistics: 'LOGISTICS_AND_SUPPLY_CHAIN',
  Healthcare: 'HOSPITAL_HEALTH_CARE',
  Energy: 'OIL_ENERGY',
  Education: 'EDUCATION_MANAGEMENT',
  'Food & Beverage': 'FOOD_BEVERAGES',
  Media: 'MEDIA_PRODUCTION',
  Consulting: 'MANAGEMENT_CONSULTING',
};

const FIRST_OWNER_ID = 51_840_000;
const FIRST_USER_ID = 7_000_000;
/** Users are older than every record. */
const USER_AGE_MS = 4 * 365 * 86_400_000;

export const ownerOf = (user: WorldUser, asOf: Date): Owner => {
  const [firstName = user.name, ...rest] = user.name.split(' ');
  const createdAtMs = asOf.getTime() - USER_AGE_MS;
  return {
    id: String(FIRST_OWNER_ID + user.index * 11),
    userId: FIRST_USER_ID + user.index * 7,
    email: user.email.toLowerCase(),
    firstName,
    lastName: rest.join(' '),
    archived: !user.active,
    createdAtMs,
    updatedAtMs: createdAtMs,
  };
};

export const companyValues = (company: WorldCompany, ownerId: string | null): RecordValues =>
  valuesOf({
    name: company.name,
    domain: company.domain,
    website: company.website,
    country: company.countryName,
    city: company.city,
    phone: company.phone,
    industry: industryValue(company.industry),
    numberofemployees: company.employees,
    annualrevenue: company.annualRevenue,
    hs_annual_revenue_currency_code: company.annualRevenue === null ? null : company.currency,
    type: companyType(company.type),
    lifecyclestage: company.type === 'Customer' ? 'customer' : 'lead',
    hubspot_owner_id: ownerId,
  });

export const contactValues = (
  person: WorldPerson,
  companyName: string | null,
  ownerId: string | null,
): RecordValues =>
  valuesOf({
    firstname: person.firstName,
    lastname: person.lastName,
    jobtitle: person.title,
    email: person.email?.toLowerCase() ?? null,
    company: companyName,
    hs_email_optout: person.optedOut ? 'true' : null,
    lifecyclestage: 'lead',
    hubspot_owner_id: ownerId,
  });

export const dealValues = (deal: WorldDeal, ownerId: string | null): RecordValues =>
  valuesOf({
    dealname: deal.name,
    amount: deal.amount,
    deal_currency_code: deal.currency,
    closedate: deal.closeOn.getTime(),
    pipeline: DEFAULT_PIPELINE_ID,
    dealstage: stageOf(deal),
    hubspot_owner_id: ownerId,
  });

const stageOf = ({ stage, index }: WorldDeal): string => {
  if (stage !== 'open') return stage === 'won' ? 'closedwon' : 'closedlost';
  const open = DEAL_STAGES.filter(({ isClosed }) => !isClosed);
  return open[index % open.length]?.id ?? 'appointmentscheduled';
};

const industryValue = (industry: string | null): string | null => {
  if (industry === null) return null;
  const value = INDUSTRY_VALUES[industry] ?? industry.toUpperCase().replaceAll(/[^A-Z]+/gu, '_');
  const known: readonly string[] = HUBSPOT_INDUSTRIES;
  return known.includes(value) ? value : null;
};

// HubSpot says "customer" by the lifecycle stage; its `type` has no such option.
const companyType = (type: string | null): string | null =>
  type === null || type === 'Customer' ? null : type.toUpperCase();

const valuesOf = (fields: Readonly<Record<string, string | number | null>>): RecordValues =>
  new Map(
    Object.entries(fields).flatMap(([name, value]) =>
      value === null || value === '' ? [] : [[name, String(value)]],
    ),
  );
