// Holds the one living session of a connection: logs in on first use, renews it when it expires, once for all who ask.
// It refuses to knock for ever: a session that keeps being refused, or a refused login, ends the connection.
import { AuthError } from '#errors/errors.ts';
import type { Log } from '#ports/log.ts';
import type { Session } from './session.ts';

export interface SessionKeeper {
  current(): Promise<Session>;
  /** Asks for a session other than the one that was refused; concurrent refusals share one login. */
  renew(refused: Session): Promise<Session>;
  /** The session was accepted by a call. */
  accepted(): void;
}

export interface SessionKeeperParts {
  readonly connection: string;
  readonly log: Log;
  readonly logIn: () => Promise<Session>;
}

/** Renewals without one accepted call in between; failed logins count against the org's hourly login limit. */
const RENEWALS_IN_A_ROW = 2;

export const createSessionKeeper = ({ connection, log, logIn }: SessionKeeperParts): SessionKeeper => {
  let session: Session | null = null;
  let running: Promise<Session> | null = null;
  let renewals = 0;
  let ended: AuthError | null = null;

  const open = async (): Promise<Session> => {
    if (ended !== null) throw ended;
    running ??= (async () => {
      try {
        session = await logIn();
        log.debug('logged in', { connection });
        return session;
      } catch (error) {
        if (error instanceof AuthError) ended = error;
        throw error;
      } finally {
        running = null;
      }
    })();
    return running;
  };

  return {
    current: async () => session ?? open(),
    async renew(refused) {
      if (ended !== null) throw ended;
      if (session !== null && session.accessToken !== refused.accessToken) return session;
      if (running === null) {
        if (renewals >= RENEWALS_IN_A_ROW) {
          ended = new AuthError(`${connection}: Salesforce gives sessions and then refuses them`, {
            next: 'Look at the app’s IP and session policies (Setup > External Client App Manager > the app > Policies) and at the login history of the user.',
          });
          throw ended;
        }
        renewals += 1;
        session = null;
        log.info('the session expired, logging in again', { connection, renewals });
      }
      return open();
    },
    accepted() {
      renewals = 0;
    },
  };
};
