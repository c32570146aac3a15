// Gives every answer a correlation id, in the header and in error bodies alike.
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const HEADER = 'x-hubspot-correlation-id';

export const correlate: RequestHandler = (_request, response, next) => {
  response.setHeader(HEADER, randomUUID());
  next();
};

export const correlationIdOf = (response: Response): string => String(response.getHeader(HEADER) ?? '');
