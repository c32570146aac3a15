// The `paging` of an answer that has more to come.
import type { Request } from 'express';

export interface Paging {
  readonly next: { readonly after: string; readonly link: string };
}

/** The link repeats the request with the new `after`, as HubSpot's does; a POST's link is of no use and left out. */
export const nextPage = (request: Request, after: string): Paging => {
  const url = new URL(request.originalUrl, `${request.protocol}://${request.get('host') ?? 'localhost'}`);
  url.searchParams.set('after', after);
  return { next: { after, link: url.toString() } };
};
