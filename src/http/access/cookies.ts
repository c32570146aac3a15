// Our cookies: read from the request, set on the answer, always HttpOnly and SameSite=Lax, and Secure where the service has TLS.
import type { Request, Response } from 'express';

export interface CookieJar {
  get(name: CookieName): string | null;
  set(name: CookieName, value: string, lifeMs: number): void;
  clear(name: CookieName): void;
}

/** `session`: who signed in. `visit`: which browser went off to the identity provider. */
export type CookieName = 'session' | 'visit';

export function openCookies(request: Request, response: Response, isSecure: boolean): CookieJar {
  // A browser takes a cookie of this prefix from nobody but this very host, over TLS.
  const nameOf = (name: CookieName) => `${isSecure ? '__Host-' : ''}tierline-${name}`;
  const attributes = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' } as const;
  return {
    get: (name) => readCookie(request.headers.cookie ?? '', nameOf(name)),
    set: (name, value, lifeMs) => response.cookie(nameOf(name), value, { ...attributes, maxAge: lifeMs }),
    clear: (name) => response.clearCookie(nameOf(name), attributes),
  };
}

/** Our values need no decoding. */
function readCookie(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
