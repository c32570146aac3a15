// Invented accounts and contacts for the speed run: Latin, kana and Han names with duplicates, domains and identifiers
// in shares like those of a half-empty CRM. A fixed seed, so that two runs see the same records.
import type { CompanyRecord } from '#domain/key/company-record.ts';

const syllables =
  'ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ra ri ru re ro ya yu yo wa ga gi gu ge go za ji zu ze zo da de do ba bi bu be bo'.split(
    ' ',
  );
const kana =
  'カキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロヤユヨワガギグゲゴザジズゼゾダデドバビブベボ';
const han =
  '中華台大新東亞光電力科技生物國際化學工業精密金屬材料通訊資訊網路系統機械自動環保能源食品醫藥紡織建設營造開發投資創聯合和平安信義仁愛忠孝美麗豐盛昌隆興旺富貴福祿壽康寧宏遠達成永恆';
const trades = [
  'Robotics',
  'Logistics',
  'Foods',
  'Chemical',
  'Electronics',
  'Systems',
  'Medical',
  'Energy',
  'Steel',
  'Media',
  'Software',
  'Trading',
];
const forms = ['Inc.', 'Corp.', 'LLC', 'GmbH', 'Co., Ltd.', 'Ltd', 'S.A.', ''];
const countries = ['US', 'DE', 'JP', 'TW', 'GB', 'FR', 'KR', 'CN', null];

export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function* generateRecords(accounts: number, contacts: number): Generator<CompanyRecord> {
  const random = createRandom(7);
  const pick = <Item>(items: ArrayLike<Item>): Item | undefined => items[Math.floor(random() * items.length)];
  const companies = Math.ceil(accounts * 0.8);
  for (let index = 0; index < accounts; index++) {
    const company = index < companies ? index : Math.floor(random() * companies);
    yield {
      id: `001A${String(index).padStart(12, '0')}`,
      kind: 'account',
      ...describeCompany(company),
      ...(random() < 0.5 ? { country: null } : {}),
    };
  }
  for (let index = 0; index < contacts; index++) {
    const company = Math.floor(random() * companies);
    const isFree = random() < 0.15;
    const email = `person${index}@${isFree ? (pick(['gmail.com', 'yahoo.co.jp', 'msa.hinet.net']) ?? 'gmail.com') : domainOf(company)}`;
    const companyName = random() < 0.3 ? describeCompany(company).name : null;
    yield { id: `003C${String(index).padStart(12, '0')}`, kind: 'person', name: null, email, companyName };
  }
}

function domainOf(company: number): string {
  return `${latinName(createRandom(company), 3).replaceAll(' ', '').toLowerCase()}${company % 997}.com`;
}

function describeCompany(company: number): Pick<CompanyRecord, 'name' | 'domain' | 'country'> {
  const random = createRandom(company);
  const latin = latinName(random, 3);
  const style = company % 10;
  const country = style < 7 ? (countries[company % countries.length] ?? null) : style < 9 ? 'JP' : 'TW';
  const name =
    style < 7
      ? `${latin} ${trades[company % trades.length] ?? ''} ${forms[company % forms.length] ?? ''}`.trim()
      : style < 9
        ? `株式会社${spell(kana, random, 6)}`
        : `${spell(han, random, 6)}股份有限公司`;
  return { name, domain: company % 2 === 0 ? domainOf(company) : null, country };
}

function latinName(random: () => number, length: number): string {
  let name = '';
  for (let index = 0; index < length; index++)
    name += syllables[Math.floor(random() * syllables.length)] ?? '';
  return name[0]?.toUpperCase() + name.slice(1);
}

function spell(letters: string, random: () => number, length: number): string {
  let name = '';
  for (let index = 0; index < length; index++) name += letters[Math.floor(random() * letters.length)] ?? '';
  return name;
}
