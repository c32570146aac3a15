// Merges that a rung proposes, applied from the most to the least sure. Equal ones go by rank, so that the result does
// not depend on the order in which they were found. 8 million accounts and 128 kinds of evidence fit one number each.

export const mostAccounts = 2 ** 23;
const rankBits = mostAccounts;
const evidenceBits = 128;

export interface Proposal {
  readonly a: number;
  readonly b: number;
  readonly confidence: number;
  readonly evidence: number;
}

export class Proposals {
  /** Confidence in thousandths → packed proposals. */
  private readonly byConfidence = new Map<number, number[]>();

  add(a: number, b: number, confidence: number, evidence: number): void {
    if (a === b) return;
    if (evidence >= evidenceBits) throw new RangeError('More kinds of evidence than a proposal can hold');
    const packed = (Math.min(a, b) * rankBits + Math.max(a, b)) * evidenceBits + evidence;
    const level = Math.round(confidence * 1000);
    const known = this.byConfidence.get(level);
    if (known === undefined) this.byConfidence.set(level, [packed]);
    else known.push(packed);
  }

  *strongestFirst(): Generator<Proposal> {
    for (const level of [...this.byConfidence.keys()].toSorted((a, b) => b - a)) {
      let last = -1;
      for (const packed of Float64Array.from(this.byConfidence.get(level) ?? []).toSorted()) {
        if (packed === last) continue;
        last = packed;
        const pair = Math.floor(packed / evidenceBits);
        yield {
          a: Math.floor(pair / rankBits),
          b: pair % rankBits,
          confidence: level / 1000,
          evidence: packed % evidenceBits,
        };
      }
    }
  }
}
