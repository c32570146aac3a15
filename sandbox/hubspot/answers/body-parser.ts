// Parses JSON bodies and remembers how long they were on the wire, since search limits that.
import express, { type Request, type RequestHandler } from 'express';

const rawLengths = new WeakMap<object, number>();

/** HubSpot's batch bodies are well under this. */
const BODY_LIMIT = '10mb';

export const parseJsonBodies = (): RequestHandler =>
  express.json({
    limit: BODY_LIMIT,
    verify: (request, _response, buffer) => {
      rawLengths.set(request, buffer.length);
    },
  });

export const rawBodyLength = (request: Request): number => rawLengths.get(request) ?? 0;
