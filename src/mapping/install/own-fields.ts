// The fields that Tierline brings along, by canonical name: type, label, what it says to people. A CRM's name for each comes
// from the mapping, and `setup` makes only those that still bear the shipped name.
import { PROGRAM_STATUS_LABELS, PROGRAM_STATUSES, type Program } from '#domain/program/program.ts';
import type { CrmObject } from '#domain/record/objects.ts';

export interface OwnFieldOption {
  /** Canonical value. */
  readonly value: string;
  readonly label: string;
}

export interface OwnField {
  readonly object: CrmObject;
  /** Canonical name. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type:
    | {
        readonly kind: 'text';
        readonly length: number;
        readonly externalId?: boolean;
        readonly unique?: boolean;
      }
    | { readonly kind: 'long_text'; readonly length: number }
    | { readonly kind: 'number'; readonly precision: number; readonly scale: number }
    | { readonly kind: 'money' }
    | { readonly kind: 'date' }
    | { readonly kind: 'checkbox' }
    | { readonly kind: 'choice'; readonly options: readonly OwnFieldOption[] }
    | { readonly kind: 'multi_choice'; readonly options: readonly OwnFieldOption[] }
    | { readonly kind: 'account_lookup' };
  /** People edit it; we only read it, or fill it in one named case. */
  readonly editableByUsers?: boolean;
}

const TIER_OPTIONS: readonly OwnFieldOption[] = [
  { value: 'tier_1', label: 'Tier 1' },
  { value: 'tier_2', label: 'Tier 2' },
  { value: 'tier_3', label: 'Tier 3' },
  { value: 'not_tiered', label: 'Not tiered' },
  { value: 'unscored', label: 'Unscored' },
  { value: 'excluded', label: 'Excluded' },
];

const OVERRIDE_OPTIONS: readonly OwnFieldOption[] = [
  ...TIER_OPTIONS.slice(0, 4),
  { value: 'at_least_tier_1', label: 'At least Tier 1' },
  { value: 'at_least_tier_2', label: 'At least Tier 2' },
  { value: 'at_least_tier_3', label: 'At least Tier 3' },
  { value: 'at_most_tier_2', label: 'At most Tier 2' },
  { value: 'at_most_tier_3', label: 'At most Tier 3' },
  { value: 'excluded', label: 'Excluded' },
];

const ROLE_OPTIONS: readonly OwnFieldOption[] = [
  { value: 'economic_buyer', label: 'Economic buyer' },
  { value: 'decision_maker', label: 'Decision maker' },
  { value: 'influencer', label: 'Influencer' },
  { value: 'technical_approver', label: 'Technical approver' },
  { value: 'it_expert', label: 'IT expert' },
  { value: 'procurement', label: 'Procurement' },
  { value: 'user', label: 'User' },
  { value: 'gatekeeper', label: 'Gatekeeper' },
  { value: 'champion', label: 'Champion' },
  { value: 'blocker', label: 'Blocker' },
];

const SCORE = { kind: 'number', precision: 4, scale: 1 } as const;
const KEY = {
  name: 'companyKey',
  label: 'Tierline Company Key',
  description: 'One key for all records of a company, in every connected system. Set by Tierline.',
  type: { kind: 'text', length: 40, externalId: true },
} as const;

function tierField(object: CrmObject, description: string): OwnField {
  return {
    object,
    name: 'tier',
    label: 'Tierline Tier',
    description,
    type: { kind: 'choice', options: TIER_OPTIONS },
  };
}

export function ownFields(programs: readonly Program[]): readonly OwnField[] {
  const menu = programs.filter((program) => program.tier === 'tier_1' || program.tier === 'tier_2');
  const programOptions = menu.map(({ id, name }) => ({ value: id, label: name }));
  const account = (field: Omit<OwnField, 'object'>): OwnField => ({ object: 'account', ...field });
  const contact = (field: Omit<OwnField, 'object'>): OwnField => ({ object: 'contact', ...field });
  const program = (field: Omit<OwnField, 'object'>): OwnField => ({ object: 'program', ...field });
  return [
    tierField('account', 'How this account is worked. Set by Tierline; edit it to overrule for 90 days.'),
    account({
      name: 'tierReason',
      label: 'Tierline Tier Reason',
      description: 'The facts behind the tier.',
      type: { kind: 'text', length: 255 },
    }),
    account({
      name: 'tierSince',
      label: 'Tierline Tier Since',
      description: 'Day of the last tier change.',
      type: { kind: 'date' },
    }),
    account({
      name: 'reviewDate',
      label: 'Tierline Review Date',
      description: 'Day on which the tier is looked at again.',
      type: { kind: 'date' },
    }),
    account({
      name: 'fit',
      label: 'Tierline Fit',
      description: 'Fit with the ideal customer profile, 0 to 100.',
      type: SCORE,
    }),
    account({
      name: 'intent',
      label: 'Tierline Intent',
      description: 'Research on our topics, 0 to 100.',
      type: SCORE,
    }),
    account({
      name: 'engagement',
      label: 'Tierline Engagement',
      description: 'Activity with us, 0 to 100.',
      type: SCORE,
    }),
    account({
      name: 'nextStep',
      label: 'Tierline Next Step',
      description: 'One thing to do next.',
      type: { kind: 'text', length: 255 },
    }),
    account({
      name: 'overrideTier',
      label: 'Tierline Override Tier',
      description: 'Set by people: overrules the computed tier until the date beside it.',
      type: { kind: 'choice', options: OVERRIDE_OPTIONS },
      editableByUsers: true,
    }),
    account({
      name: 'overrideReason',
      label: 'Tierline Override Reason',
      description: 'Why the tier is overruled.',
      type: { kind: 'text', length: 255 },
      editableByUsers: true,
    }),
    account({
      name: 'overrideUntil',
      label: 'Tierline Override Until',
      description: 'Last day of the override; 90 days when left empty.',
      type: { kind: 'date' },
      editableByUsers: true,
    }),
    account(KEY),
    account({
      name: 'programsRequested',
      label: 'Tierline Programs Requested',
      description: 'Tick what this account should get.',
      type: { kind: 'multi_choice', options: programOptions },
      editableByUsers: true,
    }),
    account({
      name: 'programsStatus',
      label: 'Tierline Programs Status',
      description: 'Where each program stands, one line each.',
      type: { kind: 'long_text', length: 32_768 },
    }),

    contact(KEY),
    { object: 'lead', ...KEY },
    tierField('contact', "The tier of this person's account. Set by Tierline."),
    contact({
      name: 'buyingRole',
      label: 'Tierline Buying Role',
      description: 'Part in the buying group, suggested from the title; edit it and yours stands.',
      type: { kind: 'choice', options: ROLE_OPTIONS },
      editableByUsers: true,
    }),

    {
      object: 'task',
      name: 'taskKey',
      label: 'Tierline Task Key',
      description: 'Keeps Tierline from making the same task twice.',
      type: { kind: 'text', length: 120, externalId: true, unique: true },
    },

    program({
      name: 'accountId',
      label: 'Account',
      description: 'The account that the program is for.',
      type: { kind: 'account_lookup' },
    }),
    program({
      name: 'program',
      label: 'Program',
      description: 'Id in the catalogue of programs.',
      type: { kind: 'text', length: 40 },
    }),
    program({
      name: 'tier',
      label: 'Tier',
      description: 'Menu that the program is on.',
      type: { kind: 'choice', options: TIER_OPTIONS.slice(0, 3) },
    }),
    program({
      name: 'requested',
      label: 'Requested',
      description: 'Tick to order it for this account.',
      type: { kind: 'checkbox' },
      editableByUsers: true,
    }),
    program({
      name: 'status',
      label: 'Status',
      description: 'Where the program stands.',
      type: {
        kind: 'choice',
        options: PROGRAM_STATUSES.map((value) => ({ value, label: PROGRAM_STATUS_LABELS[value] })),
      },
    }),
    program({
      name: 'dueOn',
      label: 'Due',
      description: 'Day by which it is delivered.',
      type: { kind: 'date' },
    }),
    program({
      name: 'cost',
      label: 'Cost',
      description: 'Estimated cost for this account.',
      type: { kind: 'money' },
    }),
    program({
      name: 'programKey',
      label: 'External Key',
      description: 'Keeps Tierline from making the same row twice.',
      type: { kind: 'text', length: 120, externalId: true, unique: true },
    }),
  ];
}
