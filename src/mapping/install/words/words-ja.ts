// Japanese.
import type { WordsOfFields } from './field-words.ts';

export const JAPANESE_FIELDS: WordsOfFields = {
  account: {
    tier: {
      label: 'Tierline Tier',
      description:
        'このアカウントへの取り組みの区分。Tierlineが設定します。変更すると90日間その値が優先されます。',
    },
    tierReason: { label: 'Tierline Tierの理由', description: 'Tierの根拠となる事実。' },
    tierSince: { label: 'Tierline Tierの開始日', description: 'Tierが最後に変わった日。' },
    reviewDate: { label: 'Tierline 見直し日', description: 'Tierを次に見直す日。' },
    fit: { label: 'Tierline 適合度', description: '理想の顧客像との適合度（0～100）。' },
    intent: { label: 'Tierline 購買意向', description: '当社のテーマについての調査の度合い（0～100）。' },
    engagement: { label: 'Tierline 反応', description: '当社とのやり取りの度合い（0～100）。' },
    nextStep: { label: 'Tierline 次のステップ', description: '次に行うこと（1つ）。' },
    overrideTier: {
      label: 'Tierline Tierの手動設定',
      description: '担当者が設定します。隣の期限まで、算出されたTierより優先されます。',
    },
    overrideReason: { label: 'Tierline 手動設定の理由', description: 'Tierを手動で設定した理由。' },
    overrideUntil: { label: 'Tierline 手動設定の期限', description: '手動設定の最終日。空の場合は90日間。' },
    companyKey: {
      label: 'Tierline 企業キー',
      description: '接続されたすべてのシステムで、同じ企業のレコードに共通のキー。Tierlineが設定します。',
    },
    programsRequested: {
      label: 'Tierline 希望プログラム',
      description: 'この企業に提供したいプログラムにチェックを入れます。',
    },
    programsStatus: { label: 'Tierline プログラムの状況', description: '各プログラムの状況。1行に1件。' },
  },
  contact: {
    companyKey: {
      label: 'Tierline 企業キー',
      description: '接続されたすべてのシステムで、同じ企業のレコードに共通のキー。Tierlineが設定します。',
    },
    tier: { label: 'Tierline Tier', description: 'この方が所属する企業のTier。Tierlineが設定します。' },
    buyingRole: {
      label: 'Tierline 購買での役割',
      description: '購買グループでの役割。役職名から提案します。変更した値は保持されます。',
    },
  },
  task: {
    taskKey: { label: 'Tierline タスクキー', description: '同じタスクが二度作成されるのを防ぎます。' },
  },
  program: {
    accountId: { label: '企業', description: 'プログラムの対象となる企業。' },
    program: { label: 'プログラム', description: 'プログラム一覧でのID。' },
    tier: { label: 'Tier', description: 'プログラムが属するメニュー。' },
    requested: { label: '希望', description: 'この企業に提供する場合はチェックを入れます。' },
    status: { label: '状況', description: 'プログラムの状況。' },
    dueOn: { label: '期限', description: '提供を終える日。' },
    cost: { label: '費用', description: 'この企業にかかる費用の見積もり。' },
    programKey: { label: '外部キー', description: '同じ行が二度作成されるのを防ぎます。' },
  },
};
