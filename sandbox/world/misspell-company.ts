// How different people type the same company's name and website.
import type { CompanyName } from './create-company-name.ts';
import type { Random } from './random.ts';

/** Another spelling than `typed`, where there is one: legal form off, English, capitals, full width. */
export const respellName = (random: Random, name: CompanyName, typed: string): string => {
  const spellings = SPELLINGS[name.script](name).filter((spelling) => spelling !== typed);
  return spellings.length === 0 ? typed : random.pick(spellings);
};

type Spell = (name: CompanyName) => readonly string[];

const SPELLINGS: Readonly<Record<CompanyName['script'], Spell>> = {
  latin: ({ base, legal }) => [
    legal,
    base,
    base,
    legal.toUpperCase(),
    base.toLowerCase(),
    legal.replaceAll('.', ''),
    base.replaceAll('&', 'and'),
    base.normalize('NFD').replaceAll(/\p{Mark}/gu, ''),
    `${legal} `,
  ],
  japanese: ({ base, legal, english }) => [
    legal,
    base,
    english,
    english.toUpperCase(),
    legal.replace('株式会社', '(株)').replace('有限会社', '(有)'),
    legal.replace('株式会社', '㈱').replace('有限会社', '㈲'),
    legal.replace('株式会社', '株式会社　'),
  ],
  korean: ({ base, legal, english }) => [legal, base, english, `(주)${base}`, `㈜ ${base}`, `${base}(주)`],
  chinese: ({ base, legal, english }) => [
    legal,
    base,
    english,
    legal.replace('股份有限公司', '').replace('有限公司', ''),
  ],
};

/** A website as somebody pasted it; the domain is always in it. */
export const typeWebsite = (random: Random, domain: string): string =>
  random.weighted([
    [`https://www.${domain}`, 5],
    [`https://${domain}/`, 3],
    [`www.${domain}`, 4],
    [domain, 4],
    [`http://www.${domain}/`, 3],
    [`http://${domain}/index.html`, 1],
    [`HTTPS://WWW.${domain.toUpperCase()}`, 1],
    [`https://www.${domain}/en/company/?utm_source=mail`, 1],
    [` ${domain}`, 1],
  ]);

/** A page on somebody else's site, given as the company's own: it says nothing about the company's domain. */
export const socialPage = (
  random: Random,
  stem: string,
): { readonly website: string; readonly host: string } => {
  const host = random.pick(['linkedin.com', 'facebook.com', 'instagram.com', 'note.com', 'blog.naver.com']);
  const path = host === 'linkedin.com' ? `company/${stem}` : stem;
  return { website: `https://www.${host}/${path}`, host };
};
