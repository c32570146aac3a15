// Asks Salesforce's token endpoint for a session, by any of the three flows that need no browser.
import { z } from 'zod';
import { findAddressProblem } from '#domain/address/find-address-problem.ts';
import { AuthError } from '#errors/errors.ts';
import { withDeadline } from '../../calls/with-deadline.ts';
import { HostNotFoundError, type HttpAnswer, sendHttp } from '../call/send-http.ts';
import { translateLoginAnswer } from '../errors.ts';
import { toLongId } from '../salesforce-id.ts';
import type { Session } from './session.ts';

export interface TokenRequest {
  readonly connection: string;
  readonly loginUrl: string;
  /** Form fields of the grant. */
  readonly grant: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
}

export interface TokenGrant {
  readonly session: Session;
  /** Set when Salesforce rotates refresh tokens: the one sent is dead from now on. */
  readonly rotatedRefreshToken: string | null;
}

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  instance_url: z.url().refine((address) => findAddressProblem(address) === null),
  /** `https://login.salesforce.com/id/<organisation>/<user>` */
  id: z.string().optional(),
  refresh_token: z.string().min(1).optional(),
});

export const requestToken = async (request: TokenRequest): Promise<TokenGrant> => {
  const answer = await post(request);
  const parsed = TokenAnswer.safeParse(parseJson(answer.body));
  if (answer.status !== 200 || !parsed.success)
    throw translateLoginAnswer(request.connection, request.loginUrl, answer.status, answer.body);
  const token = parsed.data;
  const [organisationId, userId] = readIdentityUrl(token.id);
  return {
    session: {
      accessToken: token.access_token,
      instanceUrl: new URL(token.instance_url).origin,
      organisationId,
      userId,
    },
    rotatedRefreshToken: token.refresh_token ?? null,
  };
};

const post = async ({ connection, loginUrl, grant, deadlineMs }: TokenRequest): Promise<HttpAnswer> => {
  try {
    return await withDeadline(
      (signal) =>
        sendHttp(
          {
            method: 'POST',
            url: new URL('/services/oauth2/token', loginUrl).href,
            headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
            body: new URLSearchParams(grant).toString(),
          },
          signal,
        ),
      { deadlineMs, what: `${connection}: the login` },
    );
  } catch (error) {
    if (error instanceof HostNotFoundError)
      throw new AuthError(`${connection}: ${error.message}`, {
        cause: error,
        next: 'Check loginUrl: the My Domain address is shown in Setup > My Domain.',
      });
    throw error;
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const readIdentityUrl = (url: string | undefined): [string | null, string | null] => {
  const [, organisationId, userId] = /\/id\/(\w+)\/(\w+)$/.exec(url ?? '') ?? [];
  return [
    organisationId === undefined ? null : toLongId(organisationId),
    userId === undefined ? null : toLongId(userId),
  ];
};
