// The one place that decides whether a call is let in: role, and for browsers that the call comes from a page of ours.
import { isAllowed } from '#domain/access/access-role.ts';
import { csrfTokenOf, isSameSecret } from '#people/secret-text.ts';
import { type Refusal, refuse } from '../answer/refusal.ts';
import type { Route } from '../route.ts';
import type { KnownCaller } from './caller.ts';

export interface CallToJudge {
  readonly route: Pick<Route, 'method' | 'role'>;
  readonly caller: KnownCaller | null;
  /** Header x-csrf-token. */
  readonly csrfToken: string | undefined;
  /** Headers that a browser sets and no page can: from where the call comes. */
  readonly fetchSite: string | undefined;
  readonly originHeader: string | undefined;
  /** Where we are reached. */
  readonly ownOrigin: string;
}

/** Null: let in. */
export function authorize(call: CallToJudge): Refusal | null {
  const { route, caller } = call;
  if (route.role !== 'anyone') {
    if (caller === null) {
      return refuse('sign-in-needed', 'This needs a session or an API key that is valid now.');
    }
    if (!isAllowed(caller.role, route.role)) {
      return refuse('not-allowed', `This needs the role ${route.role}; yours is ${caller.role}.`);
    }
  }
  if (route.method === 'get' || caller?.kind === 'api-key') return null;
  if (isForeignPage(call)) return refuse('not-allowed', 'The call comes from a page of another site.');
  if (caller === null || caller.sessionId === null) return null;
  const token = call.csrfToken ?? '';
  if (isSameSecret(token, csrfTokenOf(caller.sessionId))) return null;
  return refuse('not-allowed', 'The header x-csrf-token does not hold the token of this session.', {
    next: 'Take it from GET /api/session.',
  });
}

/** Programs send neither header, and have no cookies that a foreign page could use. */
function isForeignPage({ fetchSite, originHeader, ownOrigin }: CallToJudge): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return true;
  return originHeader !== undefined && originHeader !== ownOrigin;
}
