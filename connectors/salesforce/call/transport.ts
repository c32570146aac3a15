// Stands in for the client's own transport during one call: no hidden repeats, our signal, headers kept, cut bodies rejected.
import { PassThrough } from 'node:stream';
import type { HttpAnswer } from './send-http.ts';
import { sendHttp } from './send-http.ts';

interface ClientRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface ClientResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What jsforce calls on a transport. */
export interface CallTransport {
  httpRequest(request: ClientRequest): Promise<ClientResponse> & { stream(): PassThrough };
}

export const createCallTransport = (
  signal: AbortSignal,
  onAnswer: (answer: HttpAnswer) => void,
): CallTransport => ({
  httpRequest(request) {
    const answering = (async (): Promise<ClientResponse> => {
      const answer = await sendHttp(
        {
          method: request.method,
          url: request.url,
          headers: withoutLength(request.headers ?? {}),
          body: typeof request.body === 'string' ? request.body : null,
        },
        signal,
      );
      onAnswer(answer);
      return { statusCode: answer.status, headers: { ...answer.headers }, body: answer.body };
    })();
    // jsforce wires this stream up on every call, also when nobody reads it.
    return Object.assign(answering, { stream: () => new PassThrough() });
  },
});

// fetch counts the body itself and refuses a length that was set by hand.
const withoutLength = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'));
