// What a person sees in the two CRMs, in one set of words: read from the sandboxes behind the API's back, so that nothing of
// the connectors or mappings under test stands between a test and the truth.
import type { HubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import type { SalesforceSandbox } from '#sandbox/salesforce/start-salesforce-sandbox.ts';

export const CONNECTIONS = ['sf', 'hs'] as const;
export type ConnectionId = (typeof CONNECTIONS)[number];

type Text = string | null;

export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly owner: Text;
  readonly key: Text;
  /** `tier_1` … in both CRMs. */
  readonly tier: Text;
  readonly reason: Text;
  readonly since: Text;
  readonly reviewDate: Text;
  readonly fit: number | null;
  readonly intent: number | null;
  readonly engagement: number | null;
  readonly nextStep: Text;
  readonly overrideTier: Text;
  readonly overrideReason: Text;
  readonly overrideUntil: Text;
  readonly industry: Text;
  readonly employees: number | null;
}

export interface ContactView {
  readonly id: string;
  readonly accountId: Text;
  readonly email: Text;
  readonly key: Text;
  readonly tier: Text;
  readonly role: Text;
}

export interface TaskView {
  readonly id: string;
  readonly key: string;
  readonly accountId: Text;
  readonly owner: Text;
  readonly subject: Text;
  /** `YYYY-MM-DD` */
  readonly dueOn: Text;
  readonly isDone: boolean;
}

/** A row in Salesforce, a line of the status text in HubSpot. */
export interface ProgramView {
  readonly accountId: string;
  readonly program: string;
  /** As people read it. */
  readonly status: string;
  readonly dueOn: Text;
  /** Salesforce only. */
  readonly id: Text;
  readonly key: Text;
}

export interface CrmView {
  accounts(): readonly AccountView[];
  contacts(): readonly ContactView[];
  tasks(): readonly TaskView[];
  programs(): readonly ProgramView[];
}

type Row = Readonly<Record<string, string | number | boolean | null>>;

const textOf = (row: Row, field: string): Text => {
  const value = row[field];
  return value === undefined || value === null || value === '' ? null : String(value);
};
const numberOf = (row: Row, field: string): number | null => {
  const text = textOf(row, field);
  return text === null ? null : Number(text);
};
/** `At least Tier 2` → `at_least_tier_2` */
const codeOf = (text: Text): Text => text?.toLowerCase().replaceAll(' ', '_') ?? null;
const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

export function viewSalesforce({ org }: SalesforceSandbox): CrmView {
  return {
    accounts: () =>
      org
        .records('Account')
        .map((row) => ({
          id: String(row['Id']),
          name: textOf(row, 'Name') ?? '',
          owner: textOf(row, 'OwnerId'),
          key: textOf(row, 'Tierline_Company_Key__c'),
          tier: codeOf(textOf(row, 'Tierline_Tier__c')),
          reason: textOf(row, 'Tierline_Tier_Reason__c'),
          since: textOf(row, 'Tierline_Tier_Since__c'),
          reviewDate: textOf(row, 'Tierline_Review_Date__c'),
          fit: numberOf(row, 'Tierline_Fit__c'),
          intent: numberOf(row, 'Tierline_Intent__c'),
          engagement: numberOf(row, 'Tierline_Engagement__c'),
          nextStep: textOf(row, 'Tierline_Next_Step__c'),
          overrideTier: codeOf(textOf(row, 'Tierline_Override_Tier__c')),
          overrideReason: textOf(row, 'Tierline_Override_Reason__c'),
          overrideUntil: textOf(row, 'Tierline_Override_Until__c'),
          industry: textOf(row, 'Industry'),
          employees: numberOf(row, 'NumberOfEmployees'),
        }))
        .toSorted(byId),
    contacts: () =>
      org
        .records('Contact')
        .map((row) => ({
          id: String(row['Id']),
          accountId: textOf(row, 'AccountId'),
          email: textOf(row, 'Email'),
          key: textOf(row, 'Tierline_Company_Key__c'),
          tier: codeOf(textOf(row, 'Tierline_Tier__c')),
          role: textOf(row, 'Tierline_Buying_Role__c'),
        }))
        .toSorted(byId),
    tasks: () =>
      org
        .records('Task')
        .flatMap((row) => {
          const key = textOf(row, 'Tierline_Task_Key__c');
          return key === null
            ? []
            : [
                {
                  id: String(row['Id']),
                  key,
                  accountId: textOf(row, 'WhatId'),
                  owner: textOf(row, 'OwnerId'),
                  subject: textOf(row, 'Subject'),
                  dueOn: textOf(row, 'ActivityDate'),
                  isDone: textOf(row, 'Status') === 'Completed',
                },
              ];
        })
        .toSorted(byKey),
    programs: () =>
      org
        .records('Tierline_Program__c')
        .map((row) => ({
          id: String(row['Id']),
          key: textOf(row, 'External_Key__c'),
          accountId: textOf(row, 'Account__c') ?? '',
          program: textOf(row, 'Program__c') ?? '',
          status: textOf(row, 'Status__c') ?? '',
          dueOn: textOf(row, 'Due__c'),
        }))
        .toSorted(byProgram),
  };
}

const LINE = /^([a-z][a-z0-9_]*): ([^(]+?)(?: \(due (\d{4}-\d{2}-\d{2})\))?$/u;

export function viewHubspot({ portal }: HubspotSandbox): CrmView {
  return {
    accounts: () =>
      portal
        .records('companies')
        .map(({ id, properties }) => ({
          id,
          name: textOf(properties, 'name') ?? '',
          owner: textOf(properties, 'hubspot_owner_id'),
          key: textOf(properties, 'tierline_company_key'),
          tier: textOf(properties, 'tierline_tier'),
          reason: textOf(properties, 'tierline_tier_reason'),
          since: textOf(properties, 'tierline_tier_since'),
          reviewDate: textOf(properties, 'tierline_review_date'),
          fit: numberOf(properties, 'tierline_fit'),
          intent: numberOf(properties, 'tierline_intent'),
          engagement: numberOf(properties, 'tierline_engagement'),
          nextStep: textOf(properties, 'tierline_next_step'),
          overrideTier: textOf(properties, 'tierline_override_tier'),
          overrideReason: textOf(properties, 'tierline_override_reason'),
          overrideUntil: textOf(properties, 'tierline_override_until'),
          industry: textOf(properties, 'industry'),
          employees: numberOf(properties, 'numberofemployees'),
        }))
        .toSorted(byId),
    contacts: () =>
      portal
        .records('contacts')
        .map(({ id, properties }) => ({
          id,
          accountId: textOf(properties, 'associatedcompanyid'),
          email: textOf(properties, 'email'),
          key: textOf(properties, 'tierline_company_key'),
          tier: textOf(properties, 'tierline_tier'),
          role: textOf(properties, 'tierline_buying_role'),
        }))
        .toSorted(byId),
    tasks: () =>
      portal
        .records('tasks')
        .flatMap(({ id, properties }) => {
          const key = textOf(properties, 'tierline_task_key');
          if (key === null) return [];
          return [
            {
              id,
              key,
              accountId: portal.associations({ type: 'tasks', id }, 'companies')[0]?.id ?? null,
              owner: textOf(properties, 'hubspot_owner_id'),
              subject: textOf(properties, 'hs_task_subject'),
              dueOn: textOf(properties, 'hs_timestamp')?.slice(0, 10) ?? null,
              isDone: textOf(properties, 'hs_task_status') === 'COMPLETED',
            },
          ];
        })
        .toSorted(byKey),
    programs: () =>
      portal
        .records('companies')
        .flatMap(({ id, properties }) =>
          (textOf(properties, 'tierline_programs_status') ?? '').split('\n').flatMap((line) => {
            const [, program, status, dueOn] = LINE.exec(line) ?? [];
            if (program === undefined || status === undefined) return [];
            return [{ id: null, key: null, accountId: id, program, status, dueOn: dueOn ?? null }];
          }),
        )
        .toSorted(byProgram),
  };
}

function byKey(a: TaskView, b: TaskView): number {
  return a.key < b.key ? -1 : 1;
}

function byProgram(a: ProgramView, b: ProgramView): number {
  return `${a.accountId} ${a.program} ${a.key}` < `${b.accountId} ${b.program} ${b.key}` ? -1 : 1;
}
