// Turns what a route threw into HubSpot's error answer, and unknown paths into its 404.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ApiFailure, answerBodyOf } from './api-failure.ts';
import { correlationIdOf } from './correlation.ts';
import { invalidJson } from './failures.ts';

export const answerUnknownPath: RequestHandler = (request, response) => {
  response.status(404).json({
    status: 'error',
    message: `Unable to find a route for ${request.method} ${request.path}`,
    correlationId: correlationIdOf(response),
  });
};

// Express tells error handlers by their four parameters.
export const answerErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const failure = toFailure(error);
  if (failure === null) {
    response.status(500).json({
      status: 'error',
      message: `The sandbox itself failed: ${error instanceof Error ? error.message : String(error)}`,
      correlationId: correlationIdOf(response),
    });
    return;
  }
  for (const [name, value] of Object.entries(failure.options.headers ?? {})) response.setHeader(name, value);
  response.status(failure.options.status).json(answerBodyOf(failure, correlationIdOf(response)));
};

const toFailure = (error: unknown): ApiFailure | null => {
  if (error instanceof ApiFailure) return error;
  // What the JSON parser of Express throws for a malformed body.
  if (error instanceof SyntaxError) return invalidJson(error.message);
  return null;
};
