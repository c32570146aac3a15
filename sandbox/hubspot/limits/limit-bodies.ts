// The three bodies of a 429. They have an `errorType` where other errors have a category, and no Retry-After.

const WORDS = {
  TEN_SECONDLY_ROLLING: {
    limit: 'ten_secondly_rolling',
    group: 'publicapi:private_app-api-calls-ten-secondly',
  },
  SECONDLY: { limit: 'secondly', group: 'publicapi:crm:search:secondly' },
  DAILY: { limit: 'daily', group: 'publicapi:private-apps-api-calls-daily' },
} as const;

export type LimitPolicy = keyof typeof WORDS;

export const limitBody = (
  policy: LimitPolicy,
  portalId: number,
  correlationId: string,
): Record<string, unknown> => ({
  status: 'error',
  message: `You have reached your ${WORDS[policy].limit} limit.`,
  errorType: 'RATE_LIMIT',
  correlationId,
  policyName: policy,
  groupName: `${WORDS[policy].group}:${portalId}`,
});
