// The API versions the sandbox answers. The bodies are the same everywhere; 2026-09 checks more.

export const DATED_VERSIONS = ['2025-09', '2026-03', '2026-09'] as const;
export type ApiVersion = (typeof DATED_VERSIONS)[number] | 'v3' | 'v4';

export const isDatedVersion = (text: string): text is (typeof DATED_VERSIONS)[number] =>
  DATED_VERSIONS.some((version) => version === text);

/** From 2026-09 on the rules that an admin set for people hold for API writes. */
export const enforcesAdminRules = (version: ApiVersion): boolean => version === '2026-09';
