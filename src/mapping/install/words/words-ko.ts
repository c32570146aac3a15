// Korean.
import type { WordsOfFields } from './field-words.ts';

export const KOREAN_FIELDS: WordsOfFields = {
  account: {
    tier: {
      label: 'Tierline Tier',
      description:
        '이 고객사를 어떻게 다룰지 나타냅니다. Tierline이 설정하며, 수정하면 90일 동안 그 값이 우선합니다.',
    },
    tierReason: { label: 'Tierline Tier 사유', description: 'Tier의 근거가 되는 사실.' },
    tierSince: { label: 'Tierline Tier 시작일', description: 'Tier가 마지막으로 바뀐 날.' },
    reviewDate: { label: 'Tierline 검토일', description: 'Tier를 다시 검토하는 날.' },
    fit: { label: 'Tierline 적합도', description: '이상적인 고객상과의 적합도(0~100).' },
    intent: { label: 'Tierline 구매 의향', description: '당사 주제에 대한 조사 정도(0~100).' },
    engagement: { label: 'Tierline 반응', description: '당사와의 상호 작용 정도(0~100).' },
    nextStep: { label: 'Tierline 다음 단계', description: '다음에 할 일 한 가지.' },
    overrideTier: {
      label: 'Tierline Tier 수동 설정',
      description: '담당자가 설정합니다. 옆의 종료일까지 산정된 Tier보다 우선합니다.',
    },
    overrideReason: { label: 'Tierline 수동 설정 사유', description: 'Tier를 수동으로 설정한 이유.' },
    overrideUntil: {
      label: 'Tierline 수동 설정 종료일',
      description: '수동 설정의 마지막 날. 비워 두면 90일입니다.',
    },
    companyKey: {
      label: 'Tierline 회사 키',
      description: '연결된 모든 시스템에서 같은 회사의 레코드가 공유하는 키. Tierline이 설정합니다.',
    },
    programsRequested: {
      label: 'Tierline 요청 프로그램',
      description: '이 고객사에 제공할 프로그램을 선택하세요.',
    },
    programsStatus: { label: 'Tierline 프로그램 상태', description: '프로그램별 상태. 한 줄에 하나씩.' },
  },
  contact: {
    companyKey: {
      label: 'Tierline 회사 키',
      description: '연결된 모든 시스템에서 같은 회사의 레코드가 공유하는 키. Tierline이 설정합니다.',
    },
    tier: { label: 'Tierline Tier', description: '이 담당자가 속한 고객사의 Tier. Tierline이 설정합니다.' },
    buyingRole: {
      label: 'Tierline 구매 역할',
      description: '구매 그룹에서의 역할. 직함을 보고 제안하며, 수정한 값은 유지됩니다.',
    },
  },
  task: {
    taskKey: { label: 'Tierline 작업 키', description: '같은 작업이 두 번 만들어지지 않게 합니다.' },
  },
  program: {
    accountId: { label: '고객사', description: '프로그램의 대상 고객사.' },
    program: { label: '프로그램', description: '프로그램 목록의 ID.' },
    tier: { label: 'Tier', description: '프로그램이 속한 메뉴.' },
    requested: { label: '요청', description: '이 고객사에 제공하려면 선택하세요.' },
    status: { label: '상태', description: '프로그램의 진행 상태.' },
    dueOn: { label: '기한', description: '제공을 마쳐야 하는 날.' },
    cost: { label: '비용', description: '이 고객사에 드는 예상 비용.' },
    programKey: { label: '외부 키', description: '같은 행이 두 번 만들어지지 않게 합니다.' },
  },
};
