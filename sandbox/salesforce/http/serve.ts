// Puts an Express app on a port and takes it off again, idle sockets included.
import { createServer } from 'node:http';
import type { Express } from 'express';

export interface Served {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** The API has a limit of its own for URI and headers; Node's smaller one must not answer first. */
const MAX_HEADER_BYTES = 131_072;
/** Longer than any client keeps an idle socket: a server that hangs up first makes clients see resets. */
const KEEP_ALIVE_MS = 65_000;

/** With port 0, a free one. */
export const serve = async (app: Express, host: string, port: number): Promise<Served> => {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the Salesforce sandbox has no TCP address');
  }
  let closing: Promise<void> | null = null;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close() {
      closing ??= new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      return closing;
    },
  };
};
