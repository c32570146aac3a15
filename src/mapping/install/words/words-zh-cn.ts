// Chinese as written in mainland China.
import type { WordsOfFields } from './field-words.ts';

export const SIMPLIFIED_CHINESE_FIELDS: WordsOfFields = {
  account: {
    tier: {
      label: 'Tierline Tier',
      description: '该客户的经营级别。由Tierline设定；修改后90天内以您的值为准。',
    },
    tierReason: { label: 'Tierline Tier原因', description: 'Tier所依据的事实。' },
    tierSince: { label: 'Tierline Tier起始日', description: 'Tier最近一次变更的日期。' },
    reviewDate: { label: 'Tierline 复核日', description: '下次复核Tier的日期。' },
    fit: { label: 'Tierline 契合度', description: '与理想客户画像的契合度，0到100。' },
    intent: { label: 'Tierline 购买意向', description: '对我们相关主题的研究程度，0到100。' },
    engagement: { label: 'Tierline 互动', description: '与我们的互动程度，0到100。' },
    nextStep: { label: 'Tierline 下一步', description: '接下来要做的一件事。' },
    overrideTier: {
      label: 'Tierline Tier人工设定',
      description: '由人员填写：在旁边的到期日之前，优先于计算得出的Tier。',
    },
    overrideReason: { label: 'Tierline 人工设定原因', description: '人工设定Tier的原因。' },
    overrideUntil: { label: 'Tierline 人工设定到期日', description: '人工设定的最后一天；留空则为90天。' },
    companyKey: {
      label: 'Tierline 公司键',
      description: '同一公司的所有记录在各个已连接系统中共用的键。由Tierline设定。',
    },
    programsRequested: { label: 'Tierline 申请的项目', description: '勾选该客户应获得的营销项目。' },
    programsStatus: { label: 'Tierline 项目状态', description: '各营销项目的状态，每行一项。' },
  },
  contact: {
    companyKey: {
      label: 'Tierline 公司键',
      description: '同一公司的所有记录在各个已连接系统中共用的键。由Tierline设定。',
    },
    tier: { label: 'Tierline Tier', description: '此人所属客户的Tier。由Tierline设定。' },
    buyingRole: {
      label: 'Tierline 采购角色',
      description: '在采购决策小组中的角色，根据职务建议；修改后以您的值为准。',
    },
  },
  task: {
    taskKey: { label: 'Tierline 任务键', description: '防止重复创建同一任务。' },
  },
  program: {
    accountId: { label: '客户', description: '该项目面向的客户。' },
    program: { label: '项目', description: '项目目录中的ID。' },
    tier: { label: 'Tier', description: '该项目所属的菜单。' },
    requested: { label: '申请', description: '勾选即为该客户申请。' },
    status: { label: '状态', description: '项目的进展状态。' },
    dueOn: { label: '截止日', description: '应完成交付的日期。' },
    cost: { label: '费用', description: '为该客户预计的费用。' },
    programKey: { label: '外部键', description: '防止重复创建同一行。' },
  },
};
