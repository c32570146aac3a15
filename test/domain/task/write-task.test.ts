import { describe, expect, it } from 'vitest';
import { LOCALES } from '#config/workspace-schema.ts';
import { TASK_RULES, type TaskRule } from '#domain/task/task-rule.ts';
import { writeTask } from '#domain/task/write-task.ts';
import { parseDay } from '#domain/tier/day.ts';
import type { ActNowFact } from '#domain/tier/text/reason-facts.ts';

const DEMO: ActNowFact = { type: 'demo_request', on: parseDay('2026-11-19'), role: 'decision_maker' };
const write = (rule: TaskRule, locale: string, actNow: ActNowFact | null = DEMO) =>
  writeTask({ rule, causeOn: '2026-11-19' }, actNow, locale);

/** For somebody to read who speaks the language. */
const SUBJECTS: Readonly<Record<string, Readonly<Record<TaskRule, string>>>> = {
  en: {
    act_now: 'Answer now: Demo requested',
    tier_1_new: 'Map the buying group',
    intent_not_engaged: 'Start the message sequence',
    fast_lane: 'Call within a day',
    override_expiring: 'Tier override ends on 19 Nov 2026',
  },
  ja: {
    act_now: '至急対応：デモの依頼',
    tier_1_new: '購買グループの整理',
    intent_not_engaged: '最初の働きかけを開始',
    fast_lane: '1日以内に電話',
    override_expiring: 'Tierの手動設定が2026年11月19日に終了',
  },
  ko: {
    act_now: '즉시 응대: 데모 요청',
    tier_1_new: '구매 그룹 파악',
    intent_not_engaged: '첫 접촉 시작',
    fast_lane: '하루 안에 전화',
    override_expiring: 'Tier 수동 설정 2026년 11월 19일 종료',
  },
  'zh-CN': {
    act_now: '立即回复：演示申请',
    tier_1_new: '梳理采购决策小组',
    intent_not_engaged: '开始首次联系',
    fast_lane: '一天内致电',
    override_expiring: 'Tier人工设定将于2026年11月19日到期',
  },
  'zh-TW': {
    act_now: '立即回覆：產品展示申請',
    tier_1_new: '釐清採購決策小組',
    intent_not_engaged: '開始首次聯繫',
    fast_lane: '一天內致電',
    override_expiring: 'Tier人工設定將於2026年11月19日到期',
  },
};

const ACT_NOW_BODIES: Readonly<Record<string, string>> = {
  en: "Demo requested 19 Nov 2026 by a decision maker. Call or write today; the tier's reason on the account says what else is known.",
  ja: '2026年11月19日に意思決定者がデモを依頼。本日中に電話またはメールでご連絡ください。そのほかの情報はTierの理由欄をご覧ください。',
  ko: '2026년 11월 19일 데모 요청(의사결정자). 오늘 안에 전화하거나 메일을 보내 주세요. 그 밖에 파악된 내용은 Tier 사유 필드에 있습니다.',
  'zh-CN': '决策人于2026年11月19日申请演示。请今天致电或发邮件，其他已知信息见客户的Tier原因字段。',
  'zh-TW': '決策者於2026年11月19日申請產品展示。請於今天致電或寄信，其他已知資訊請見客戶的Tier原因欄位。',
};

describe('the text of a task', () => {
  it.each(LOCALES)('has a subject for every rule in %s', (locale) => {
    const subjects = Object.fromEntries(TASK_RULES.map((rule) => [rule, write(rule, locale).subject]));
    expect(subjects).toEqual(SUBJECTS[locale]);
  });

  it.each(LOCALES)('tells in %s who did what and when', (locale) => {
    expect(write('act_now', locale).body).toBe(ACT_NOW_BODIES[locale]);
  });

  it.each(LOCALES)(
    'fits what a CRM takes and what HubSpot reads as HTML in %s, every place filled in',
    (locale) => {
      for (const rule of TASK_RULES) {
        for (const type of ['demo_request', 'meeting', 'trial'] as const) {
          const { subject, body } = write(rule, locale, { ...DEMO, type });
          expect(subject.length).toBeLessThanOrEqual(255);
          expect(`${subject}${body}`).not.toMatch(/[{}<>&]|undefined/u);
        }
      }
    },
  );

  it('differs by what happened', () => {
    const subjects = (['demo_request', 'meeting', 'trial'] as const).map(
      (type) => write('act_now', 'en', { ...DEMO, type }).subject,
    );
    expect(new Set(subjects).size).toBe(3);
  });
});
