// Puts an Express app on a loopback port and takes it off again at once, idle keep-alive sockets included.

import { createServer } from 'node:http';
import type { Express } from 'express';

export interface Listening {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Closes the port and drops every socket; calling it again does nothing. */
  close(): Promise<void>;
}

/** Without a port, or with 0, a free one. */
export const listen = async (app: Express, port = 0): Promise<Listening> => {
  const server = createServer(app);
  // Longer than any client's keep-alive: a server that hangs up first makes clients see resets at random.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the sandbox server has no TCP address');

  let closing: Promise<void> | null = null;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
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
