// Says whether a typed company name names nobody. Refuses to guess at real names: only the list, fillers and keyboard runs.

const keyboardRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', '1234567890', 'abcdefghijklm'];

/** `core` is the folded name without legal form and spaces. */
export function isJunkName(core: string, junkNames: ReadonlySet<string>): boolean {
  if (core === '' || junkNames.has(core)) return true;
  // One letter or figure repeated: "xxxx", "000", "ああああ".
  if (core.length > 1 && new Set(core).size === 1) return true;
  if (/^\d{1,4}$/u.test(core) || (core.length === 1 && /[a-z\d\p{Script=Hiragana}]/u.test(core))) return true;
  return core.length >= 4 && keyboardRows.some((row) => row.includes(core));
}
