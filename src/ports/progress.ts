// Long work tells how far it is; whoever listens decides whether and how to show it.

export interface Progress {
  /** `total` null: not known. Called often; the listener throttles. */
  report(step: string, done: number, total: number | null): void;
}
