// The standard value sets a new org comes with.

export const INDUSTRIES = [
  'Agriculture',
  'Apparel',
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Entertainment',
  'Environmental',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Machinery',
  'Manufacturing',
  'Media',
  'Not For Profit',
  'Recreation',
  'Retail',
  'Shipping',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
  'Other',
] as const;

export const ACCOUNT_TYPES = [
  'Analyst',
  'Competitor',
  'Customer',
  'Integrator',
  'Investor',
  'Partner',
  'Press',
  'Prospect',
  'Reseller',
  'Other',
] as const;

export const RATINGS = ['Hot', 'Warm', 'Cold'] as const;
export const OWNERSHIPS = ['Public', 'Private', 'Subsidiary', 'Other'] as const;
export const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'] as const;
export const SALUTATIONS = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'] as const;

export const LEAD_STATUSES = [
  { value: 'Open - Not Contacted', converted: false },
  { value: 'Working - Contacted', converted: false },
  { value: 'Closed - Converted', converted: true },
  { value: 'Closed - Not Converted', converted: false },
] as const;

export const TASK_STATUSES = [
  { value: 'Not Started', closed: false },
  { value: 'In Progress', closed: false },
  { value: 'Completed', closed: true },
  { value: 'Waiting on someone else', closed: false },
  { value: 'Deferred', closed: false },
] as const;

export const TASK_PRIORITIES = ['High', 'Normal', 'Low'] as const;

export interface OpportunityStage {
  readonly value: string;
  readonly probability: number;
  readonly forecast: 'Pipeline' | 'BestCase' | 'Commit' | 'Omitted' | 'Closed';
  readonly closed: boolean;
  readonly won: boolean;
}

export const OPPORTUNITY_STAGES: readonly OpportunityStage[] = [
  { value: 'Prospecting', probability: 10, forecast: 'Pipeline', closed: false, won: false },
  { value: 'Qualification', probability: 10, forecast: 'Pipeline', closed: false, won: false },
  { value: 'Needs Analysis', probability: 20, forecast: 'Pipeline', closed: false, won: false },
  { value: 'Value Proposition', probability: 50, forecast: 'Pipeline', closed: false, won: false },
  { value: 'Id. Decision Makers', probability: 60, forecast: 'Pipeline', closed: false, won: false },
  { value: 'Perception Analysis', probability: 70, forecast: 'Pipeline', closed: false, won: false },
  { value: 'Proposal/Price Quote', probability: 75, forecast: 'BestCase', closed: false, won: false },
  { value: 'Negotiation/Review', probability: 90, forecast: 'Commit', closed: false, won: false },
  { value: 'Closed Won', probability: 100, forecast: 'Closed', closed: true, won: true },
  { value: 'Closed Lost', probability: 0, forecast: 'Omitted', closed: true, won: false },
];

export const FORECAST_LABELS: Readonly<Record<OpportunityStage['forecast'], string>> = {
  Pipeline: 'Pipeline',
  BestCase: 'Best Case',
  Commit: 'Commit',
  Omitted: 'Omitted',
  Closed: 'Closed',
};

export const OPPORTUNITY_TYPES = ['Existing Business', 'New Business'] as const;

export const CONTACT_ROLES = [
  'Business User',
  'Decision Maker',
  'Economic Buyer',
  'Economic Decision Maker',
  'Evaluator',
  'Executive Sponsor',
  'Influencer',
  'Technical Buyer',
  'Other',
] as const;

export const CAMPAIGN_TYPES = [
  'Conference',
  'Webinar',
  'Trade Show',
  'Public Relations',
  'Partners',
  'Referral Program',
  'Advertisement',
  'Banner Ads',
  'Direct Mail',
  'Email',
  'Telemarketing',
  'Other',
] as const;

export const CAMPAIGN_STATUSES = ['Planned', 'In Progress', 'Completed', 'Aborted'] as const;
export const CAMPAIGN_MEMBER_STATUSES = [
  { value: 'Sent', responded: false, byDefault: true },
  { value: 'Responded', responded: true, byDefault: false },
] as const;
