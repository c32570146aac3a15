// The only translator of HubSpot's refusals and the network's failures into the one error family. Decides what is worth
// repeating and what a person should do; says no value, no token and none of HubSpot's own texts.
import { OutcomeUnknownError } from '#connectors/calls/outcome-unknown.ts';
import {
  AuthError,
  BudgetError,
  ContractError,
  RateLimitedError,
  type TierlineError,
  UnavailableError,
} from '#errors/errors.ts';
import { type HubspotProblem, readProblem } from './call/problem.ts';

/** HubSpot understood the call and will not do it: callers that sent rows turn it into outcomes. */
export class RefusedCallError extends ContractError {
  readonly problem: HubspotProblem;

  constructor(message: string, problem: HubspotProblem) {
    super(message);
    this.problem = problem;
  }
}

/** The credentials are good but may not do this. */
export class ForbiddenCallError extends AuthError {
  readonly problem: HubspotProblem;

  constructor(message: string, problem: HubspotProblem, next: string) {
    super(message, { next });
    this.problem = problem;
  }
}

/** Other writes hold these records ("423"): of all waits the one that concerns rows and not the connection. */
export class LockedRecordsError extends RateLimitedError {}

export interface FailedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
}

/** Locked records ("423") ask for at least two seconds. */
const LOCKED_WAIT_MS = 2_000;
const TEN_SECONDLY_WAIT_MS = 10_000;
const SECONDLY_WAIT_MS = 1_000;

/** Turns any answer that is not 2xx into what to throw. `what` names method and path for the message. */
export function toCallError(connection: string, what: string, answer: FailedAnswer): TierlineError {
  const problem = readProblem(answer.status, answer.body);
  const subject = `${connection}: ${what}`;
  switch (answer.status) {
    case 401:
      return new AuthError(`${subject}: HubSpot does not accept the credentials (${problem.code})`, {
        next: 'Make a new service key (or refresh token) in HubSpot and put it where tierline.yaml takes it from.',
      });
    case 403:
      return forbidden(subject, problem);
    case 423:
      return new LockedRecordsError(`${subject}: the records are locked by other writes`, LOCKED_WAIT_MS);
    case 429:
      return tooMany(subject, problem, answer.retryAfter);
    case 477:
      return new RateLimitedError(
        `${subject}: the portal is being moved to another data centre`,
        retryAfterMs(answer.retryAfter),
        { next: 'Wait until HubSpot has finished the move (it can take a day), then run again.' },
      );
    default:
      if (answer.status >= 500)
        return new OutcomeUnknownError(`${subject}: HubSpot failed with ${answer.status}`);
      return new RefusedCallError(
        `${subject}: HubSpot refused with ${answer.status} ${problem.code}`,
        problem,
      );
  }
}

/** Turns what the vendor client throws, which is always the network's, into what to throw. */
export function toNetworkError(connection: string, what: string, cause: unknown): TierlineError {
  const code = networkCode(cause);
  const message = `${connection}: ${what}: no connection to HubSpot (${code})`;
  // These fail before a byte of the call has left, so nothing can have happened.
  const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(code);
  return neverSent ? new UnavailableError(message, { cause }) : new OutcomeUnknownError(message, { cause });
}

const forbidden = (subject: string, problem: HubspotProblem): ForbiddenCallError => {
  if (problem.scopes.length === 0)
    return new ForbiddenCallError(
      `${subject}: HubSpot forbids this call (${problem.code})`,
      problem,
      'Check in HubSpot that the service key or app is active and may use this part of the API.',
    );
  const scopes = problem.scopes.join(', ');
  return new ForbiddenCallError(
    `${subject}: the credentials lack a scope; HubSpot asks for: ${scopes}`,
    problem,
    `Add to the service key or app in HubSpot (Settings > Integrations), then run again: ${scopes}`,
  );
};

const tooMany = (
  subject: string,
  problem: HubspotProblem,
  retryAfter: string | null,
): RateLimitedError | BudgetError => {
  if (problem.policy === 'DAILY')
    return new BudgetError(`${subject}: the portal's daily calls are used up`, {
      next: "Run again after midnight in the portal's time zone; what is stored is kept.",
    });
  const waitMs =
    retryAfterMs(retryAfter) ?? (problem.policy === 'SECONDLY' ? SECONDLY_WAIT_MS : TEN_SECONDLY_WAIT_MS);
  return new RateLimitedError(`${subject}: too many calls (${problem.policy ?? 'limit not named'})`, waitMs);
};

/** `Retry-After` in milliseconds: it holds seconds; null when it is missing or unreadable. */
const retryAfterMs = (header: string | null): number | null => {
  const seconds = header === null || header.trim() === '' ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
};

/** Node's fetch hides the code in the cause of a cause. */
const networkCode = (error: unknown): string => {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return 'no code';
};
