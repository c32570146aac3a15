import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { OutcomeUnknownError } from '#connectors/calls/outcome-unknown.ts';
import { createTransport, type HubspotAnswer } from '#connectors/hubspot/call/transport.ts';
import { InterruptedError, UnavailableError } from '#errors/errors.ts';

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

const neverStop = new AbortController().signal;

const get = (url: string, deadlineMs = 2_000, signal = neverStop): Promise<HubspotAnswer> =>
  createTransport(url, 'hs', deadlineMs).send({ method: 'GET', path: '/x' }, 'pat-secret', signal);

describe('createTransport', () => {
  it('sends method, path, query, body and token, and reads status, body and the portal’s clock', async () => {
    const seen: unknown[] = [];
    const url = await serve((request, response) => {
      request.on('data', (data) => seen.push(JSON.parse(String(data))));
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers.authorization]);
        response.writeHead(207, { date: 'Sun, 22 Nov 2026 10:00:00 GMT', 'retry-after': '3' });
        response.end('{"ok":"ü"}');
      });
    });
    const answer = await createTransport(`${url}/`, 'hs', 2_000).send(
      { method: 'POST', path: '/crm/x', query: { after: 'a b' }, body: { inputs: [1] } },
      'pat-secret',
      neverStop,
    );
    expect(seen).toEqual([{ inputs: [1] }, ['POST', '/crm/x?after=a+b', 'Bearer pat-secret']]);
    expect(answer).toMatchObject({ status: 207, body: { ok: 'ü' }, retryAfter: '3' });
    expect(answer.answeredAt?.toISOString()).toBe('2026-11-22T10:00:00.000Z');
  });

  it('posts a form without any token', async () => {
    let seen = '';
    let authorization: string | undefined;
    const url = await serve((request, response) => {
      authorization = request.headers.authorization;
      request.on('data', (data) => {
        seen += String(data);
      });
      request.on('end', () => response.end('{}'));
    });
    await createTransport(url, 'hs', 2_000).postForm('/t', { grant_type: 'x', secret: 'a&b' }, neverStop);
    expect(seen).toBe('grant_type=x&secret=a%26b');
    expect(authorization).toBeUndefined();
  });

  it('reads the limits from the headers, and makes nothing of what is not there', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, {
        'X-HubSpot-RateLimit-Max': '190',
        'X-HubSpot-RateLimit-Remaining': '0',
        'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
        'X-HubSpot-RateLimit-Daily': '1000',
        'X-HubSpot-RateLimit-Daily-Remaining': '400',
      });
      response.end('{}');
    });
    expect((await get(url)).limits).toEqual({
      limit: 190,
      remaining: 0,
      intervalMs: 10_000,
      daily: { used: 600, limit: 1_000 },
    });
    server?.removeAllListeners('request');
    server?.on('request', (_request, response) => response.end('{}'));
    expect((await get(url)).limits).toEqual({
      limit: undefined,
      remaining: undefined,
      intervalMs: undefined,
      daily: null,
    });
  });

  it('takes an empty answer for null and a refusal in HTML for one without a body', async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.url === '/x' ? 204 : 502);
      response.end(request.url === '/x' ? '' : '<html>');
    });
    expect(await get(url)).toMatchObject({ status: 204, body: null });
    const bad = createTransport(url, 'hs', 2_000).send({ method: 'GET', path: '/y' }, 't', neverStop);
    expect(await bad).toMatchObject({ status: 502, body: null });
  });

  it('does not know what happened when a page of HTML comes with status 200', async () => {
    const url = await serve((_request, response) => response.end('<html>'));
    await expect(get(url)).rejects.toThrow(OutcomeUnknownError);
  });

  it.each([
    ['before the answer', () => undefined],
    [
      'in the middle of the body',
      (response: Parameters<RequestListener>[1]) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"results":[');
      },
    ],
  ] as const)('gives up at its deadline when HubSpot falls silent %s', async (_where, start) => {
    const url = await serve((_request, response) => start(response));
    await expect(get(url, 100)).rejects.toThrow(OutcomeUnknownError);
  });

  it('lets go of a body that never ends', async () => {
    let gone = false;
    const url = await serve((request, response) => {
      request.socket.on('close', () => {
        gone = true;
      });
      response.writeHead(200, { 'content-length': '100' });
      response.write('{');
    });
    await expect(get(url, 100)).rejects.toThrow(OutcomeUnknownError);
    await expect.poll(() => gone).toBe(true);
  });

  it('stops at once when the caller does', async () => {
    const url = await serve(() => undefined);
    const stop = new AbortController();
    const stopped = get(url, 5_000, stop.signal);
    setTimeout(() => stop.abort(), 30);
    await expect(stopped).rejects.toThrow(InterruptedError);
  });

  it('does not know what happened when the connection is cut', async () => {
    const url = await serve((request) => request.socket.destroy());
    await expect(get(url)).rejects.toThrow(OutcomeUnknownError);
  });

  it('knows that nothing happened when nobody listens, and never shows the token', async () => {
    const url = await serve(() => undefined);
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    const failure = await get(url).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnavailableError);
    expect(failure).not.toBeInstanceOf(OutcomeUnknownError);
    expect(String(failure)).not.toContain('pat-secret');
  });
});
