// Brings a title into the form in which it is compared: no case, width, accents, gender endings, hyphens or dots.

// (m/w/d), (h/f), (all genders): what the law asks for in job advertisements and people copy into CRMs.
const GENDER_NOTE = /\((?:[mwfdhx](?:\s*[/|,]\s*[mwfdhx]){1,3}|all genders)\)/gu;
// Leiter:in, directeur·rice, chargé(e), Einkäufer*innen, director/a
const GENDER_ENDING =
  /(?<=\p{Script=Latin}{3})(?:\((?:in|innen|e|ne|trice|rice|euse|se|es|a|as)\)|[·•:*_/](?:in|innen|e|ne|trice|rice|euse|se|a|as)(?!\p{Script=Latin}))/gu;
// V.P., C.E.O.
const ABBREVIATION = /(?<!\p{Script=Latin})(?:\p{Script=Latin}\.){2,}(?!\p{Script=Latin}{2})/gu;

// Hyphens of all lengths and the dots between words of katakana.
const SEPARATOR = /[\s\-‐‑‒–—―・･]+/gu;

export function foldTitle(title: string): string {
  return stripAccents(title.normalize('NFKC'))
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[’‘`´]/gu, "'")
    .replaceAll(GENDER_NOTE, ' ')
    .replaceAll(GENDER_ENDING, '')
    .replaceAll(ABBREVIATION, (letters) => letters.replaceAll('.', ''))
    .replaceAll(SEPARATOR, ' ')
    .trim();
}

// Only behind Latin letters: the same marks make other kana of kana, and take Hangul syllables apart.
function stripAccents(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/(\p{Script=Latin})\p{Mark}+/gu, '$1')
    .normalize('NFC');
}
