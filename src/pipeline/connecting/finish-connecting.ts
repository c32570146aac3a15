// Takes the CRM's answer that a browser brought: checks that it was asked for, redeems the code, keeps the token.
import { AuthError, ConfigError } from '#errors/errors.ts';
import { hashText } from '#mapping/files/hash-text.ts';
import type { ConnectingParts } from './connecting-parts.ts';

export interface ConnectingAnswer {
  readonly state: string;
  readonly code: string | null;
  /** The CRM's word for why it sent no code, such as `access_denied`. */
  readonly error: string | null;
  /** Of the user at the browser. */
  readonly person: string;
}

export interface Connected {
  readonly connection: string;
  readonly organisation: string | null;
}

export async function finishConnecting(
  { store, clock, authorizations }: ConnectingParts,
  { state, code, error, person }: ConnectingAnswer,
): Promise<Connected> {
  const pending = await store.take(hashText(state), clock.now().toISOString());
  const authorization = pending === null ? undefined : authorizations.get(pending.connection);
  // A stranger's answer in one's own browser would connect the stranger's org; so would one's own answer in a stranger's.
  if (pending === null || authorization === undefined || pending.person !== person) {
    throw new AuthError('This answer of a CRM was not asked for by you, or too long ago', {
      next: 'Connect again, and come back within a quarter of an hour, in the same browser.',
    });
  }
  const { connection, redirectUri, verifier } = pending;
  if (code === null) {
    throw new AuthError(`${connection}: the CRM gave no access (${plainWord(error)})`, {
      next: 'Connect again and agree to what is asked, or ask an administrator of the CRM.',
    });
  }
  const granted = await authorization.redeem({ code, redirectUri, verifier });
  const before = await store.organisation(connection);
  if (before !== null && granted.organisation !== null && before !== granted.organisation) {
    throw new ConfigError(
      `${connection}: this is another org or portal (${granted.organisation}) than the one connected before (${before})`,
      {
        next: 'Its records would be mixed with those of the other one: give it a connection id of its own in tierline.yaml.',
      },
    );
  }
  await store.complete(connection, granted);
  return { connection, organisation: granted.organisation };
}

/** From outside, and shown: only what OAuth allows as an error code. */
function plainWord(error: string | null): string {
  return error !== null && /^[\w.-]{1,60}$/u.test(error) ? error : 'no reason given';
}
