// Which scripts a core name is written in.

export const nameScripts = ['latin', 'kana', 'han', 'hangul', 'other'] as const;
export type NameScript = (typeof nameScripts)[number];

/** `kana` for kana with or without Latin letters, `han` for Han alone; Han mixed with others is `other`. */
export function scriptOf(core: string): NameScript {
  if (/^[a-z\d]+$/u.test(core)) return 'latin';
  if (/^[\p{Script=Katakana}\p{Script=Hiragana}ーa-z\d]+$/u.test(core)) return 'kana';
  if (/^\p{Script=Han}+$/u.test(core)) return 'han';
  return /^[\p{Script=Hangul}a-z\d]+$/u.test(core) ? 'hangul' : 'other';
}

/** Kana is written in Japan and Hangul in Korea; other scripts say no country. */
export function countryOfScript(text: string): string | null {
  if (/[\p{Script=Katakana}\p{Script=Hiragana}]|株式会社|㈱|有限会社|合同会社/u.test(text)) return 'JP';
  return /\p{Script=Hangul}/u.test(text) ? 'KR' : null;
}
