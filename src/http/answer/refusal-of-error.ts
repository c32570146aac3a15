// Turns what was thrown into a refusal. Failures of ours carry their advice with them; anything else is a bug and says no more.
import {
  AuthError,
  BudgetError,
  ConfigError,
  ContractError,
  NotFoundError,
  RateLimitedError,
  TierlineError,
  UnavailableError,
  UsageError,
} from '#errors/errors.ts';
import { type ProblemCode, type Refusal, refuse } from './refusal.ts';

const KINDS: readonly (readonly [abstract new (...given: never[]) => TierlineError, ProblemCode])[] = [
  [NotFoundError, 'not-found'],
  [UsageError, 'bad-request'],
  [ConfigError, 'conflict'],
  [AuthError, 'crm-failed'],
  [ContractError, 'crm-failed'],
  [BudgetError, 'unavailable'],
  [RateLimitedError, 'unavailable'],
  [UnavailableError, 'unavailable'],
];

/** Null: a bug of ours. */
export function refusalOfError(error: unknown): Refusal | null {
  if (error instanceof TierlineError) {
    const code = KINDS.find(([kind]) => error instanceof kind)?.[1] ?? 'unavailable';
    const retryAfterMs = error instanceof RateLimitedError ? error.retryAfterMs : null;
    return refuse(code, error.message, {
      next: error.next,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  return refusalOfBody(error);
}

/** express names what is wrong with a body by `type`. */
function refusalOfBody(error: unknown): Refusal | null {
  const type = error instanceof Error && 'type' in error ? error.type : null;
  switch (type) {
    case 'entity.too.large':
      return refuse('too-large', 'The body is larger than this route takes.');
    case 'entity.parse.failed':
      return refuse('bad-request', 'The body is not JSON.');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return refuse('wrong-content-type', 'The body has an encoding that is not supported; UTF-8 is.');
    case 'request.size.invalid':
    case 'request.aborted':
      return refuse('bad-request', 'The body ended early.');
    default:
      return error instanceof URIError ? refuse('bad-request', 'The path is not properly encoded.') : null;
  }
}
