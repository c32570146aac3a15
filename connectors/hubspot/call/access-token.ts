// Holds the bearer token that calls are made with, and renews it before it ends. Refreshing is single-flight, and a
// refresh token that HubSpot rotated is stored before the new access token is used.

import { z } from 'zod';
import { throwIfInterrupted } from '#connectors/calls/with-deadline.ts';
import { AuthError, ContractError } from '#errors/errors.ts';
import type { Clock } from '#ports/clock.ts';
import type { TokenStore } from '#ports/tokens.ts';
import { RefusedCallError } from '../errors.ts';
import type { HubspotAuth } from '../options.ts';

export interface AccessTokens {
  current(signal?: AbortSignal): Promise<string>;
  /** After a 401 for `refused`: a new token, or null when there is no way to get one. */
  renew(refused: string, signal?: AbortSignal): Promise<string | null>;
  /** The portal's id, when the token's answer told it. */
  readonly portalId: string | null;
}

/** Posts a form to the token endpoint and answers its JSON; throws the error family. */
export type PostTokenForm = (form: Readonly<Record<string, string>>) => Promise<unknown>;

export interface AccessTokenParts {
  readonly connection: string;
  readonly auth: HubspotAuth;
  readonly clock: Clock;
  readonly tokens: TokenStore;
  readonly postForm: PostTokenForm;
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  /** Seconds. */
  expires_in: z.number().positive(),
  hub_id: z.union([z.number(), z.string()]).optional(),
});

/** A token that ends within the time a slow call may take is renewed first. */
const RENEW_BEFORE_MS = 120_000;

export function createAccessTokens(parts: AccessTokenParts): AccessTokens {
  const { auth } = parts;
  if (auth.flow === 'refresh-token') return createRefreshedTokens(parts, auth);
  return {
    portalId: null,
    current: async (signal) => {
      throwIfInterrupted(signal);
      return auth.token;
    },
    renew: async () => null,
  };
}

interface HeldToken {
  readonly value: string;
  readonly renewAtMs: number;
}

const createRefreshedTokens = (
  { connection, clock, tokens, postForm }: AccessTokenParts,
  auth: Extract<HubspotAuth, { flow: 'refresh-token' }>,
): AccessTokens => {
  let held: HeldToken | null = null;
  let portalId: string | null = null;
  let refreshing: Promise<HeldToken> | null = null;

  const refresh = async (): Promise<HeldToken> => {
    const askedAtMs = clock.now().getTime();
    const answer = await tokens.exclusively(connection, askForToken);
    if (answer.hub_id !== undefined) portalId = String(answer.hub_id);
    const livesMs = answer.expires_in * 1000;
    // A token shorter-lived than our margin is still used for half its life instead of being renewed at every call.
    held = {
      value: answer.access_token,
      renewAtMs: askedAtMs + Math.max(livesMs - RENEW_BEFORE_MS, livesMs / 2),
    };
    return held;
  };

  /** The stored token beats the file's; a person who connected anew may have put a fresh one into the file, though. */
  const askForToken = async (): Promise<z.infer<typeof tokenAnswer>> => {
    const stored = await tokens.load(connection);
    let refusal: AuthError | null = null;
    for (const refreshToken of new Set([stored, auth.refreshToken])) {
      if (refreshToken === null || refreshToken === undefined) continue;
      try {
        const answer = await postRefresh(connection, postForm, {
          grant_type: 'refresh_token',
          client_id: auth.clientId,
          client_secret: auth.clientSecret,
          refresh_token: refreshToken,
        });
        // Durable before the session is used: from now on the old token may be dead.
        const living = answer.refresh_token ?? refreshToken;
        if (living !== (stored ?? auth.refreshToken)) await tokens.save(connection, living);
        return answer;
      } catch (error) {
        if (!(error instanceof AuthError)) throw error;
        refusal = error;
      }
    }
    throw refusal ?? notConnected(connection);
  };

  const refreshOnce = async (): Promise<string> => {
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    return (await refreshing).value;
  };

  return {
    get portalId() {
      return portalId;
    },
    async current(signal) {
      throwIfInterrupted(signal);
      if (held !== null && clock.now().getTime() < held.renewAtMs) return held.value;
      return refreshOnce();
    },
    async renew(refused, signal) {
      throwIfInterrupted(signal);
      // Another call may have renewed it while this one was under way.
      if (held !== null && held.value !== refused) return held.value;
      return refreshOnce();
    },
  };
};

const notConnected = (connection: string): AuthError =>
  new AuthError(`${connection}: HubSpot is not connected yet: there is no refresh token`, {
    next: 'Connect it in the browser with `tierline serve`, or give auth.refreshToken.',
  });

const postRefresh = async (
  connection: string,
  postForm: PostTokenForm,
  form: Readonly<Record<string, string>>,
): Promise<z.infer<typeof tokenAnswer>> => {
  return parseTokenAnswer(connection, await postForm(form).catch(throwAsAuthError(connection)));
};

export function parseTokenAnswer(connection: string, body: unknown): z.infer<typeof tokenAnswer> {
  const parsed = tokenAnswer.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ContractError(`${connection}: HubSpot's token answer lacks what its documentation promises`);
}

const throwAsAuthError =
  (connection: string) =>
  (error: unknown): never => {
    if (!(error instanceof RefusedCallError)) throw error;
    throw new AuthError(
      `${connection}: HubSpot does not accept the refresh token or the app (${error.problem.code})`,
      { next: 'Connect the app to the portal again and store the new refresh token for this connection.' },
    );
  };
