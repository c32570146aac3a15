// The raw material of invented names: coined Latin stems, and characters with their readings.
// Coined on purpose: combined with an industry word they name no company that exists.
import type { SpelledWord } from './industries.ts';

export const STEM_STARTS = [
  'Bel',
  'Cor',
  'Dal',
  'Fen',
  'Gal',
  'Hal',
  'Jor',
  'Kes',
  'Lun',
  'Mar',
  'Nor',
  'Orv',
  'Pel',
  'Quin',
  'Ral',
  'Sel',
  'Tor',
  'Ulv',
  'Vel',
  'Wex',
  'Yar',
  'Zan',
  'Bran',
  'Cald',
] as const;
export const STEM_MIDDLES = [
  'a',
  'e',
  'i',
  'o',
  'ari',
  'eno',
  'iva',
  'ola',
  'uri',
  'an',
  'en',
  'is',
  'or',
  'un',
] as const;
export const STEM_ENDS = [
  'dell',
  'fell',
  'gate',
  'lin',
  'mora',
  'nex',
  'quist',
  'ra',
  'sen',
  'tis',
  'vik',
  'wyn',
  'zar',
  'dorn',
  'mont',
  'lane',
  'bury',
  'stad',
  'berg',
  'co',
] as const;

const words = (pairs: string): readonly SpelledWord[] =>
  pairs.split(' ').map((pair) => {
    const [text = '', latin = ''] = pair.split(':');
    return { text, latin };
  });

/** Two of them make a Japanese name, read in the Chinese way. */
export const JAPANESE_PARTS = words(
  '北:hoku 嶺:rei 青:sei 陵:ryo 瑞:zui 光:ko 東:to 峰:ho 白:haku 鷺:ro 清:sei 和:wa 明:mei 翔:sho 泰:tai 洋:yo 松:sho 栄:ei 桜:o 風:fu 藍:ran 丘:kyu 鶴:kaku 泉:sen 天:ten 竜:ryu 新:shin 星:sei 豊:ho 岳:gaku 常:jo 盤:ban 暁:gyo 城:jo 皐:ko 月:getsu 碧:heki 波:ha 玄:gen 武:bu',
);

/** Whole words; one, or one after a syllable, makes a Korean name. */
export const KOREAN_WORDS = words(
  '가람:garam 누리:nuri 다솔:dasol 라온:raon 미르:mireu 새벽:saebyeok 아름:areum 이룸:irum 자람:jaram 초롱:chorong 푸름:pureum 하늬:hanui 여울:yeoul 마루:maru 도담:dodam 바름:bareum 슬기:seulgi 온새:onsae 윤슬:yunseul 해오름:haeoreum 너울:neoul 다온:daon 보람:boram 산들:sandeul 은결:eungyeol',
);
export const KOREAN_STARTS = words(
  '새:sae 참:cham 늘:neul 온:on 큰:keun 동:dong 서:seo 남:nam 신:sin 대:dae',
);

/** Two of them make a Chinese name; the first text is simplified, the second traditional. */
export const CHINESE_PARTS: readonly {
  readonly hans: string;
  readonly hant: string;
  readonly latin: string;
}[] = [
  '云雲yun',
  '岭嶺ling',
  '晨晨chen',
  '锐銳rui',
  '瀚瀚han',
  '泽澤ze',
  '启啟qi',
  '远遠yuan',
  '博博bo',
  '恒恆heng',
  '诚誠cheng',
  '达達da',
  '辉輝hui',
  '铭銘ming',
  '凯凱kai',
  '盛盛sheng',
  '晟晟sheng',
  '鼎鼎ding',
  '信信xin',
  '嘉嘉jia',
  '永永yong',
  '润潤run',
  '丰豐feng',
  '泰泰tai',
  '宏宏hong',
  '景景jing',
  '翔翔xiang',
  '森森sen',
  '卓卓zhuo',
  '骏駿jun',
  '朗朗lang',
  '川川chuan',
].map((entry) => {
  const [hans = '', hant = '', ...latin] = entry;
  return { hans, hant, latin: latin.join('') };
});

/** Chinese company names begin with the place of registration. */
export const CHINESE_PLACES = words(
  '上海:shanghai 深圳:shenzhen 杭州:hangzhou 苏州:suzhou 成都:chengdu 宁波:ningbo 广州:guangzhou 武汉:wuhan',
);

/** Names so plain that several companies share them: the traps of every matcher. */
export const PLAIN_NAMES = [
  'Precision Tooling',
  'General Supply',
  'Premier Logistics',
  'United Components',
] as const;

/** What people type when a form insists on a company. */
export const JUNK_NAMES = [
  'Test',
  'test account',
  'TEST - do not use',
  'asdf',
  'n/a',
  'Unknown',
  'TBD',
  '-',
  'Self-employed',
  'Freelance',
  'none',
  'テスト株式会社',
  '個人',
  '테스트',
  '测试公司',
  'Privatperson',
  'Sans société',
  'xxx',
] as const;

/** Readings that would name a real group by accident; another name is drawn in their place. */
export const REAL_STEMS: ReadonlySet<string> = new Set([
  'seiko',
  'toho',
  'toyo',
  'taiyo',
  'shinko',
  'shinsei',
  'shinyo',
  'hakuho',
  'tokyo',
  'toko',
  'hokuyo',
  'taiwa',
  'showa',
  'daedong',
  'daeareum',
  'hengda',
  'hongda',
  'yongfeng',
  'jiaxin',
  'taifeng',
  'shengda',
  'kaida',
  'yuanxin',
  'hanyun',
]);
