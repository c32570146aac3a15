// Answers 414 to long URLs, as the edge in front of HubSpot does before anything else looks at the request.
import type { RequestHandler } from 'express';

/** Refusals were seen from 8 KiB on, though some callers got through up to twice that. */
const URL_LIMIT = 8192;

export const limitUrlLength: RequestHandler = (request, response, next) => {
  if (request.originalUrl.length <= URL_LIMIT) {
    next();
    return;
  }
  response
    .status(414)
    .type('html')
    .send(
      '<html><head><title>414 Request-URI Too Large</title></head><body>414 Request-URI Too Large</body></html>',
    );
};
