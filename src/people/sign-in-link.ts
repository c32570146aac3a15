// The address of a one-time link. The token stands behind the #: browsers keep that to themselves, so no log or proxy sees it.

export function signInLink(origin: string, token: string): string {
  return `${origin}/#link=${token}`;
}
