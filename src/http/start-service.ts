// Puts the service on a port, and takes it off again in order: no new connections, streams end, answers under way are finished.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '#errors/errors.ts';
import { clearExpired } from '#people/sessions.ts';
import { createApp } from './create-app.ts';
import type { ServiceWiring } from './service-parts.ts';

export interface ServiceAddress {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Another port will do when somebody uses this one. */
  readonly orAnyPort?: boolean;
}

export interface RunningService {
  /** `http://127.0.0.1:4400`, without a slash at the end. */
  readonly url: string;
  /** Resolves when the last answer is finished, or after the grace time without it; closing twice is closing once. */
  close(): Promise<void>;
}

/** Longer than the idle time of common proxies (60 s): a server that hangs up first makes them answer 502 at random. */
const KEEP_ALIVE_MS = 65_000;
/** A whole request, body included; slower ones are attacks or broken lines. */
const REQUEST_MS = 120_000;
const GRACE_MS = 10_000;
const LOOK_FOR_IDLE_MS = 20;
const CLEAR_EVERY_MS = 3_600_000;

export async function startService(
  wiring: ServiceWiring,
  { host, port, orAnyPort = false }: ServiceAddress,
): Promise<RunningService> {
  const stopping = new AbortController();
  const server = createServer(createApp(wiring, stopping.signal));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1_000;
  server.requestTimeout = REQUEST_MS;
  await listen(server, host, port).catch((error: unknown) => {
    if (!orAnyPort || port === 0) throw error;
    return listen(server, host, 0);
  });
  const clearing = setInterval(() => {
    clearExpired(wiring.people).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      wiring.log.warn('Expired sessions could not be cleared away', { reason });
    });
  }, CLEAR_EVERY_MS);
  clearing.unref();

  const close = async () => {
    clearInterval(clearing);
    stopping.abort();
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    // A connection is idle only after its last answer: looked at until there is none.
    const idle = setInterval(() => server.closeIdleConnections(), LOOK_FOR_IDLE_MS);
    const limit = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    await closed;
    clearInterval(idle);
    clearTimeout(limit);
  };
  let closing: Promise<void> | null = null;
  return {
    url: urlOf(server.address() as AddressInfo),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${cause.code ?? cause.message})`;
      reject(
        new ConfigError(`Port ${port} on ${host} ${reason}`, {
          cause,
          next: 'Name another with --port, or stop what uses it.',
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}

function urlOf({ address, family, port }: AddressInfo): string {
  const isEverywhere = address === '0.0.0.0' || address === '::';
  const host = isEverywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
