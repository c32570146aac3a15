// Log lines as JSON on standard error. What could hold a secret or a person's data is cut out by name as a last defence.
import { destination, pino } from 'pino';
import type { Log } from '#ports/log.ts';

const NEVER_LOGGED = ['token', 'secret', 'password', 'privateKey', 'authorization', 'email', 'name'];

export function createLog(level: string): Log {
  const logger = pino(
    { level, base: null, redact: { paths: NEVER_LOGGED, censor: '…' } },
    destination({ fd: 2, sync: true }),
  );
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
}
