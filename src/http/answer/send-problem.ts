// Writes a refusal as application/problem+json (RFC 9457).
import type { Response } from 'express';
import { z } from 'zod';
import { PROBLEMS, type Refusal } from './refusal.ts';

const TITLES: Readonly<Record<keyof typeof PROBLEMS, string>> = {
  'bad-request': 'The request makes no sense',
  'sign-in-needed': 'Sign in, or send an API key',
  'not-allowed': 'Not allowed',
  'not-found': 'Not found',
  'method-not-allowed': 'Not this method',
  conflict: 'It cannot be done now',
  'too-large': 'Too large',
  'wrong-content-type': 'Not this content type',
  'too-many-requests': 'Too many requests',
  internal: 'Internal error',
  'crm-failed': 'A CRM failed',
  unavailable: 'Not available now',
};

export const problemSchema = z.object({
  type: z.string().describe('urn:tierline:problem: and the kind of problem'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  requestId: z.string().describe('Stands in the log lines of this request, and in the header x-request-id'),
  next: z.string().optional().describe('What to do about it'),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export function sendProblem(response: Response, refusal: Refusal, requestId: string): void {
  const { code, detail, more } = refusal;
  const status = PROBLEMS[code];
  const problem: z.input<typeof problemSchema> = {
    type: `urn:tierline:problem:${code}`,
    title: TITLES[code],
    status,
    detail,
    requestId,
    ...(more.next === undefined ? {} : { next: more.next }),
    ...(more.errors === undefined ? {} : { errors: [...more.errors] }),
  };
  if (more.retryAfterMs !== undefined)
    response.set('retry-after', String(Math.ceil(more.retryAfterMs / 1000)));
  if (status === 401) response.set('www-authenticate', 'Bearer realm="tierline"');
  for (const [name, value] of Object.entries(more.headers ?? {})) response.set(name, value);
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}
