// What an admin may set about learning a profile from customers (`icp derive`). Decides nothing itself.

export interface LearningPolicy {
  /** Weight of the base rate in a shrunk lift. */
  readonly liftPrior: number;
  readonly evidenceAdjustment: number;
  /** Information value from which an attribute is weak, medium, strong, suspicious. */
  readonly informationValue: readonly [number, number, number, number];
  readonly falseDiscoveryRate: number;
  /** A field filled so much more often for customers may be filled because they bought. */
  readonly leakFillGap: number;
  /** Proven customers from which the answer is a suggestion, and from which it is a profile. */
  readonly cohort: { readonly suggestFrom: number; readonly learnFrom: number };
  readonly maximumWeight: number;
  readonly cycles: CyclePolicy;
  /** Classes into which numbers are parted. */
  readonly bins: number;
  /** A value that fewer companies have is not tested. */
  readonly minimumCompanies: number;
  /** A field with more different values than this is an identifier or free text. */
  readonly maximumValues: number;
  /** Shrunk lift from which a value without proof counts as adjacent: a word, and a range beside the exact one. */
  readonly adjacentLift: { readonly word: number; readonly range: number };
  /** Agreement (phi) from which two criteria say the same. */
  readonly twinsFrom: number;
  /** Fields that play no part. */
  readonly ignored: readonly string[];
  /** Fields of which people said that they are not filled because somebody bought. */
  readonly confirmed: readonly string[];
}

/** When a deal begins a new cycle, and when a customer is gone. */
export interface CyclePolicy {
  /** Won cycles that prove a customer. */
  readonly needed: number;
  /** Or so many median terms as a customer. */
  readonly tenureTerms: number;
  /** Of a contract that does not say how long it runs. */
  readonly defaultTermMonths: number;
  /** A renewal may be signed this share of the term before its end. */
  readonly earlyShare: number;
  /** … and so long after it; then the contract has ended. */
  readonly lateDays: number;
  /** Parts of a deal's type or name that mean a renewal. */
  readonly renewalWords: readonly string[];
  /** Parts of an account's type or stage that mean a customer of the past. */
  readonly formerWords: readonly string[];
}
