// Spells kana in sound letters: consonants in capitals, vowels in small ones, no length, no doubling. The letters are
// those that transliteration keeps apart; what it does not (r and l, f and h, v and b) is one letter.

const rows: Readonly<Record<string, string>> = {
  '': 'アイウエオ',
  K: 'カキクケコ',
  G: 'ガギグゲゴ',
  S: 'サシスセソ',
  Z: 'ザジズゼゾ',
  T: 'タチツテト',
  D: 'ダヂヅデド',
  N: 'ナニヌネノ',
  H: 'ハヒフヘホ',
  B: 'バビブベボ',
  P: 'パピプペポ',
  M: 'マミムメモ',
  R: 'ラリルレロ',
};
const vowels = 'aiueo';
const soundByKana = new Map<string, string>([
  ['ヤ', 'Ya'],
  ['ユ', 'Yu'],
  ['ヨ', 'Yo'],
  ['ワ', 'Wa'],
  ['ヰ', 'i'],
  ['ヱ', 'e'],
  ['ヲ', 'o'],
  ['ン', 'N'],
  ['ヴ', 'Bu'],
  ['ヂ', 'Zi'],
  ['ヅ', 'Zu'],
]);
for (const [consonant, kana] of Object.entries(rows)) {
  Array.from(kana).forEach((letter, index) => {
    if (!soundByKana.has(letter)) soundByKana.set(letter, consonant + (vowels[index] ?? ''));
  });
}
const smallVowels: Readonly<Record<string, string>> = { ァ: 'a', ィ: 'i', ゥ: 'u', ェ: 'e', ォ: 'o' };
const smallYs: Readonly<Record<string, string>> = { ャ: 'a', ュ: 'u', ョ: 'o' };

/** Everything that is not kana is left out. */
export function kanaSound(text: string): string {
  let sound = '';
  for (const letter of toKatakana(text)) {
    const vowel = smallVowels[letter];
    const yVowel = smallYs[letter];
    if (vowel !== undefined) sound = `${withoutVowel(sound, /[ui]$/u)}${vowel}`;
    else if (yVowel !== undefined) {
      const stem = withoutVowel(sound, /[iueo]$/u);
      // しゃ, ちゃ, じゃ are written sha, cha, ja: no y is heard.
      sound = `${stem}${/[STZ]$/u.test(stem) ? '' : 'y'}${yVowel}`;
    } else if (letter !== 'ー' && letter !== 'ッ') sound += soundByKana.get(letter) ?? '';
  }
  return shortenVowels(sound);
}

/** Long vowels are written in too many ways to be kept: "Ohno", "Oono", "Ōno", "Ono". */
export function shortenVowels(sound: string): string {
  return sound.replace(/ou/gu, 'o').replace(/([aiueo])\1+/gu, '$1');
}

function withoutVowel(sound: string, vowel: RegExp): string {
  if (sound.endsWith('u') && !/[A-Z]u$/u.test(sound)) return `${sound.slice(0, -1)}W`;
  return sound.replace(vowel, '');
}

function toKatakana(text: string): string {
  return text.replace(/[\u3041-\u3096]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));
}
