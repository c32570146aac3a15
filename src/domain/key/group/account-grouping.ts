// The state of grouping: which accounts are together and why, which pairs a person should look at, and what was left
// uncompared because it would have cost too much.
import { ClusterForest } from './cluster-forest.ts';
import { EvidenceSets } from './evidence-sets.ts';
import type { Proposals } from './proposals.ts';

/** What a rung asks before a proposal is carried out. */
export type Veto = (a: number, b: number) => boolean;

/** Why a pair was not joined and is worth a person's look. */
export const reviewReasons = [
  'judged_unsure',
  'contradiction',
  'unlike_names',
  'several_candidates',
  'weak_evidence',
] as const;
export type ReviewReason = (typeof reviewReasons)[number];

export interface ReviewPair {
  readonly a: number;
  readonly b: number;
  readonly reason: ReviewReason;
}

/** What was not compared; never silent. */
export interface Omissions {
  /** Identifiers on so many unlike names that they say nothing. */
  genericIdentifiers: number;
  /** Domains with so many names that only equal ones were joined. */
  portalDomains: number;
  /** Look-ups that found more candidates than are compared. */
  overfullBlocks: number;
}

const mostReviewPairs = 100_000;
/** Two clusters of so many accounts each are joined only by what two things speak for: one wrong edge would join all of them. */
const bridge = { eachAtLeast: 5, features: 2 } as const;

export class AccountGrouping {
  readonly companies: ClusterForest;
  readonly families: ClusterForest;
  private readonly evidence = new EvidenceSets();
  private readonly evidenceByRank: Int32Array;
  private readonly confidenceByRank: Float32Array;
  private readonly reviewByRank: Uint8Array;
  private readonly reviews: ReviewPair[] = [];
  readonly omissions: Omissions = { genericIdentifiers: 0, portalDomains: 0, overfullBlocks: 0 };
  private readonly evidenceNames: (readonly string[])[] = [];
  private readonly evidenceNumbers = new Map<string, number>();

  constructor(count: number) {
    this.companies = new ClusterForest(count);
    this.families = new ClusterForest(count);
    this.evidenceByRank = new Int32Array(count);
    this.confidenceByRank = new Float32Array(count);
    this.reviewByRank = new Uint8Array(count);
  }

  /** A small number for a kind of evidence, to put into a proposal. */
  evidenceNumber(...names: readonly string[]): number {
    const spelling = names.join(' ');
    const known = this.evidenceNumbers.get(spelling);
    if (known !== undefined) return known;
    this.evidenceNumbers.set(spelling, this.evidenceNames.length);
    return this.evidenceNames.push(names) - 1;
  }

  /** Carries out what no member contradicts; `veto` adds the rung's own contradictions. */
  apply(proposals: Proposals, veto: Veto): void {
    for (const { a, b, confidence, evidence } of proposals.strongestFirst()) {
      if (!this.companies.areTogether(a, b) && veto(a, b)) {
        this.askForReview(a, b, 'contradiction');
        continue;
      }
      if (this.isWeakBridge(a, b, evidence)) {
        this.askForReview(a, b, 'weak_evidence');
        continue;
      }
      this.join(a, b, evidence, confidence);
    }
  }

  private isWeakBridge(a: number, b: number, evidence: number): boolean {
    const { companies } = this;
    if (companies.areTogether(a, b)) return false;
    if (Math.min(companies.sizeOf(a), companies.sizeOf(b)) < bridge.eachAtLeast) return false;
    const features = (this.evidenceNames[evidence] ?? []).flatMap((name) => name.split('+'));
    return features.length < bridge.features && !features.some((name) => name.startsWith('identifier'));
  }

  join(a: number, b: number, evidence: number, confidence: number, force = false): boolean {
    if (!this.companies.join(a, b, force)) return false;
    this.families.join(a, b, true);
    for (const rank of [a, b]) {
      for (const name of this.evidenceNames[evidence] ?? []) {
        this.evidenceByRank[rank] = this.evidence.with(this.evidenceByRank[rank] ?? 0, name);
      }
      if (confidence > (this.confidenceByRank[rank] ?? 0)) this.confidenceByRank[rank] = confidence;
    }
    return true;
  }

  joinFamilies(a: number, b: number): void {
    this.families.join(a, b, true);
  }

  askForReview(a: number, b: number, reason: ReviewReason): void {
    this.reviewByRank[a] = 1;
    this.reviewByRank[b] = 1;
    this.reviews.push({ a: Math.min(a, b), b: Math.max(a, b), reason });
  }

  /** Pairs that stayed apart, each once and in the order of their ranks; of very many the first. */
  reviewPairs(): ReviewPair[] {
    const open = this.reviews.filter(({ a, b }) => !this.companies.areTogether(a, b));
    const sorted = open.toSorted(
      (one, other) => one.a - other.a || one.b - other.b || (one.reason < other.reason ? -1 : 1),
    );
    return sorted
      .filter(({ a, b }, index) => sorted[index - 1]?.a !== a || sorted[index - 1]?.b !== b)
      .slice(0, mostReviewPairs);
  }

  needsReview(rank: number): boolean {
    return this.reviewByRank[rank] === 1;
  }

  evidenceOf(rank: number): readonly string[] {
    return this.evidence.namesOf(this.evidenceByRank[rank] ?? 0);
  }

  /** 1 for an account that stands alone. */
  confidenceOf(rank: number): number {
    const confidence = this.confidenceByRank[rank] ?? 0;
    return confidence === 0 ? 1 : Math.round(confidence * 1000) / 1000;
  }
}
