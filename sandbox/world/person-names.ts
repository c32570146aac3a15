// Given and family names, language by language, with what their e-mail addresses are made of.

import type { Speech } from './countries.ts';
import { toAscii } from './create-company-name.ts';
import type { SpelledWord } from './industries.ts';
import type { Random } from './random.ts';

export interface PersonName {
  readonly firstName: string;
  readonly lastName: string;
  /** ASCII, lower case. */
  readonly firstLatin: string;
  readonly lastLatin: string;
}

interface NameLists {
  readonly first: readonly SpelledWord[];
  readonly last: readonly SpelledWord[];
}

/** `text:latin` where the script isn't Latin, plain words elsewhere. */
const list = (words: string): readonly SpelledWord[] =>
  words.split(' ').map((entry) => {
    const [text = '', latin] = entry.split(':');
    return { text, latin: latin ?? toAscii(writeUmlautsOut(text)) };
  });

/** As Germans do in e-mail addresses. */
const writeUmlautsOut = (text: string): string =>
  text.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('Ö', 'Oe');

const NAMES: Readonly<Record<Speech, NameLists>> = {
  en: {
    first: list(
      'Alice Brian Carol Daniel Erin Frank Grace Henry Imani Jack Karen Liam Maya Nathan Olivia Priya Quentin Rahul Sofia Tom Uma Victor Wendy Xavier Yasmin Zoe',
    ),
    last: list(
      'Abbott Baker Chen Dawson Ellis Fischer Grant Hughes Iqbal Jackson Kapoor Lowe Mercer Nolan Okafor Patel Reyes Sandhu Turner Underhill Vaughn Walsh Young Zimmer',
    ),
  },
  de: {
    first: list(
      'Anna Bernd Claudia Dieter Eva Florian Gisela Hans-Jörg Ines Jürgen Katrin Lukas Monika Norbert Petra Ralf Sabine Thomas Ute Wolfgang',
    ),
    last: list(
      'Albrecht Bäcker Dörfler Eberhardt Förster Großmann Hübner Jäger Köhler Lehmann Müller Neumann Öttinger Pfeiffer Richter Schäfer Schröder Vogel Weiß Ziegler',
    ),
  },
  fr: {
    first: list(
      'Amélie Benoît Camille Didier Élodie François Geneviève Hugo Inès Jérôme Karine Léa Mathieu Nadège Olivier Pauline Rémi Sylvie Thibault Zoé',
    ),
    last: list(
      'Arnaud Bernard Chevalier Delacourt Étienne Fournier Gauthier Hébert Lefèvre Marchand Noël Perrin Renaud Roussel Simonet Thévenot Vasseur',
    ),
  },
  es: {
    first: list(
      'Álvaro Beatriz Carlos Daniela Elena Fernando Gabriela Héctor Inés Javier Lucía Martín Noelia Óscar Paula Raúl Sofía Tomás',
    ),
    last: list(
      'Aguilar Benítez Cordero Domínguez Escobar Fuentes García Herrera Ibáñez Jiménez Lozano Muñoz Núñez Ortega Peña Quiroga Ramírez Sáez Vega Zamora',
    ),
  },
  it: {
    first: list('Alessandro Bianca Chiara Davide Elisa Fabio Giulia Lorenzo Marta Nicola Paolo Silvia'),
    last: list(
      'Barbieri Colombo Donati Esposito Ferrara Galli Leone Marchetti Negri Pellegrini Rinaldi Testa',
    ),
  },
  nl: {
    first: list('Anouk Bram Daan Eline Femke Gijs Hanneke Jeroen Lotte Maarten Sanne Wouter'),
    last: list('Bakker Dekker Hoekstra Jansen Kuipers Mulder Postma Smit Verhoeven Visser Vos Willems'),
  },
  sv: {
    first: list('Anders Birgitta Elin Fredrik Göran Hanna Jonas Karin Lars Maja Oskar Åsa'),
    last: list('Andersson Berglund Ekström Forsberg Hedlund Lindqvist Nyström Öberg Sandström Wallin'),
  },
  pt: {
    first: list(
      'Ana Bruno Camila Diego Eduardo Fernanda Gustavo Helena João Larissa Márcio Renata Thiago Vitória',
    ),
    last: list(
      'Almeida Barbosa Cardoso Duarte Ferreira Gonçalves Lima Moreira Nogueira Pereira Rocha Teixeira',
    ),
  },
  ja: {
    first: list(
      '翔太:shota 健一:kenichi 直樹:naoki 美咲:misaki 由美子:yumiko 大輔:daisuke 恵:megumi 拓也:takuya 陽子:yoko 浩二:koji 真由美:mayumi 隆:takashi さくら:sakura 誠:makoto 優子:yuko 亮:ryo',
    ),
    last: list(
      '佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 伊藤:ito 渡辺:watanabe 山本:yamamoto 中村:nakamura 小林:kobayashi 加藤:kato 吉田:yoshida 山口:yamaguchi 松本:matsumoto 井上:inoue 木村:kimura 斎藤:saito 髙田:takada',
    ),
  },
  ko: {
    first: list(
      '민준:minjun 서연:seoyeon 지훈:jihun 수빈:subin 현우:hyeonu 은지:eunji 성호:seongho 미경:migyeong 동현:donghyeon 유진:yujin 태영:taeyeong 하나:hana 정민:jeongmin 영수:yeongsu',
    ),
    last: list(
      '김:kim 이:lee 박:park 최:choi 정:jung 강:kang 조:cho 윤:yoon 장:jang 임:lim 한:han 오:oh 서:seo 신:shin',
    ),
  },
  'zh-Hans': {
    first: list(
      '伟:wei 芳:fang 娜:na 秀英:xiuying 敏:min 静:jing 强:qiang 磊:lei 洋:yang 艳:yan 勇:yong 杰:jie 建国:jianguo 晓明:xiaoming 子涵:zihan 雨桐:yutong',
    ),
    last: list(
      '王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 赵:zhao 吴:wu 周:zhou 徐:xu 孙:sun 马:ma 欧阳:ouyang',
    ),
  },
  'zh-Hant': {
    first: list(
      '志明:chihming 淑芬:shufen 雅婷:yating 俊傑:chunchieh 家豪:chiahao 怡君:yichun 宗翰:tsunghan 佩珊:peishan 冠宇:kuanyu 美玲:meiling 建宏:chienhung 詩涵:shihhan',
    ),
    last: list(
      '陳:chen 林:lin 黃:huang 張:chang 李:lee 王:wang 吳:wu 劉:liu 蔡:tsai 楊:yang 許:hsu 鄭:cheng 謝:hsieh',
    ),
  },
};

/** In scripts other than Latin, one in five people is kept under the Latin spelling. */
export const createPersonName = (random: Random, speech: Speech): PersonName => {
  const first = random.pick(NAMES[speech].first);
  const last = random.pick(NAMES[speech].last);
  const latinised =
    first.text !== first.latin && !/^\p{Script=Latin}/u.test(first.text) && random.chance(0.2);
  return {
    firstName: latinised ? capitalise(first.latin) : first.text,
    lastName: latinised ? capitalise(last.latin) : last.text,
    firstLatin: toAscii(first.latin),
    lastLatin: toAscii(last.latin),
  };
};

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
