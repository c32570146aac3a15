// Which exit code a command ends with when several things went wrong (contract, section 3).

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  rowFailures: 3,
  auth: 4,
  config: 5,
  held: 6,
  budget: 7,
  interrupted: 130,
} as const;

const PRECEDENCE = [
  EXIT.interrupted,
  EXIT.auth,
  EXIT.config,
  EXIT.held,
  EXIT.budget,
  EXIT.failed,
  EXIT.rowFailures,
];

/** The gravest of several causes; 0 when there is none. */
export function exitCodeOf(causes: readonly number[]): number {
  if (causes.includes(EXIT.usage)) return EXIT.usage;
  return PRECEDENCE.find((code) => causes.includes(code)) ?? EXIT.done;
}
