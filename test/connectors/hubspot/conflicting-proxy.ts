// Stands before a sandbox and refuses every batch that holds a certain row as a whole, as HubSpot does on a 409.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface ConflictingProxy {
  readonly url: string;
  close(): Promise<void>;
}

export async function startConflictingProxy(
  target: string,
  isBad: (body: unknown) => boolean,
): Promise<ConflictingProxy> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (request.url?.endsWith('/batch/update') === true && isBad(JSON.parse(body))) {
      response.writeHead(409, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: 'error', category: 'CONFLICT', message: 'x already exists' }));
      return;
    }
    const passedOn = await fetch(`${target}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
      ...(body === '' ? {} : { body }),
    });
    response.writeHead(passedOn.status, { 'content-type': 'application/json' });
    response.end(await passedOn.text());
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};
