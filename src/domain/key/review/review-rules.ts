// The numbers behind the order of uncertain pairs; their file is read elsewhere.
import { reviewReasons } from '../group/account-grouping.ts';

/** Why a pair is asked about: what kept it apart, or that only weak evidence put an account or a contact where it is. */
export const questionReasons = [...reviewReasons, 'weak_join', 'weak_contact'] as const;
export type QuestionReason = (typeof questionReasons)[number];

export interface ReviewRules {
  /** How often the matcher's answer is wrong, by reason, 0 to 1. */
  readonly chanceOfError: Readonly<Record<QuestionReason, number>>;
  /** Answers that this estimate weighs as much as. */
  readonly estimateCountsAs: number;
  readonly askJoinsBelow: number;
  readonly mostJoinsAsked: number;
  readonly worth: { readonly company: number; readonly contact: number; readonly openPipeline: number };
}
