// How much one address or one caller may ask for. A whole office behind one address, or a console that fifty people share a key
// for, meets none of these; a script that went wild does, before it takes the machine from everybody.

export interface RequestLimits {
  /** Requests a minute from one address, whoever it is. */
  readonly perAddress: number;
  /** Requests a minute of one user or API key. */
  readonly perCaller: number;
  /** Tries to sign in from one address in five minutes, at whichever account. */
  readonly signIns: number;
  /** Event streams open at once in this process. */
  readonly openStreams: number;
  /** Milliseconds after which an event stream ends and has to be asked for again: with rights that were taken away meanwhile. */
  readonly streamMs: number;
  /** Milliseconds between signs of life on an event stream: proxies close what is silent for a minute. */
  readonly heartbeatMs: number;
}

export const REQUEST_LIMITS: RequestLimits = {
  // One process answers some 500 to 1,000 requests a second on two cores.
  perAddress: 120_000,
  perCaller: 90_000,
  signIns: 30,
  openStreams: 100,
  streamMs: 10 * 60_000,
  heartbeatMs: 15_000,
};

/** Bytes of a request body, as express writes them. Only routes that take files' worth of rows allow the larger. */
export const BODY_LIMITS = { usual: '256kb', bulk: '8mb' } as const;
