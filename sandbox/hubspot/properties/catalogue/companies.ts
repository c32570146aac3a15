// HubSpot's own company properties, as far as account work reads or writes them.

import {
  bool,
  datetime,
  inGroup,
  longText,
  number,
  option,
  optionsOf,
  phone,
  readOnly,
  select,
  text,
} from '../define.ts';
import type { PropertyDefinition } from '../definition.ts';
import { HUBSPOT_INDUSTRIES } from './industries.ts';
import { activityDates, bookkeeping, leadStatus, lifecycleStage, ownership } from './shared.ts';

export const COMPANY_GROUPS = [
  { name: 'companyinformation', label: 'Company information' },
  { name: 'target_accounts', label: 'Target account information' },
] as const;

export const companyProperties = (): readonly PropertyDefinition[] => [
  ...inGroup(
    'companyinformation',
    text('name', 'Company name'),
    text('domain', 'Company Domain Name'),
    text('website', 'Website URL'),
    phone('phone', 'Phone Number'),
    text('address', 'Street Address'),
    text('address2', 'Street Address 2'),
    text('city', 'City'),
    text('state', 'State/Region'),
    text('zip', 'Postal Code'),
    text('country', 'Country/Region'),
    text('hs_country_code', 'Country/Region Code'),
    select('industry', 'Industry', optionsOf(...HUBSPOT_INDUSTRIES)),
    number('numberofemployees', 'Number of Employees'),
    number('annualrevenue', 'Annual Revenue'),
    text('hs_annual_revenue_currency_code', 'Annual Revenue Currency Code'),
    longText('description', 'Description'),
    longText('about_us', 'About Us'),
    text('founded_year', 'Year Founded'),
    bool('is_public', 'Is Public'),
    // COMPETITOR is no value of HubSpot's: this portal's admin added it, as admins do.
    select('type', 'Type', [
      option('PROSPECT', 'Prospect', 0),
      option('PARTNER', 'Partner', 1),
      option('RESELLER', 'Reseller', 2),
      option('VENDOR', 'Vendor', 3),
      option('OTHER', 'Other', 4),
      option('COMPETITOR', 'Competitor', 5),
    ]),
    lifecycleStage(),
    leadStatus(),
    text('linkedin_company_page', 'LinkedIn Company Page'),
    readOnly(text('hs_additional_domains', 'Additional Domains')),
    readOnly(longText('web_technologies', 'Web Technologies')),
    ...ownership('Company owner'),
    ...bookkeeping('createdate', 'hs_lastmodifieddate'),
    ...activityDates(),
    readOnly(number('num_associated_contacts', 'Number of Associated Contacts')),
    readOnly(number('num_associated_deals', 'Number of Associated Deals')),
    readOnly(number('hs_num_open_deals', 'Number of open deals')),
    readOnly(number('hs_num_child_companies', 'Number of child companies')),
    readOnly(number('hs_parent_company_id', 'Parent Company')),
    readOnly(datetime('closedate', 'Close Date')),
  ),
  ...inGroup(
    'target_accounts',
    bool('hs_is_target_account', 'Target Account'),
    select('hs_ideal_customer_profile', 'Ideal Customer Profile Tier', [
      option('tier_1', 'Tier 1', 0),
      option('tier_2', 'Tier 2', 1),
      option('tier_3', 'Tier 3', 2),
    ]),
    readOnly(number('hs_num_decision_makers', 'Number of Decision Makers')),
    readOnly(number('hs_num_contacts_with_buying_roles', 'Number of contacts with a buying role')),
  ),
];
