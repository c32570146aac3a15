// Spells Hangul in sound letters, from the parts of its syllables.

const initials = [
  'K',
  'K',
  'N',
  'T',
  'T',
  'R',
  'M',
  'P',
  'P',
  'S',
  'S',
  '',
  'Z',
  'Z',
  'T',
  'K',
  'T',
  'P',
  'H',
];
const medials = [
  'a',
  'e',
  'Ya',
  'e',
  'o',
  'e',
  'Yo',
  'e',
  'o',
  'Wa',
  'We',
  'We',
  'Yo',
  'u',
  'Wo',
  'We',
  'Wi',
  'Yu',
  'u',
  'ui',
  'i',
];
// A final is heard as one of seven sounds; r and l are one letter here.
const finals = Array.from('-KKKNNNTRKMRRRPRMPPTTNTTKTPT', (letter) => (letter === '-' ? '' : letter));

/** Everything that is not a Hangul syllable is left out. */
export function hangulSound(text: string): string {
  let sound = '';
  for (const character of text) {
    const index = (character.codePointAt(0) ?? 0) - 0xac00;
    if (index < 0 || index >= 11_172) continue;
    const medial = medials[Math.floor((index % 588) / 28)] ?? '';
    const initial = initials[Math.floor(index / 588)] ?? '';
    sound += `${initial}${afterInitial(initial, medial)}${finals[index % 28] ?? ''}`;
  }
  return sound.replace(/([A-Z])\1+/gu, '$1');
}

function afterInitial(initial: string, medial: string): string {
  if (initial === '') return medial;
  return medial.replace('Y', /[STZ]/u.test(initial) ? '' : 'y');
}
