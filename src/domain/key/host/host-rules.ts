// The lists that tell a company's own host from everybody's. The lists are data (mappings/keys/hosts.yaml); here is their shape.

export const sharedHostClasses = [
  'free_mail',
  'isp',
  'disposable',
  'placeholder',
  'social',
  'marketplace',
] as const;
export type SharedHostClass = (typeof sharedHostClasses)[number];

export interface HostRules {
  /** Class by registrable domain or by a longer host (`pf.kakao.com`). */
  readonly classByHost: ReadonlyMap<string, SharedHostClass>;
  /** Class by the label before the public suffix: `yahoo` holds for yahoo.com and yahoo.co.jp. */
  readonly classByStem: ReadonlyMap<string, SharedHostClass>;
  /** Suffixes below which every label is another customer, where the Public Suffix List has none. */
  readonly extraSuffixes: ReadonlySet<string>;
}
