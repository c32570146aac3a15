// What is known of a request on its way through: for the log line and the problem document at its end.
import type { Response } from 'express';
import type { KnownCaller } from './access/caller.ts';

export interface RequestState {
  readonly requestId: string;
  /** Pattern of the route, never the path: paths name accounts and people. */
  route: string | null;
  caller: KnownCaller | null;
}

const states = new WeakMap<Response, RequestState>();

export function beginRequest(response: Response, requestId: string): RequestState {
  const state: RequestState = { requestId, route: null, caller: null };
  states.set(response, state);
  return state;
}

export function stateOf(response: Response): RequestState {
  return states.get(response) ?? beginRequest(response, 'unknown');
}
