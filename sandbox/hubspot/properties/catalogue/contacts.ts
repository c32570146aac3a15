// HubSpot's own contact properties, as far as account work reads or writes them.

import {
  bool,
  checkboxes,
  inGroup,
  number,
  optionsOf,
  phone,
  readOnly,
  select,
  text,
  unique,
} from '../define.ts';
import type { PropertyDefinition } from '../definition.ts';
import { activityDates, bookkeeping, leadStatus, lifecycleStage, ownership } from './shared.ts';

export const CONTACT_GROUPS = [
  { name: 'contactinformation', label: 'Contact information' },
  { name: 'emailinformation', label: 'Email information' },
] as const;

export const contactProperties = (): readonly PropertyDefinition[] => [
  ...inGroup(
    'contactinformation',
    text('firstname', 'First Name'),
    text('lastname', 'Last Name'),
    unique(text('email', 'Email')),
    readOnly(text('hs_additional_emails', 'Additional email addresses')),
    readOnly(text('hs_email_domain', 'Email Domain')),
    phone('phone', 'Phone Number'),
    phone('mobilephone', 'Mobile Phone Number'),
    text('jobtitle', 'Job Title'),
    text('company', 'Company Name'),
    text('website', 'Website URL'),
    text('address', 'Street Address'),
    text('city', 'City'),
    text('state', 'State/Region'),
    text('zip', 'Postal Code'),
    text('country', 'Country/Region'),
    text('industry', 'Industry'),
    text('hs_linkedin_url', 'LinkedIn URL'),
    text('hs_language', 'Preferred language'),
    lifecycleStage(),
    leadStatus(),
    select(
      'hs_seniority',
      'Employment Seniority',
      optionsOf('vp', 'entry', 'owner', 'partner', 'senior', 'employee', 'manager', 'director', 'executive'),
    ),
    checkboxes(
      'hs_buying_role',
      'Buying Role',
      optionsOf(
        'BLOCKER',
        'BUDGET_HOLDER',
        'CHAMPION',
        'DECISION_MAKER',
        'END_USER',
        'EXECUTIVE_SPONSOR',
        'INFLUENCER',
        'LEGAL_AND_COMPLIANCE',
        'OTHER',
      ),
    ),
    // The primary company: a write of it is a write of the association.
    number('associatedcompanyid', 'Primary Associated Company ID'),
    ...ownership('Contact owner'),
    ...bookkeeping('createdate', 'lastmodifieddate'),
    ...activityDates(),
    readOnly(number('num_associated_deals', 'Number of Associated Deals')),
  ),
  ...inGroup('emailinformation', readOnly(bool('hs_email_optout', 'Unsubscribed from all email'))),
];
