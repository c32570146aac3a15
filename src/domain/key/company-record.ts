// What the matcher is told of an account or a person, and what it answers.

export const recordKinds = ['account', 'person'] as const;
export type RecordKind = (typeof recordKinds)[number];

export interface CompanyRecord {
  /** Unique among the records of one run and kind. */
  readonly id: string;
  readonly kind: RecordKind;
  readonly name: string | null;
  readonly aliases?: readonly string[];
  readonly domain?: string | null;
  readonly website?: string | null;
  readonly email?: string | null;
  /** What a person typed as their company. */
  readonly companyName?: string | null;
  /** As written; it is normalised here. */
  readonly country?: string | null;
  /** Scheme → value, as written. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Id of the account this person is linked to in the CRM. */
  readonly accountId?: string | null;
  /** Id of the account's parent in the CRM: the same family, not the same company. */
  readonly parentId?: string | null;
  /** By what else an account is looked up. Kept beside it; no company is matched by it. */
  readonly labels?: readonly string[];
}

export interface KeyAssignment {
  readonly id: string;
  readonly kind: RecordKind;
  /** Id of the record that stands for the company, the same for any order of input; null belongs to no company. */
  readonly group: string | null;
  /** Id of the record that stands for the family (parent and children, shared domain). */
  readonly family: string | null;
  readonly evidence: readonly string[];
  /** 0 to 1: how sure it is that the record belongs to its group. */
  readonly confidence: number;
  /** A person should look at it. */
  readonly review: boolean;
}

export const verdicts = ['same', 'different', 'parent_of', 'unsure'] as const;
export type Verdict = (typeof verdicts)[number];

/** What a person answered about two accounts; it beats every other evidence and survives re-runs. */
export interface Judgement {
  readonly a: string;
  readonly b: string;
  readonly verdict: Verdict;
}
