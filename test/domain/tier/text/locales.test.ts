// What people read in each language. The tables are for somebody to check who speaks it; what holds in all of them is below.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '#config/workspace-schema.ts';
import { PERSON_ROLES } from '#domain/engagement/engagement-policy.ts';
import { FIT_BANDS, FIT_CRITERIA } from '#domain/fit/fit-policy.ts';
import { SIGNAL_KINDS } from '#domain/intent/intent-policy.ts';
import { dayText, parseDay } from '#domain/tier/day.ts';
import { writeDate } from '#domain/tier/text/compose.ts';
import { phrasesOf } from '#domain/tier/text/phrases-of.ts';
import type { ReasonFacts } from '#domain/tier/text/reason-facts.ts';
import { fits, type TextRoom } from '#domain/tier/text/text-room.ts';
import { writeNextStep } from '#domain/tier/text/write-next-step.ts';
import { writeReason } from '#domain/tier/text/write-reason.ts';
import { TIERS } from '#domain/tier/tier.ts';
import { ACV_BANDS } from '#domain/value/value-policy.ts';
import { shippedPolicy } from '../account.ts';

const day = parseDay;

const JUST_RIGHT: ReasonFacts = {
  tier: 'Tier 1',
  since: day('2026-11-21'),
  computedTier: 'Tier 1',
  reasons: ['GOLDILOCKS_JUST_RIGHT'],
  fit: 87.5,
  fitBand: 'strong',
  acvBand: 'large',
  intentOn: true,
  engagedOn: true,
  met: [
    { criterion: 'industry', value: null },
    { criterion: 'employees', value: null },
    { criterion: 'tech', value: 'SAP' },
  ],
  unknown: ['maturity', 'revenue'],
  intent: { topic: 'ERP migration', score: 69, seenOn: day('2026-11-18') },
  actNow: null,
  people: { count: 3, role: 'decision_maker', points: 66.8 },
  acv: 142_300,
  reviewOn: day('2027-02-20'),
  hold: null,
  override: null,
};
const NOT_ENGAGED: ReasonFacts = {
  ...JUST_RIGHT,
  tier: 'Tier 2',
  computedTier: 'Tier 2',
  reasons: ['INTENT_NOT_ENGAGED'],
  acvBand: 'medium',
  acv: 60_000,
  engagedOn: false,
  people: null,
  reviewOn: day('2027-01-02'),
};
const KEPT: ReasonFacts = {
  ...JUST_RIGHT,
  computedTier: 'Tier 3',
  reasons: ['SLEEPING_LARGE', 'DWELL'],
  intentOn: false,
  engagedOn: false,
  intent: null,
  people: null,
  hold: { code: 'DWELL', until: day('2027-02-20') },
};
const PINNED: ReasonFacts = {
  ...KEPT,
  reasons: ['SLEEPING_LARGE', 'OVERRIDE_PIN'],
  hold: null,
  override: { code: 'OVERRIDE_PIN', by: null, why: null, until: day('2027-02-20') },
};
const ASKED: ReasonFacts = {
  ...JUST_RIGHT,
  actNow: { type: 'demo_request', on: day('2026-11-19'), role: 'decision_maker' },
};

interface Golden {
  readonly justRight: string;
  readonly notEngaged: string;
  readonly kept: string;
  readonly pinned: string;
  readonly asked: string;
  readonly steps: readonly [justRight: string, notEngaged: string, asked: string];
}

const GOLDEN: Readonly<Record<string, Golden>> = {
  en: {
    justRight:
      'Tier 1 since 21 Nov 2026. Fit 88: industry, size, SAP. Researching "ERP migration" (69, seen 18 Nov). 3 people engaged incl. a decision maker (67). ACV about 140k. Review 20 Feb 2027.',
    notEngaged:
      'Tier 2 since 21 Nov 2026. Not T1: medium ACV, no engagement yet. Fit 88: industry, size, SAP. Researching "ERP migration" (69, seen 18 Nov). ACV about 60k. Review 2 Jan 2027.',
    kept: 'Tier 1 since 21 Nov 2026. Kept in Tier 1 until 20 Feb 2027 (minimum stay). Would be Tier 3: no recent intent, no engagement yet. Fit 88: industry, size, SAP. ACV about 140k. Review 20 Feb 2027.',
    pinned:
      'Tier 1 since 21 Nov 2026. Set by hand until 20 Feb (no reason given). Would be Tier 3: no recent intent, no engagement yet. Fit 88: industry, size, SAP. ACV about 140k. Review 20 Feb 2027.',
    asked:
      'Tier 1 since 21 Nov 2026. Fit 88: industry, size, SAP. Demo requested 19 Nov by a decision maker. 3 people engaged incl. a decision maker (67). ACV about 140k. Review 20 Feb 2027.',
    steps: [
      'Map the buying group and tick the programs this account should get.',
      'Start the message sequence on "ERP migration" and find two more people.',
      'Answer the demo request of 19 Nov.',
    ],
  },
  ja: {
    justRight:
      'Tier 1（2026年11月21日から）。適合度88：業種、従業員規模、SAP。「ERP migration」を調査中（69、11月18日確認）。反応者3名、うち意思決定者あり（67）。ACV約14万。次回見直し2027年2月20日。',
    notEngaged:
      'Tier 2（2026年11月21日から）。Tier 1でない理由：ACVが中規模、まだ反応なし。適合度88：業種、従業員規模、SAP。「ERP migration」を調査中（69、11月18日確認）。ACV約6万。次回見直し2027年1月2日。',
    kept: 'Tier 1（2026年11月21日から）。2027年2月20日までTier 1を維持（最短維持期間）。算出上はTier 3：最近の購買意向なし、まだ反応なし。適合度88：業種、従業員規模、SAP。ACV約14万。次回見直し2027年2月20日。',
    pinned:
      'Tier 1（2026年11月21日から）。手動設定（2月20日まで）：理由の記載なし。算出上はTier 3：最近の購買意向なし、まだ反応なし。適合度88：業種、従業員規模、SAP。ACV約14万。次回見直し2027年2月20日。',
    asked:
      'Tier 1（2026年11月21日から）。適合度88：業種、従業員規模、SAP。11月19日に意思決定者がデモを依頼。反応者3名、うち意思決定者あり（67）。ACV約14万。次回見直し2027年2月20日。',
    steps: [
      '購買グループを整理し、この企業に提供するプログラムを選択してください。',
      '「ERP migration」をテーマに連絡を始め、関係者をあと2名探してください。',
      '11月19日のデモ依頼に回答してください。',
    ],
  },
  ko: {
    justRight:
      'Tier 1(2026년 11월 21일부터). 적합도 88: 업종, 직원 규모, SAP. "ERP migration" 조사 중(69, 11월 18일 확인). 3명 반응, 의사결정자 포함(67). ACV 약 14만. 다음 검토일 2027년 2월 20일.',
    notEngaged:
      'Tier 2(2026년 11월 21일부터). Tier 1이 아닌 이유: ACV 중간 규모, 아직 반응 없음. 적합도 88: 업종, 직원 규모, SAP. "ERP migration" 조사 중(69, 11월 18일 확인). ACV 약 6만. 다음 검토일 2027년 1월 2일.',
    kept: 'Tier 1(2026년 11월 21일부터). 2027년 2월 20일까지 Tier 1 유지(최소 유지 기간). 산정 결과는 Tier 3: 최근 구매 의향 없음, 아직 반응 없음. 적합도 88: 업종, 직원 규모, SAP. ACV 약 14만. 다음 검토일 2027년 2월 20일.',
    pinned:
      'Tier 1(2026년 11월 21일부터). 수동 설정(2월 20일까지): 사유 없음. 산정 결과는 Tier 3: 최근 구매 의향 없음, 아직 반응 없음. 적합도 88: 업종, 직원 규모, SAP. ACV 약 14만. 다음 검토일 2027년 2월 20일.',
    asked:
      'Tier 1(2026년 11월 21일부터). 적합도 88: 업종, 직원 규모, SAP. 11월 19일 데모 요청(의사결정자). 3명 반응, 의사결정자 포함(67). ACV 약 14만. 다음 검토일 2027년 2월 20일.',
    steps: [
      '구매 그룹을 파악하고 이 고객사에 제공할 프로그램을 선택해 주세요.',
      '"ERP migration" 주제로 연락을 시작하고 담당자를 두 명 더 찾아 주세요.',
      '11월 19일 데모 요청에 답변해 주세요.',
    ],
  },
  'zh-CN': {
    justRight:
      'Tier 1（自2026年11月21日起）。契合度88：行业、人员规模、SAP。正在研究“ERP migration”（69，11月18日观察到）。3人有互动，含决策人（67）。ACV约14万。下次复核2027年2月20日。',
    notEngaged:
      'Tier 2（自2026年11月21日起）。未达Tier 1：ACV中等、尚无互动。契合度88：行业、人员规模、SAP。正在研究“ERP migration”（69，11月18日观察到）。ACV约6万。下次复核2027年1月2日。',
    kept: 'Tier 1（自2026年11月21日起）。Tier 1保留至2027年2月20日（最短停留期）。按计算应为Tier 3：近期无购买意向、尚无互动。契合度88：行业、人员规模、SAP。ACV约14万。下次复核2027年2月20日。',
    pinned:
      'Tier 1（自2026年11月21日起）。人工设定（至2月20日）：未填写原因。按计算应为Tier 3：近期无购买意向、尚无互动。契合度88：行业、人员规模、SAP。ACV约14万。下次复核2027年2月20日。',
    asked:
      'Tier 1（自2026年11月21日起）。契合度88：行业、人员规模、SAP。决策人于11月19日申请演示。3人有互动，含决策人（67）。ACV约14万。下次复核2027年2月20日。',
    steps: [
      '请梳理采购决策小组，并勾选该客户应获得的营销项目。',
      '请围绕“ERP migration”开始联系，并再找到两位相关人员。',
      '请回复11月19日的演示申请。',
    ],
  },
  'zh-TW': {
    justRight:
      'Tier 1（自2026年11月21日起）。契合度88：產業、員工規模、SAP。正在研究「ERP migration」（69，11月18日觀察到）。3人有互動，含決策者（67）。ACV約14萬。下次檢視2027年2月20日。',
    notEngaged:
      'Tier 2（自2026年11月21日起）。未達Tier 1：ACV中等、尚無互動。契合度88：產業、員工規模、SAP。正在研究「ERP migration」（69，11月18日觀察到）。ACV約6萬。下次檢視2027年1月2日。',
    kept: 'Tier 1（自2026年11月21日起）。Tier 1保留至2027年2月20日（最短停留期）。依計算應為Tier 3：近期無購買意願、尚無互動。契合度88：產業、員工規模、SAP。ACV約14萬。下次檢視2027年2月20日。',
    pinned:
      'Tier 1（自2026年11月21日起）。人工設定（至2月20日）：未填寫原因。依計算應為Tier 3：近期無購買意願、尚無互動。契合度88：產業、員工規模、SAP。ACV約14萬。下次檢視2027年2月20日。',
    asked:
      'Tier 1（自2026年11月21日起）。契合度88：產業、員工規模、SAP。決策者於11月19日申請產品展示。3人有互動，含決策者（67）。ACV約14萬。下次檢視2027年2月20日。',
    steps: [
      '請釐清採購決策小組，並勾選此客戶應獲得的行銷方案。',
      '請以「ERP migration」為主題開始聯繫，並再找到兩位相關人員。',
      '請回覆11月19日的產品展示申請。',
    ],
  },
};

const AMOUNTS = [949, 9600, 99_600, 1_249_000, 24_400_000, 310_000_000];
const WRITTEN_AMOUNTS: Readonly<Record<string, readonly string[]>> = {
  en: ['950', '9.6k', '100k', '1.2M', '24M', '310M'],
  ja: ['950', '9600', '10万', '120万', '2400万', '3.1億'],
  ko: ['950', '9600', '10만', '120만', '2400만', '3.1억'],
  'zh-CN': ['950', '9600', '10万', '120万', '2400万', '3.1亿'],
  'zh-TW': ['950', '9600', '10萬', '120萬', '2400萬', '3.1億'],
};

describe.each(LOCALES)('a reason in %s', (locale) => {
  const golden = GOLDEN[locale];
  const reason = (facts: ReasonFacts) => writeReason(facts, locale, shippedPolicy.text);
  const nextStep = (facts: ReasonFacts) => writeNextStep(facts, locale, shippedPolicy.text);

  it('reads as somebody who sells would write it', () => {
    expect({
      justRight: reason(JUST_RIGHT),
      notEngaged: reason(NOT_ENGAGED),
      kept: reason(KEPT),
      pinned: reason(PINNED),
      asked: reason(ASKED),
      steps: [JUST_RIGHT, NOT_ENGAGED, ASKED].map(nextStep),
    }).toEqual(golden);
  });

  it('writes amounts as they are said there', () => {
    const amounts = AMOUNTS.map((acv) => reason({ ...JUST_RIGHT, acv }));
    for (const [index, amount] of (WRITTEN_AMOUNTS[locale] ?? []).entries()) {
      expect(amounts[index]).toMatch(new RegExp(`ACV ?\\D*${amount}[.。]`, 'u'));
    }
  });

  it('has a word for every role and every criterion of the shipped profiles', () => {
    const { roles, criteria } = phrasesOf(locale);
    const names = [...FIT_CRITERIA.general, ...FIT_CRITERIA.ecommerce];
    expect(names.filter((name) => criteria[name] === undefined)).toEqual([]);
    expect(new Set(PERSON_ROLES.map((role) => roles[role])).size).toBe(PERSON_ROLES.length);
  });
});

const anyDay = fc.integer({ min: day('2024-01-01'), max: day('2034-12-31') });
const anyWords = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
  fc.constantFrom('基幹システムの刷新'.repeat(9), '🏭'.repeat(40), 'ERP migration'),
);
const score = fc.double({ min: 0, max: 100, noNaN: true });
const anyCriterion = fc.constantFrom(...FIT_CRITERIA.general, ...FIT_CRITERIA.ecommerce);
const anyFacts: fc.Arbitrary<ReasonFacts> = fc.record({
  tier: fc.constantFrom(...TIERS),
  since: anyDay,
  computedTier: fc.constantFrom(...TIERS),
  reasons: fc.oneof(
    fc.subarray(['ABLE_VETO', 'CAPACITY', 'SUCCESS_VETO', 'SMALL_ACV_FAST_LANE', 'ACT_NOW']),
    anyWords.map((words) => [`EXCLUDED:${words}`]),
    anyCriterion.map((name) => [`MUST_HAVE_MISS:${name}`]),
  ),
  fit: score,
  fitBand: fc.constantFrom(...FIT_BANDS),
  acvBand: fc.constantFrom(...ACV_BANDS),
  intentOn: fc.boolean(),
  engagedOn: fc.boolean(),
  met: fc.array(fc.record({ criterion: anyCriterion, value: fc.option(anyWords) }), { maxLength: 5 }),
  unknown: fc.uniqueArray(anyCriterion, { minLength: 1, maxLength: 6 }),
  intent: fc.option(
    fc.oneof(
      fc.record({ topic: anyWords, score, seenOn: anyDay }),
      fc.record({ signal: fc.constantFrom(...SIGNAL_KINDS), score, seenOn: anyDay }),
    ),
  ),
  actNow: fc.option(
    fc.record({
      type: fc.constantFrom('demo_request', 'meeting', 'trial'),
      on: anyDay,
      role: fc.constantFrom(...PERSON_ROLES),
    }),
  ),
  people: fc.option(
    fc.record({
      count: fc.integer({ min: 1, max: 99 }),
      role: fc.option(fc.constantFrom(...PERSON_ROLES)),
      points: score,
    }),
  ),
  acv: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true })),
  reviewOn: fc.option(anyDay),
  hold: fc.option(
    fc.record({
      code: fc.constantFrom('CONFIRMING', 'PIPELINE_LOCK', 'DWELL', 'GRACE', 'AWAITING_PUBLISH', 'FROZEN'),
      until: fc.option(anyDay),
    }),
  ),
  override: fc.option(
    fc.record({
      code: fc.constantFrom('OVERRIDE_PIN', 'OVERRIDE_FLOOR', 'OVERRIDE_EXCLUDE', 'OVERRIDE_EXPIRED'),
      by: fc.option(anyWords),
      why: fc.option(anyWords),
      until: fc.option(anyDay),
    }),
  ),
});
const anyRoom: fc.Arbitrary<TextRoom> = fc.record({
  characters: fc.constantFrom(null, 120, 255),
  bytes: fc.constantFrom(null, 255, 765),
});
const ENDLESS = { ...shippedPolicy.text, reasonLength: 100_000, nextStepLength: 100_000 };

describe.each(LOCALES)('whatever is known of an account, in %s', (locale) => {
  const phrases = phrasesOf(locale);
  const { stop, gap } = phrases.sentence;

  it('the reason fits, begins with tier and day, and ends with a whole sentence (invariant T12)', () => {
    fc.assert(
      fc.property(anyFacts, anyRoom, (facts, room) => {
        const text = writeReason(facts, locale, shippedPolicy.text, room);
        expect(fits(text, { characters: 255, bytes: room.bytes }) && fits(text, room)).toBe(true);
        const head = text.slice(0, 40);
        expect(head.startsWith(phrases.tiers[facts.tier])).toBe(true);
        expect(head).toContain(writeDate(facts.since ?? 0, phrases));
        const whole = writeReason(facts, locale, ENDLESS);
        expect(whole.startsWith(text) && text.endsWith(stop)).toBe(true);
        expect(text === whole || whole.startsWith(`${text}${gap}`)).toBe(true);
      }),
    );
  });

  it('the next step fits and is a whole sentence, in which nothing is left to fill in', () => {
    fc.assert(
      fc.property(anyFacts, anyRoom, (facts, room) => {
        const step = writeNextStep(facts, locale, shippedPolicy.text, room);
        expect(fits(step, room) && step.endsWith(stop)).toBe(true);
        expect(step).not.toContain('undefined');
      }),
    );
  });

  it('the same facts read the same, and a reason names days, never how long ago they were', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const text = writeReason(facts, locale, ENDLESS);
        expect(writeReason(structuredClone(facts), locale, ENDLESS)).toBe(text);
        if (facts.reviewOn === null) return;
        const [year] = dayText(facts.reviewOn).split('-');
        expect(text).toContain(year);
      }),
    );
  });
});
