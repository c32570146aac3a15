// The parts of an explanation that came later than the first results: absent in what older runs stored.

type Text = string | null;

/** The row of the decision table that spoke. */
export interface ExplainedRule {
  readonly fit: string;
  readonly acv: string;
  readonly intent: boolean;
  readonly engaged: boolean;
  readonly gives: string;
  readonly reason: string;
  readonly from: string;
}

export interface ExplainedRating {
  readonly rating: number;
  readonly reason: string;
  readonly from?: { readonly what: string; readonly source: Text; readonly on: Text };
  /** What it would be without the rep's word. */
  readonly overruled?: { readonly rating: number; readonly reason: string } | null;
  readonly until?: Text;
}

export interface ExplainedValue {
  readonly acv: number | null;
  readonly band: string;
  readonly source: string;
  readonly alreadyWon?: number;
  readonly motion: string;
  readonly deals?: readonly {
    readonly connection: string;
    readonly id: string;
    readonly state: string;
    readonly annual: number | null;
    readonly closeOn: Text;
  }[];
  readonly dealsInAll?: number;
  readonly revenue?: {
    readonly toDate: number;
    readonly lastYear: number;
    readonly from: string;
    readonly sources: readonly string[];
    readonly firstOn: string;
    readonly lastOn: string;
  } | null;
  readonly lifetime?: {
    readonly annual: number;
    readonly account: number;
    readonly byFormula: number;
  } | null;
  readonly payments?: {
    readonly judged: number;
    readonly late: number;
    readonly open: number;
    readonly overdue: number;
    readonly latest: readonly {
      readonly amount: number;
      readonly dueOn: string;
      readonly paidOn: Text;
      readonly daysLate: number;
      readonly source: string;
    }[];
  } | null;
  readonly renewal?: { readonly on: string; readonly from: string; readonly source: Text } | null;
}

export interface ExplainedGroup {
  readonly coverage: number;
  readonly parts: readonly { readonly part: string; readonly people: number }[];
  readonly missing: readonly string[];
  readonly depth: { readonly engaged: number; readonly of: number };
  readonly champions: readonly {
    readonly connection: Text;
    readonly id: Text;
    readonly by: string;
    readonly points: number | null;
    readonly times: number | null;
  }[];
}

export interface ExplainedInput {
  readonly field: string;
  readonly value: unknown;
  readonly source: string;
  readonly observedOn: Text;
  readonly tooOld: boolean;
}

export interface ExplainedUnused {
  readonly kind: string;
  readonly what: string;
  readonly value?: Text;
  readonly source: string;
  readonly why: string;
  readonly rows: number;
  readonly newest: Text;
}
