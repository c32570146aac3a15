// Chinese as written in Taiwan.
import type { WordsOfFields } from './field-words.ts';

export const TRADITIONAL_CHINESE_FIELDS: WordsOfFields = {
  account: {
    tier: {
      label: 'Tierline Tier',
      description: '此客戶的經營級別。由Tierline設定；修改後90天內以您的值為準。',
    },
    tierReason: { label: 'Tierline Tier原因', description: 'Tier所依據的事實。' },
    tierSince: { label: 'Tierline Tier起始日', description: 'Tier最近一次變更的日期。' },
    reviewDate: { label: 'Tierline 檢視日', description: '下次檢視Tier的日期。' },
    fit: { label: 'Tierline 契合度', description: '與理想客戶輪廓的契合度，0到100。' },
    intent: { label: 'Tierline 購買意願', description: '對我們相關主題的研究程度，0到100。' },
    engagement: { label: 'Tierline 互動', description: '與我們的互動程度，0到100。' },
    nextStep: { label: 'Tierline 下一步', description: '接下來要做的一件事。' },
    overrideTier: {
      label: 'Tierline Tier人工設定',
      description: '由人員填寫：在旁邊的到期日之前，優先於計算所得的Tier。',
    },
    overrideReason: { label: 'Tierline 人工設定原因', description: '人工設定Tier的原因。' },
    overrideUntil: { label: 'Tierline 人工設定到期日', description: '人工設定的最後一天；留空則為90天。' },
    companyKey: {
      label: 'Tierline 公司鍵',
      description: '同一公司的所有記錄在各個已連接系統中共用的鍵。由Tierline設定。',
    },
    programsRequested: { label: 'Tierline 申請的方案', description: '勾選此客戶應獲得的行銷方案。' },
    programsStatus: { label: 'Tierline 方案狀態', description: '各行銷方案的狀態，每行一項。' },
  },
  contact: {
    companyKey: {
      label: 'Tierline 公司鍵',
      description: '同一公司的所有記錄在各個已連接系統中共用的鍵。由Tierline設定。',
    },
    tier: { label: 'Tierline Tier', description: '此人所屬客戶的Tier。由Tierline設定。' },
    buyingRole: {
      label: 'Tierline 採購角色',
      description: '在採購決策小組中的角色，依職稱建議；修改後以您的值為準。',
    },
  },
  task: {
    taskKey: { label: 'Tierline 任務鍵', description: '防止重複建立同一任務。' },
  },
  program: {
    accountId: { label: '客戶', description: '此方案適用的客戶。' },
    program: { label: '方案', description: '方案目錄中的ID。' },
    tier: { label: 'Tier', description: '此方案所屬的選單。' },
    requested: { label: '申請', description: '勾選即為此客戶申請。' },
    status: { label: '狀態', description: '方案的進展狀態。' },
    dueOn: { label: '截止日', description: '應完成交付的日期。' },
    cost: { label: '費用', description: '為此客戶預估的費用。' },
    programKey: { label: '外部鍵', description: '防止重複建立同一列。' },
  },
};
